package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that changes who owns what. Whoever leads puts it into the one order that all copies of the state follow. */
public sealed interface Command {
    /** A node offers its service. With another life than before it has started anew: with the cells of its former life it is as after {@link NodeLost}. */
    record RegisterNode(NodeInfo info) implements Command {}

    /** That life of a node is over: its cells go on as their whole copies, under the next epochs; those without have no owner until they are granted again. */
    record NodeLost(NodeId node, long life) implements Command {}

    /** @param draining whether it gets nothing new any more, so that it can be stopped when it is empty */
    record DrainNode(NodeId node, boolean draining) implements Command {}

    /**
     * Makes cells somebody's, all or none, with numbers that the store has given out. Each grant needs a higher epoch than its cell ever had and an incarnation above all given
     * before. A cell's own owner may be granted it again: the cell starts anew.
     */
    record GrantCells(List<CellGrant> grants) implements Command {
        public GrantCells {
            grants = List.copyOf(grants);
        }
    }

    /** Makes free cells a node's, all or none; the numbers are the next ones. They start from their checkpoints. */
    record AssignCells(NodeId owner, List<CellId> cells) implements Command {
        public AssignCells {
            cells = List.copyOf(cells);
        }
    }

    /** Another coordinator has given numbers up to these: ours go on above them. Owners of these grants are not known here. */
    record LearnGrants(List<CellGrant> grants) implements Command {
        public LearnGrants {
            grants = List.copyOf(grants);
        }
    }

    /** The cell has failed at its owner, who starts it from its checkpoint, under the next epoch. */
    record RenewCell(CellId cell, long epoch) implements Command {}

    /** The owner under this epoch gives the cell back, for example at shutdown. */
    record ReleaseCell(CellId cell, long epoch) implements Command {}

    /** Who keeps the warm copy of a cell that is held under this epoch. It is of no use before {@link StandbyReady}. @param node null: nobody */
    record SetStandby(CellId cell, long epoch, @Nullable NodeId node) implements Command {}

    /**
     * The copy has everything up to some tick and follows from there.
     *
     * @param standbyEntry as {@link Tenure#standbyEntry} was when that copy was begun: late word of it says nothing of the next one; {@link #UNSAID}: of any
     */
    record StandbyReady(CellId cell, long epoch, NodeId node, long standbyEntry) implements Command {
        /** By a node that was told no number, or before there were any. */
        public static final long UNSAID = 0;
    }

    /** The owner under this epoch was lost: its standby is the owner now, under the next epoch. */
    record Promote(CellId cell, long epoch) implements Command {}

    /** The cell is to move to its standby. */
    record BeginMove(CellId cell, long epoch, NodeId to) implements Command {}

    /** It has frozen and the copy is whole: from here on the other node owns it, under the next epoch. */
    record FinishMove(CellId cell, long epoch) implements Command {}

    /** It stays where it is. */
    record AbortMove(CellId cell, long epoch) implements Command {}

    /** Lets somebody leave for another cluster, once. */
    record IssueToken(TransferToken token, long nowMillis) implements Command {}

    /** He has arrived. The second time is refused. */
    record RedeemToken(String id, long nowMillis) implements Command {
        @Override
        public String toString() {
            return "RedeemToken[" + TransferToken.beginning(id) + "]";
        }
    }

    /**
     * Keeps a small value for all nodes to read.
     *
     * @param expectedVersion of what it replaces; 0: nothing yet, {@link #ANY}: whatever is there
     * @param value empty: nothing from now on
     */
    record PutValue(String key, long expectedVersion, byte[] value) implements Command {
        public static final long ANY = -1;

        /** The same on every machine, and without what the value may keep to itself. */
        @Override
        public String toString() {
            return "PutValue[key=" + key + ", expectedVersion=" + expectedVersion + ", " + value.length + " bytes]";
        }
    }

    /** An administrator's word stands above every plan until it is taken back. @param value empty: it is taken back */
    record SetOverride(String name, String value) implements Command {}
}
