package dev.terrane.clustersim;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What goes wrong: now and then, and in the midst of what matters, of which {@link Moments} tells. At most one node of each role is ill at a time, unless the plan is harsh; and of coordinators never most.
 */
final class Trouble {
    private static final long MILLI = 1_000_000;
    private static final int GAP_MILLIS = 1_200;

    private final ClusterRun run;
    private final Rng rng;
    private final Set<NodeId> ill = new TreeSet<>();
    private final List<Runnable> cures = new ArrayList<>();
    private long untilNanos;
    private long count;

    /** Something that can happen to a node. */
    private enum Ill {
        KILLED,
        PAUSED,
        ALONE,
        DEAF,
        DUMB
    }

    Trouble(ClusterRun run, Rng rng) {
        this.run = run;
        this.rng = rng;
    }

    void begin(long fromNanos, long endNanos) {
        untilNanos = endNanos;
        run.conductor().at(fromNanos, null, this::next);
    }

    private void next() {
        if (isOver()) {
            return;
        }
        switch (rng.nextInt(10)) {
            case 0, 1, 2 -> befall(any(run.plan().sims()));
            case 3 -> befall(any(run.plan().coordinators()));
            case 4 -> befall(any(run.plan().gateways()));
            case 5 -> loseLink();
            case 6 -> cutWay();
            case 7 -> store();
            case 8 -> move();
            default -> dropPlayer();
        }
        run.conductor().in((100 + rng.nextInt(GAP_MILLIS)) * MILLI, null, this::next);
    }

    private boolean isOver() {
        return untilNanos == 0 || run.conductor().nowNanos() >= untilNanos;
    }

    private NodeId any(List<NodeId> nodes) {
        return nodes.get(rng.nextInt(nodes.size()));
    }

    /** In the midst of something that concerns these two. By whoever runs now: it happens a moment later. */
    void moment(String what, NodeId from, NodeId to) {
        if (!isOver() && run.conductor().nowNanos() > Plan.CALM_SECONDS * 1_000_000_000L && rng.nextInt(40) == 0) {
            NodeId whom = rng.chance(0.5f) ? from : to;
            run.conductor().in(rng.nextInt(3_000) * 1_000L, null, () -> {
                run.note(whom, "in the midst of " + what);
                befall(whom);
            });
        }
    }

    private void befall(NodeId node) {
        Role role = run.node(node).role();
        long illOfRole =
                ill.stream().filter(each -> run.node(each).role() == role).count();
        boolean tooMany = role == Role.COORDINATOR
                ? illOfRole > 0
                : illOfRole > (run.plan().ills().harsh() ? 1 : 0);
        if (isOver() || tooMany || !ill.add(node)) {
            return;
        }
        count++;
        switch (Ill.values()[rng.nextInt(Ill.values().length)]) {
            case KILLED -> killed(node, role);
            case PAUSED -> paused(node);
            case ALONE -> cutOff(node, true, true);
            case DEAF -> cutOff(node, true, false);
            case DUMB -> cutOff(node, false, true);
        }
    }

    /** It is over after a while, or when all trouble is. */
    private void cure(NodeId node, int millisMax, Runnable how) {
        boolean[] done = new boolean[1];
        Runnable once = () -> {
            if (!done[0]) {
                done[0] = true;
                how.run();
                // Somebody else may fall ill when copies of what was lost have had time to grow.
                run.conductor().in(recoveryNanos(), null, () -> ill.remove(node));
            }
        };
        cures.add(once);
        run.conductor().in((30 + rng.nextInt(millisMax)) * MILLI, null, once);
    }

    private long recoveryNanos() {
        return run.plan().ills().harsh() ? 10 * MILLI : 1_500 * MILLI;
    }

    private void killed(NodeId node, Role role) {
        run.kill(node);
        cure(node, 2_500, () -> run.begin(node, role));
    }

    private void paused(NodeId node) {
        run.note(node, "stands still");
        run.node(node).host().pause();
        cure(node, 2_500, () -> {
            run.note(node, "goes on");
            run.node(node).host().resume();
        });
    }

    private void cutOff(NodeId node, boolean hearsNobody, boolean isHeardByNobody) {
        run.note(
                node, "is cut off" + (hearsNobody ? ", hears nobody" : "") + (isHeardByNobody ? ", is not heard" : ""));
        List<NodeId> others = new ArrayList<>();
        run.nodes().forEach(each -> others.add(each.self()));
        others.remove(node);
        for (NodeId other : others) {
            if (hearsNobody) {
                run.net().cut(other, node);
            }
            if (isHeardByNobody) {
                run.net().cut(node, other);
            }
        }
        cure(node, 4_000, () -> {
            run.note(node, "is reached again");
            for (NodeId other : others) {
                run.net().heal(other, node);
                run.net().heal(node, other);
            }
        });
    }

    private NodeId anyone() {
        List<NodeId> all = new ArrayList<>();
        run.nodes().forEach(each -> all.add(each.self()));
        return any(all);
    }

    private void loseLink() {
        NodeId a = anyone();
        NodeId b = anyone();
        if (!a.equals(b)) {
            count++;
            run.note(a, "loses its link to " + b);
            run.net().lose(a, b);
        }
    }

    private void cutWay() {
        NodeId a = anyone();
        NodeId b = anyone();
        if (!a.equals(b) && run.net().passes(a, b) && ill.isEmpty()) {
            count++;
            run.note(a, "is not heard by " + b);
            run.net().cut(a, b);
            Runnable heal = () -> {
                run.note(a, "is heard by " + b + " again");
                run.net().heal(a, b);
            };
            cures.add(heal);
            run.conductor().in((30 + rng.nextInt(3_000)) * MILLI, null, heal);
        }
    }

    private void store() {
        count++;
        int how = rng.nextInt(3);
        run.note(null, how == 0 ? "the store is away" : how == 1 ? "the store is slow" : "the store loses answers");
        if (how == 0) {
            run.store().setAway(true);
        } else if (how == 1) {
            run.store().setStall((20 + rng.nextInt(500)) * MILLI);
        } else {
            run.store().setLosesAnswers(true);
        }
        Runnable back = () -> {
            run.store().setAway(false);
            run.store().setStall(0);
            run.store().setLosesAnswers(false);
        };
        cures.add(back);
        run.conductor().in((50 + rng.nextInt(2_500)) * MILLI, null, back);
    }

    /** As an administrator asks for it. */
    private void move() {
        List<CellId> cells = List.copyOf(run.witness().newest().keySet());
        int leader = run.log().leader();
        if (leader < 0 || cells.isEmpty()) {
            return;
        }
        count++;
        CellId cell = cells.get(rng.nextInt(cells.size()));
        NodeId to = any(run.plan().sims());
        run.note(null, "an administrator wants " + cell + " at " + to);
        run.propose(leader, Entry.of(run.log().term(), new Command.SetOverride("move/" + cell, to.name())));
    }

    private void dropPlayer() {
        if (!run.players().isEmpty()) {
            count++;
            run.players().get(rng.nextInt(run.players().size())).drop();
        }
    }

    /** All is whole again. */
    void end() {
        untilNanos = 0;
        List.copyOf(cures).forEach(Runnable::run);
        cures.clear();
    }

    long count() {
        return count;
    }
}
