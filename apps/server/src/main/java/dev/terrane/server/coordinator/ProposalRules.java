package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Tenure;
import dev.terrane.coordinator.TransferToken;
import dev.terrane.coordinator.WorldBeginning;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a node may put into the log, and exactly that:
 *
 * <pre>
 *   any node ─► that it is there, that it is about to end
 *   a sim    ─► what becomes of its own cells and their copies; when its world began, once; what numbers its database knows
 *   a gateway ─► transfer tokens
 * </pre>
 *
 * <p>The two things that a sim says of more than its own cells it says before it is registered, and so before anybody knows what it does: they are bounded by what they contain. Everything else is decided by whoever
 * leads, or said by administrators elsewhere.
 */
final class ProposalRules {
    /** Beyond what a token is good for: clocks of two clusters differ. */
    private static final long TOKEN_MILLIS_MAX = TimeUnit.HOURS.toMillis(1);
    /** That the log may know, with those that a database tells of. */
    private static final int CELL_COUNT_MAX = 65_536;

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
     * @param entry with the time at which it was asked for
     * @param world that this cluster simulates
     */
    static Verdict judge(NodeId by, long life, Entry entry, CoordinatorState state, WorldId world) {
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
            case Command.StandbyReady(CellId cell, long epoch, NodeId _, long _) -> owns(by, cell, epoch, state);
            case Command.SetStandby(CellId cell, long epoch, NodeId node)
            when node == null -> owns(by, cell, epoch, state);
            case Command.LearnGrants(List<CellGrant> grants) -> learns(by, life, grants, state, world);
            case Command.FinishMove(CellId cell, long epoch) -> owns(by, cell, epoch, state);
            case Command.AbortMove(CellId cell, long epoch) -> owns(by, cell, epoch, state);
            case Command.RenewCell(CellId cell, long epoch) -> owns(by, cell, epoch, state);
            case Command.ReleaseCell(CellId cell, long epoch) -> owns(by, cell, epoch, state);
            case Command.PutValue put -> begins(by, life, put, state, world);
            case Command.DrainNode(NodeId node, boolean draining) ->
                of(node.equals(by) && draining, "node %s may drain only itself".formatted(by));
            case Command.IssueToken(TransferToken token, long _) ->
                token.expiresAtMillis() - TOKEN_MILLIS_MAX > entry.atMillis()
                        ? new Verdict.Refused("a transfer token is good for minutes: whose clock is wrong?")
                        : isGateway(by, life, state);
            case Command.RedeemToken _ -> isGateway(by, life, state);
            default ->
                new Verdict.Refused("node %s may not propose %s"
                        .formatted(by, entry.command().getClass().getSimpleName()));
        };
    }

    private static Verdict of(boolean allowed, String why) {
        return allowed ? ALLOWED : new Verdict.Refused(why);
    }

    /** Null: this copy knows of no such life. */
    private static @Nullable NodeInfo registered(NodeId by, long life, CoordinatorState state) {
        return state.nodes().stream()
                .filter(info -> info.node().equals(by) && info.life() == life)
                .findFirst()
                .orElse(null);
    }

    private static Verdict isGateway(NodeId by, long life, CoordinatorState state) {
        NodeInfo info = registered(by, life, state);
        return info == null
                ? new Verdict.Unsure("here node %s is not registered yet".formatted(by))
                : of(info.does(NodeInfo.Role.GATEWAY), "node %s is no gateway".formatted(by));
    }

    /** A sim, or a node that has not said yet what it is. */
    private static boolean maySimulate(NodeId by, long life, CoordinatorState state) {
        NodeInfo info = registered(by, life, state);
        return info == null || info.does(NodeInfo.Role.SIM);
    }

    private static Verdict learns(NodeId by, long life, List<CellGrant> grants, CoordinatorState state, WorldId world) {
        if (!maySimulate(by, life, state)) {
            return new Verdict.Refused("node %s has no database of cells".formatted(by));
        }
        if (state.tenures().size() + grants.size() > CELL_COUNT_MAX) {
            return new Verdict.Refused("%d cells are more than there can be".formatted(grants.size()));
        }
        return of(
                grants.stream().allMatch(grant -> grant.cell().world().equals(world)),
                "here is world %s, of others there is nothing to learn".formatted(world));
    }

    /** The world's clock: the first word counts, for the life of the cluster. */
    private static Verdict begins(NodeId by, long life, Command.PutValue put, CoordinatorState state, WorldId world) {
        boolean isBeginning = put.key().equals(WorldBeginning.key(world))
                && put.expectedVersion() == 0
                && put.value().length == WorldBeginning.BYTES
                && WorldBeginning.read(put.value()).tick() >= 0;
        return of(
                isBeginning && maySimulate(by, life, state),
                "node %s may not put %s: sims say when their world began, once".formatted(by, put.key()));
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
