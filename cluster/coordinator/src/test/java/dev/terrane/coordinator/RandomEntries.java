package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import java.util.ArrayList;
import java.util.List;

/** Entries, sensible and senseless, under random terms; what makes sense is looked up in the state that they will be applied to. */
final class RandomEntries {
    static final List<NodeId> NODES = List.of(new NodeId("a"), new NodeId("b"), new NodeId("c"), new NodeId("g"));
    static final List<CellId> CELLS = List.of(cell(0, 0), cell(0, 1), cell(1, -1), cell(-3, 2));

    private final Rng rng;
    private long term = 1;
    private long nowMillis = 1_000_000;
    private int tokenCount;

    RandomEntries(long seed) {
        this.rng = new Rng(seed);
    }

    /** An entry and the term of the log in which it is applied. */
    record Step(long logTerm, Entry entry) {}

    private static CellId cell(int a, int b) {
        return new CellId(new WorldId("w"), new RegionId(a, b), 0);
    }

    Step next(CoordinatorState state) {
        term += rng.chance(0.02f) ? 1 : 0;
        nowMillis += rng.nextInt(100);
        Command command = command(state);
        long given = rng.chance(0.05f) ? term - 1 : rng.chance(0.3f) ? 0 : term;
        String author = rng.chance(0.2f) ? "admin alice" : "leader c" + term % 3;
        String reason = rng.chance(0.9f) ? "because of " + rng.nextInt(100) : "";
        return new Step(rng.chance(0.02f) ? term - 1 : term, new Entry(given, author, reason, command));
    }

    private Command command(CoordinatorState state) {
        NodeId node = NODES.get(rng.nextInt(NODES.size()));
        CellId cell = CELLS.get(rng.nextInt(CELLS.size()));
        Tenure tenure = state.tenure(cell);
        long epoch = tenure.epoch() + (rng.chance(0.1f) ? rng.nextInt(3) - 1 : 0);
        NodeId standby = tenure.standby() == null || rng.chance(0.1f) ? node : tenure.standby();
        long entry = rng.chance(0.8f) ? tenure.standbyEntry() : rng.nextInt((int) state.appliedCount() + 1);
        return switch (rng.nextInt(24)) {
            case 0, 1, 2 -> new Command.RegisterNode(info(state, node));
            case 3 ->
                rng.chance(0.5f)
                        ? lost(state, tenure.owner() == null ? node : tenure.owner())
                        : new Command.DrainNode(node, rng.chance(0.2f));
            case 4 -> new Command.GrantCells(grants(state, node));
            case 5, 6, 7 -> new Command.AssignCells(node, rng.chance(0.1f) ? List.of(cell, cell) : List.of(cell));
            case 8 -> rng.chance(0.5f) ? new Command.ReleaseCell(cell, epoch) : new Command.RenewCell(cell, epoch);
            case 9, 10, 11 ->
                tenure.standby() == null || rng.chance(0.1f)
                        ? new Command.SetStandby(cell, epoch, rng.chance(0.1f) ? null : node)
                        : new Command.StandbyReady(cell, epoch, tenure.standby(), entry);
            case 12, 13, 14 -> new Command.StandbyReady(cell, epoch, standby, entry);
            case 15, 16 -> promote(state, cell);
            case 17 -> new Command.BeginMove(cell, epoch, standby);
            case 18 -> new Command.FinishMove(cell, epoch);
            case 19 -> rng.chance(0.3f) ? new Command.AbortMove(cell, epoch) : new Command.FinishMove(cell, epoch);
            case 20 -> rng.chance(0.2f) ? new Command.LearnGrants(grants(state, node)) : promote(state, cell);
            case 21 ->
                new Command.PutValue(
                        "key" + rng.nextInt(3),
                        rng.chance(0.5f) ? Command.PutValue.ANY : state.valueVersion("key0"),
                        new byte[rng.nextInt(4)]);
            case 22 -> new Command.SetOverride("pin/" + cell, rng.chance(0.5f) ? node.name() : "");
            default ->
                rng.chance(0.5f)
                        ? new Command.IssueToken(
                                new TransferToken(
                                        "t" + ++tokenCount, "ann", "other", nowMillis + rng.nextInt(8_000) - 500),
                                nowMillis)
                        : new Command.RedeemToken("t" + (tokenCount - rng.nextInt(3)), nowMillis);
        };
    }

    /** What can be promoted, if anything can; now and then under another epoch. */
    private Command promote(CoordinatorState state, CellId otherwise) {
        CellId cell = state.tenures().stream()
                .filter(tenure -> tenure.phase() == Tenure.Phase.ORPHANED && tenure.isReady())
                .map(Tenure::cell)
                .findFirst()
                .orElse(otherwise);
        return new Command.Promote(cell, state.epoch(cell) + (rng.chance(0.1f) ? 1 : 0));
    }

    /** Mostly the same life again. */
    private NodeInfo info(CoordinatorState state, NodeId node) {
        long life = life(state, node) + (rng.chance(0.1f) ? 1 : 0);
        List<NodeInfo.Role> roles = node.name().equals("g")
                ? List.of(NodeInfo.Role.GATEWAY)
                : List.of(NodeInfo.Role.SIM, NodeInfo.Role.SERVICE);
        return new NodeInfo(node, life, roles, node + ":7000", "0.1");
    }

    private Command lost(CoordinatorState state, NodeId node) {
        return new Command.NodeLost(node, life(state, node) + (rng.chance(0.1f) ? 1 : 0));
    }

    private static long life(CoordinatorState state, NodeId node) {
        return state.nodes().stream()
                .filter(info -> info.node().equals(node))
                .mapToLong(NodeInfo::life)
                .findAny()
                .orElse(0);
    }

    /** Mostly above what was, sometimes not: a confused caller. */
    private List<CellGrant> grants(CoordinatorState state, NodeId node) {
        List<CellGrant> grants = new ArrayList<>();
        int incarnation =
                state.tenures().stream().mapToInt(Tenure::incarnation).max().orElse(0);
        for (int left = 1 + rng.nextInt(2); left > 0; left--) {
            CellId cell = CELLS.get(rng.nextInt(CELLS.size()));
            incarnation += Math.max(0, rng.nextInt(8) - 1);
            grants.add(new CellGrant(
                    cell, node, Math.max(0, state.epoch(cell) + rng.nextInt(6) - 1), Math.max(1, incarnation)));
        }
        return grants;
    }
}
