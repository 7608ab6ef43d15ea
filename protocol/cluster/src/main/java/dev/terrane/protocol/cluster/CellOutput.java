package dev.terrane.protocol.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;

/** Everything a cell tells a gateway. */
public sealed interface CellOutput
        permits CellFrame,
                CellOutput.Joined,
                CellOutput.JoinRefused,
                CellOutput.Moved,
                CellOutput.SessionEnded,
                CellOutput.ToClient,
                CellOutput.Offended,
                CellOutput.CellUp,
                CellOutput.Layers,
                CellOutput.Pace {

    /** @param ackedSeq last input applied to this avatar: the client goes on with the next */
    record Joined(long session, CellId cell, long epoch, long avatar, int ownership, int ackedSeq)
            implements CellOutput {}

    record JoinRefused(long session, CellId cell, Reason reason) implements CellOutput {
        /** Why. */
        public enum Reason {
            /** A session of a higher generation drives this character. */
            SUPERSEDED,
            /** The avatar is on its way to another cell; look it up again. */
            IN_TRANSIT,
            /** The cell holds as many avatars as its limit allows. */
            FULL
        }
    }

    /**
     * The avatar was handed off. Resend every input above {@code ackedSeq} to the new cell.
     *
     * @param toEpoch {@link CellPort#ANY_EPOCH} when the old cell does not know it: the new one's frames tell
     */
    record Moved(long session, CellId from, CellId to, long toEpoch, long avatar, int ownership, int ackedSeq)
            implements CellOutput {}

    /** The avatar is gone: logged out, or its session replaced by another. */
    record SessionEnded(long session, CharacterId character, Reason reason) implements CellOutput {
        public enum Reason {
            LOGGED_OUT,
            REPLACED,
            AVATAR_LOST
        }
    }

    /**
     * Bytes of the game's own making for one client.
     *
     * @param type as for game messages; 0: nobody in the game handles the message {@code requestId}, the payload is empty
     * @param requestId of the game message it answers, or 0
     */
    record ToClient(long session, int type, int requestId, byte[] payload) implements CellOutput {}

    /** The cell found this with the session's avatar or its inputs, and has put right what was to be put right. At most once per tick and kind. */
    record Offended(long session, Offence offence) implements CellOutput {}

    /**
     * A cell started, or started again: sessions and watches of an older epoch must be renewed. Said by the gateway's own node.
     *
     * @param goesOn it was promoted or moved, and has every session that it had: what it did not acknowledge is handed over again, nobody joins anew
     */
    record CellUp(CellId cell, long epoch, boolean goesOn) implements CellOutput {
        /** It began anew. */
        public CellUp(CellId cell, long epoch) {
            this(cell, epoch, false);
        }
    }

    /**
     * Which layers a region has from now on: the steward tells every gateway. Layers that are not named are gone; sessions there have been moved before.
     *
     * <p>It needs no number: the last one that is heard is the newest. A world has one steward, which tells one thing after the other, under one lock, and
     * tells what holds now, never what it had no room for before; and a gateway hears its inbox in the order in which it was filled, all senders
     * alike. A steward on another node, or a second one after it, would have to number what it says.
     */
    record Layers(WorldId world, RegionId region, int[] layers) implements CellOutput {}

    /** How fast and how carefully the world runs; see {@link CellInput.Pace}. */
    record Pace(WorldId world, long fromTick, float dilation, Shed shed) implements CellOutput {}
}
