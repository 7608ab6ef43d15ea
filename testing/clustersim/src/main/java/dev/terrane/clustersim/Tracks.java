package dev.terrane.clustersim;

import dev.terrane.base.CellId;
import dev.terrane.clustersim.game.Roam;
import dev.terrane.clustersim.game.Sighted;
import dev.terrane.server.cluster.NodeLife;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where everybody has been, tick by tick: nobody jumps, whoever carries his cell on, and nobody is in two places.
 *
 * <p>A cell that begins another life may go back, by as much as {@link #began} says; then everybody in it has to be where he was once, and goes on from there.
 */
final class Tracks {
    /** Of places: positions are local floats, added to origins. */
    private static final double METRES = 0.01;
    /** Of what players see: places are rounded on their way. */
    private static final double SEEN_METRES = 0.1;

    private final ClusterRun run;
    /** By entity, the last of each list the newest. Only looked up. */
    private final Map<Long, List<Step>> tracks = new HashMap<>();
    /** Who was in cells that went on elsewhere. Only looked up. */
    private final Map<Long, List<Sighted>> aside = new HashMap<>();
    /** When each cell's present life began, in true time. Only looked up. */
    private final Map<CellId, Long> begun = new HashMap<>();

    /** Somebody at the end of a tick. */
    record Step(CellId cell, long epoch, long tick, Sighted who, long atNanos) {}

    Tracks(ClusterRun run) {
        this.run = run;
    }

    /** A cell has ticked under its highest epoch. @param before its last tick, maybe of another life; null: none */
    void ticked(Witness.@Nullable Seen before, CellId cell, Witness.Seen seen) {
        if (before == null || before.epoch() != seen.epoch()) {
            begun.put(cell, seen.atNanos());
            if (before != null) {
                began(before, cell, seen);
            }
        }
        if (isOver(cell, seen.epoch())) {
            aside(seen.all());
            return;
        }
        for (Sighted who : seen.all()) {
            List<Step> track = tracks.computeIfAbsent(who.id(), _ -> new ArrayList<>());
            Step step = new Step(cell, seen.epoch(), seen.tick(), who, seen.atNanos());
            if (!track.isEmpty()) {
                once(track, step);
                noJump(track, step);
            }
            track.add(step);
        }
    }

    /** A copy that goes on lacks a tick at most; and where it was cut off from its owner, what that one did until its lease was over. */
    private void began(Witness.Seen before, CellId cell, Witness.Seen seen) {
        NodeLife life = seen.node().nodeLife();
        if (life == null || life.map().cell(cell).begunEpoch() >= seen.epoch()) {
            return; // it starts from what is stored of it
        }
        long lost = before.tick() + 1 - seen.tick();
        long alone = run.times().leaseMillis() + 3L * run.times().heartbeatMillis();
        boolean wasWhole = seen.atNanos() - run.net().troubledNanos() > 2 * alone * 1_000_000;
        long most = wasWhole ? 1 : alone * run.plan().pace().hz() / 1_000;
        if (lost > most) {
            run.violated(
                    "GoesOn",
                    cell + " goes on at " + seen.node() + " with tick " + seen.tick() + ", " + lost
                            + " ticks before those that " + before.node() + " has done, more than " + most);
        }
    }

    /** Whoever has left is back only in a life of the cell that did not know of it. */
    private void once(List<Step> track, Step now) {
        Step last = track.getLast();
        if (last.cell.equals(now.cell)) {
            return;
        }
        boolean isBack = now.who.ownership() < last.who.ownership() && begunAt(now.cell) <= last.atNanos;
        boolean isSame = now.who.ownership() == last.who.ownership();
        if ((isBack || isSame || wasHere(track, now)) && !isOver(last.cell, last.epoch)) {
            run.violated("OnceAtATime", now + " was before " + last);
        }
    }

    /** In the same life of the cell, as whom he is there now: he has never left. */
    private static boolean wasHere(List<Step> track, Step now) {
        for (int i = track.size() - 2; i >= 0; i--) {
            Step former = track.get(i);
            if (former.cell.equals(now.cell) && former.epoch == now.epoch) {
                return former.who.ownership() == now.who.ownership();
            }
        }
        return false;
    }

    /** Whether somebody has been told that the cell lives elsewhere: until its lease is over a node that hears nobody goes on, and is heard by nobody. */
    private boolean isOver(CellId cell, long epoch) {
        for (SimNode node : run.nodes()) {
            NodeLife life = node.nodeLife();
            if (life != null && life.map().cell(cell).epoch() > epoch) {
                return true;
            }
        }
        return false;
    }

    private long begunAt(CellId cell) {
        return begun.getOrDefault(cell, 0L);
    }

    private void noJump(List<Step> track, Step now) {
        Step last = track.getLast();
        // A cell that is behind takes in who comes from one that is ahead: he moves once, though his ticks go back.
        if (reaches(last, now, Math.max(2, now.tick - last.tick))) {
            return;
        }
        boolean isAnotherLife = begunAt(last.cell) > last.atNanos || begunAt(now.cell) > last.atNanos;
        if (!isAnotherLife || track.stream().noneMatch(each -> reaches(each, now, 2))) {
            run.violated("NoJumps", now + " was before " + last);
        }
    }

    private boolean reaches(Step from, Step to, long ticks) {
        float speed = to.who.walker() == 0 ? Roam.AVATAR_SPEED : Roam.WALKER_SPEED_MAX;
        double reach = (double) speed / run.plan().pace().hz() * ticks + METRES;
        return Math.abs(from.who.x() - to.who.x()) <= reach && Math.abs(from.who.y() - to.who.y()) <= reach;
    }

    /** A cell has ticked that goes on elsewhere, and does not know it yet: players may see that. */
    void aside(List<Sighted> all) {
        for (Sighted who : all) {
            aside.computeIfAbsent(who.id(), _ -> new ArrayList<>()).add(who);
        }
    }

    /** Whether somebody has been there, as near as players can tell. */
    boolean wasAt(long entity, double x, double y) {
        List<Step> track = tracks.getOrDefault(entity, List.of());
        for (int i = track.size() - 1; i >= 0; i--) {
            if (isAt(track.get(i).who, x, y)) {
                return true;
            }
        }
        if (track.isEmpty() || isNear(track.getFirst(), x, y)) {
            return true; // where he came in: that is after a tick, and in the next he moves
        }
        return aside.getOrDefault(entity, List.of()).stream().anyMatch(who -> isAt(who, x, y));
    }

    private boolean isNear(Step first, double x, double y) {
        double reach = (double) Roam.AVATAR_SPEED / run.plan().pace().hz() + SEEN_METRES;
        return Math.abs(first.who.x() - x) <= reach && Math.abs(first.who.y() - y) <= reach;
    }

    private static boolean isAt(Sighted who, double x, double y) {
        return Math.abs(who.x() - x) <= SEEN_METRES && Math.abs(who.y() - y) <= SEEN_METRES;
    }
}
