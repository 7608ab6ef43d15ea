package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.Agreement;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Tenure;
import java.util.regex.Pattern;

/** What a node may put into the log: what concerns itself and its own cells. Everything else is decided by whoever leads, or said by administrators elsewhere. */
final class ProposalRules {
    private ProposalRules() {}

    /** What becomes of a proposal. */
    sealed interface Verdict {
        /** Into the log with it, which has rules of its own. */
        record Allowed() implements Verdict {}

        /** It is none of that node's business. */
        record Refused(String why) implements Verdict {}

        /** This coordinator's copy does not know that epoch yet: another one may, or this one in a moment. */
        record Unsure(String why) implements Verdict {}
    }

    private static final Verdict ALLOWED = new Verdict.Allowed();

    /**
     * @param by whose certificate the link has shown
     * @param life of the node at the other end of that link
     */
    static Verdict judge(NodeId by, long life, Entry entry, CoordinatorState state) {
        String author = "node " + by;
        // A gateway that an administrator has asked to send somebody to another cluster.
        boolean isSent = entry.command() instanceof Command.IssueToken
                && entry.author().matches("admin [\\x21-\\x7e]{1,100} by " + Pattern.quote(author));
        if (!isSent && !entry.author().equals(author)) {
            return new Verdict.Refused("node %s may not write as '%s'".formatted(by, entry.author()));
        }
        return switch (entry.command()) {
            case Command.RegisterNode(NodeInfo info) ->
                of(
                        info.node().equals(by) && info.life() == life,
                        "node %s may register only itself, in its present life".formatted(by));
            case Command.StandbyReady(CellId cell, long epoch, NodeId _) -> owns(by, cell, epoch, state);
            case Command.SetStandby(CellId cell, long epoch, NodeId node)
            when node == null -> owns(by, cell, epoch, state);
            case Command.LearnGrants _ -> ALLOWED;
            case Command.FinishMove(CellId cell, long epoch) -> owns(by, cell, epoch, state);
            case Command.AbortMove(CellId cell, long epoch) -> owns(by, cell, epoch, state);
            case Command.RenewCell(CellId cell, long epoch) -> owns(by, cell, epoch, state);
            case Command.ReleaseCell(CellId cell, long epoch) -> owns(by, cell, epoch, state);
            case Command.PutValue put ->
                of(
                        put.key().startsWith(ClusterMap.SHARED) && !put.key().equals(Agreement.KEY),
                        "nodes may put values only under " + ClusterMap.SHARED + ", and not " + put.key());
            case Command.DrainNode(NodeId node, boolean draining) ->
                of(node.equals(by) && draining, "node %s may drain only itself".formatted(by));
            case Command.IssueToken _, Command.RedeemToken _ -> ALLOWED;
            default ->
                new Verdict.Refused("node %s may not propose %s"
                        .formatted(by, entry.command().getClass().getSimpleName()));
        };
    }

    private static Verdict of(boolean allowed, String why) {
        return allowed ? ALLOWED : new Verdict.Refused(why);
    }

    private static Verdict owns(NodeId by, CellId cell, long epoch, CoordinatorState state) {
        Tenure tenure = state.tenure(cell);
        if (tenure.epoch() < epoch) {
            return new Verdict.Unsure(
                    "here cell %s is at epoch %d, not yet at %d".formatted(cell, tenure.epoch(), epoch));
        }
        return tenure.epoch() > epoch || by.equals(tenure.owner())
                ? ALLOWED // The log itself refuses epochs that are over.
                : new Verdict.Refused("cell %s is not node %s's but %s's".formatted(cell, by, tenure.owner()));
    }
}
