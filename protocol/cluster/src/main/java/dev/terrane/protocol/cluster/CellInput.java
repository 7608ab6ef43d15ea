package dev.terrane.protocol.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import java.util.List;

/** Everything a cell consumes. */
public sealed interface CellInput {

    /**
     * A character enters, or comes back to its avatar with a higher generation. Answered by Joined or JoinRefused.
     *
     * @param avatar the entity that it is known to have: wherever that is, no second one is made; 0: it has none
     * @param ackedSeq the last of its inputs that another cluster has acknowledged, where its numbers go on; 0: none
     */
    record Join(
            long session,
            int gateway,
            CharacterId character,
            int generation,
            String name,
            long avatar,
            float x,
            float y,
            int ackedSeq)
            implements CellInput {
        /** Of one who has not been numbered elsewhere. */
        public Join(
                long session,
                int gateway,
                CharacterId character,
                int generation,
                String name,
                long avatar,
                float x,
                float y) {
            this(session, gateway, character, generation, name, avatar, x, y, 0);
        }

        /** Of one that has no avatar. */
        public Join(long session, int gateway, CharacterId character, int generation, String name, float x, float y) {
            this(session, gateway, character, generation, name, 0, x, y);
        }
    }

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
    record PlayerMessage(long session, int type, int requestId, byte[] payload) implements CellInput {}

    /** The gateway wants these chunks from now on: full slices at the next snapshot, then deltas. Asking again resends full slices. */
    record Watch(int gateway, int[] chunks) implements CellInput {}

    record Unwatch(int gateway, int[] chunks) implements CellInput {}

    /** Forget everything that this gateway watches. */
    record GatewayGone(int gateway) implements CellInput {}

    /**
     * A gateway found so much against a character that it has to be known: the cell publishes it durably.
     *
     * @param points against it now
     * @param kicked it lost its connection for it
     * @param counts of what it did since it was last reported, by the ordinal of {@link Offence}
     */
    record ConductReport(CharacterId character, int points, boolean kicked, int[] counts) implements CellInput {}

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
     * @param madeTick the source's last tick with the entity, which the target's next one follows; {@link #UNKNOWN_TICK}: nobody says
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
            int ackedSeq,
            long madeTick)
            implements CellInput {
        /** Of a copy that is sent again, or of a build that does not tell. */
        public static final long UNKNOWN_TICK = -1;

        /** Of an unknown tick. */
        public HandoffOffer(
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
                int ackedSeq) {
            this(
                    source,
                    senderEpoch,
                    sourceEpoch,
                    seq,
                    entity,
                    ownership,
                    x,
                    y,
                    image,
                    session,
                    gateway,
                    ackedSeq,
                    UNKNOWN_TICK);
        }

        /** The same, made in that tick. */
        public HandoffOffer madeIn(long tick) {
            return new HandoffOffer(
                    source,
                    senderEpoch,
                    sourceEpoch,
                    seq,
                    entity,
                    ownership,
                    x,
                    y,
                    image,
                    session,
                    gateway,
                    ackedSeq,
                    tick);
        }

        /** Whether it was made before that tick, as far as is known: then the entity has not missed it yet. */
        public boolean isMadeBefore(long tick) {
            return madeTick != UNKNOWN_TICK && madeTick < tick;
        }
    }

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

    /**
     * What a cell wants to see of this one; replaces everything it asked for before. The answer is a first {@link GhostBatch} with all of it, then one with
     * what changed whenever something did, until {@code ttlTicks} after this message was taken in. Renewed in time by sending it again.
     *
     * @param stream names the row of batches that answers; a higher one begins it anew with a first push. Never used twice by a subscriber: it begins
     *     at {@code subscriberEpoch · 2^32}
     * @param version rises with each change of what is wanted, within the stream: the next batch tells the difference
     * @param chunks indices in this cell's chunk grid: whoever is there
     * @param entities ids of single entities, wherever in this cell they are
     */
    record GhostSubscribe(
            CellId subscriber,
            long subscriberEpoch,
            long stream,
            long version,
            int[] chunks,
            long[] entities,
            int ttlTicks)
            implements CellInput {}

    /** The subscriber needs nothing of this cell any more. */
    record GhostUnsubscribe(CellId subscriber, long subscriberEpoch) implements CellInput {}

    /**
     * What a publisher tells a subscriber about the entities it wants, at most once per tick.
     *
     * @param stream of the subscription that it answers
     * @param seq a row of batches counts from {@code row · 2^32 + 1}, its first push, which replaces all ghosts from this source; rows rise within (source,
     *     sourceEpoch). A gap is healed by subscribing to a higher stream
     * @param bytes in the format of {@code world/ghosts}
     */
    record GhostBatch(CellId source, long sourceEpoch, long stream, long seq, long tick, byte[] bytes, int length)
            implements CellInput {}

    /**
     * That cell goes on at another node under a higher epoch, with everything that it ever acknowledged or sent: its standby became the owner. Nothing is
     * rolled back; what its former self sends from now on is refused, and what it has not acknowledged is sent again.
     */
    record PeerContinues(CellId cell, long epoch) implements CellInput {}

    /**
     * Intents of another cell, applied in the order (source, seq) when this cell consumes intents. Once: what is not above the highest number
     * taken from (source, sourceEpoch) is dropped, and what is behind a gap waits for its repetition. Answered by {@link IntentAck}.
     *
     * @param senderEpoch epoch under which the source runs now: fences a source that somebody else has taken over since
     * @param sourceEpoch names the row of numbers: the epoch under which the source began it, at its birth or its last restart
     * @param oldest lowest number that the source still keeps: gaps below it are never filled
     * @param seq of the first; the others follow. Counts from 1 within (source, sourceEpoch, target)
     * @param tick in which it was sent; applied in a later one
     * @param after the last hand-off that went the same way before and is not acknowledged: an intent whose target is not here waits until that has come, for it may be the target's
     */
    record IntentBatch(
            CellId source,
            long senderEpoch,
            long sourceEpoch,
            long oldest,
            long seq,
            long tick,
            HandoffNumber after,
            List<Intent> intents)
            implements CellInput {}

    /** A hand-off between two cells. @param sourceEpoch and @param seq as in {@link HandoffOffer} */
    record HandoffNumber(long sourceEpoch, long seq) {
        /** All that ever went is acknowledged. */
        public static final HandoffNumber NONE = new HandoffNumber(0, 0);
    }

    /** The target's answer: every intent of this row up to {@code seq} is part of its state, and need not be kept any longer. */
    record IntentAck(CellId target, long targetEpoch, long sourceEpoch, long seq) implements CellInput {}

    /**
     * Which layers a region has from now on.
     *
     * @param layers ascending, never empty
     * @param newcomers the layer for whoever comes from another region or joins
     */
    record Layers(RegionId region, int[] layers, int newcomers) implements CellInput {}

    /** To a crowded cell: hand about this share of your entities, those who belong together in one piece, to another layer of your region, some each tick. */
    record Divide(CellId target, float share) implements CellInput {}

    /** To a layer that is no longer needed: hand everything, and whatever still comes, to that layer of your region, some each tick. */
    record Merge(CellId target) implements CellInput {}

    /**
     * How fast and how carefully the world runs from a tick on.
     *
     * @param dilation simulated time per real time, 0.1 to 1; 1 is normal
     */
    record Pace(long fromTick, float dilation, Shed shed) implements CellInput {}

    /** Stop at the next tick boundary and hand the final image out. */
    record Seal() implements CellInput {}

    /** Durable commands, to be carried out in the next tick in this order. Nobody delivers the same one twice at a time. */
    record Commands(List<CellCommand> commands) implements CellInput {}

    /** Whatever this cell wanted to be durable of its ticks, up to this one, is. */
    record FactsStored(long tick) implements CellInput {}

    /** The image of this tick is in the store. */
    record CheckpointStored(long tick) implements CellInput {}
}
