package dev.terrane.protocol.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;

/** Everything a cell consumes. */
public sealed interface CellInput {

    /** A character enters, or comes back to its avatar with a higher generation. Answered by Joined or JoinRefused. */
    record Join(long session, int gateway, CharacterId character, int generation, String name, float x, float y)
            implements CellInput {}

    /** The connection is gone. The avatar lingers, unless {@code logout}. */
    record Leave(long session, boolean logout) implements CellInput {}

    /** See ClientInput in client.fbs; already validated: finite, in range. */
    record PlayerInput(
            long session,
            int seq,
            int clientTick,
            float viewTick,
            float moveX,
            float moveY,
            float aim,
            int held,
            int pressed)
            implements CellInput {}

    /** A game message of a client; the payload's size is already limited. */
    record PlayerCommand(long session, int type, int requestId, byte[] payload) implements CellInput {}

    /** The gateway wants these chunks from now on: full slices at the next snapshot, then deltas. Asking again resends full slices. */
    record Watch(int gateway, int[] chunks) implements CellInput {}

    record Unwatch(int gateway, int[] chunks) implements CellInput {}

    /** Forget everything that this gateway watches. */
    record GatewayGone(int gateway) implements CellInput {}

    /**
     * An entity arrives from another cell. Idempotent by (source, sourceEpoch, seq); in order within (source, sourceEpoch).
     *
     * @param senderEpoch epoch under which the source runs now: fences a source that has been restarted since
     * @param sourceEpoch epoch under which the hand-off was numbered: lower than senderEpoch for a copy that outlived a restart
     * @param seq counts from 1 within (source, sourceEpoch, target)
     * @param ownership already raised: of two copies the higher is true
     * @param x local position at the target
     * @param image the entity's components as the source's store wrote them
     * @param session 0 when nobody drives it
     * @param ackedSeq last input that the image contains
     */
    record HandoffOffer(
            CellId source,
            long senderEpoch,
            long sourceEpoch,
            long seq,
            long entity,
            int ownership,
            float x,
            float y,
            byte[] image,
            long session,
            int gateway,
            int ackedSeq)
            implements CellInput {}

    /** The target's answer: it holds everything of this source epoch up to {@code seq}, in its stored checkpoint up to {@code stableSeq}. */
    record HandoffAck(CellId target, long targetEpoch, long sourceEpoch, long seq, long stableSeq)
            implements CellInput {}

    /**
     * The source's stored checkpoint no longer contains as its own what left under {@code sourceEpoch} with numbers up to {@code seq}: tombstones can go.
     *
     * @param sourceEpoch under which the source runs now
     * @param settledEpoch the same holds for everything that left under lower epochs
     * @param floorEpoch no copy numbered under a lower epoch is kept any more: marks of those can go too
     */
    record DeparturesStable(CellId source, long sourceEpoch, long seq, long settledEpoch, long floorEpoch)
            implements CellInput {}

    /**
     * This cell starts again from its checkpoint under a new epoch: take nothing more that its former self sent, and take a checkpoint soon, from
     * which the restarting cell learns what became of its entities.
     */
    record PeerRestarting(CellId cell, long epoch) implements CellInput {}

    /** Stop at the next tick boundary and hand the final image out. */
    record Seal() implements CellInput {}

    /** The image of this tick is in the store. */
    record CheckpointStored(long tick) implements CellInput {}
}
