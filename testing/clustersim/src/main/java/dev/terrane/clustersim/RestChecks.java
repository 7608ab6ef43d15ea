package dev.terrane.clustersim;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.clustersim.game.Ghostly;
import dev.terrane.clustersim.game.Sighted;
import dev.terrane.clustersim.play.Player;
import dev.terrane.sdk.Entity;
import dev.terrane.space.Bounds;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must be so when all is whole again and everybody rests. */
final class RestChecks {
    private static final long SECOND = 1_000_000_000L;
    /** Of what a player sees, against what is. */
    private static final double METRES = 0.6;
    /** Of what cells see of each other. */
    private static final double GHOST_METRES = 0.02;

    private final ClusterRun run;
    /** By cell, who is there now. */
    private final Map<CellId, Witness.Seen> cells;

    /** Within which cells see each other's entities. */
    private final double ghostMetres;

    private final Map<Long, Sighted> truth = new TreeMap<>();
    private String first = "";

    RestChecks(ClusterRun run) {
        this.run = run;
        this.cells = run.witness().newest();
        this.ghostMetres = run.world().config().ghosts().range();
    }

    /** The first thing that is not as it should be: its rule, a colon, the rest; empty: all is well. */
    String unrest() {
        if (run.books().lane().waitingCount() > 0) {
            found("AllSettled", run.books().lane().waitingCount() + " payments have no result");
        }
        cells();
        census();
        cells.forEach(this::ghosts);
        for (Player player : run.players()) {
            plays(player);
        }
        return first;
    }

    private void found(String rule, String what) {
        if (first.isEmpty()) {
            first = rule + ": " + what;
        }
    }

    private void cells() {
        long rested = run.quietTick() + run.plan().pace().hz();
        for (RegionId region : run.world().world().map().partition().regions()) {
            CellId cell = new CellId(SimWorld.ID, region, 0);
            Witness.Seen seen = cells.get(cell);
            if (seen == null || run.conductor().nowNanos() - seen.atNanos() > SECOND / 2) {
                found("AllTick", cell + " does not tick: last seen " + text(seen));
            } else if (seen.tick() < rested) {
                found("AllTick", cell + " is far behind: " + text(seen));
            }
        }
    }

    private static String text(Witness.@Nullable Seen seen) {
        return seen == null
                ? "never"
                : "at %.3f s at %s, epoch %d, tick %d"
                        .formatted(seen.atNanos() / 1e9, seen.node(), seen.epoch(), seen.tick());
    }

    private void census() {
        Map<Long, String> walkers = new HashMap<>();
        cells.forEach((cell, seen) -> {
            for (Sighted each : seen.all()) {
                Sighted twin = truth.put(each.id(), each);
                if (twin != null) {
                    found(
                            "OncePerWorld",
                            "entity " + each.id() + " is in " + cell + " and elsewhere: " + each + ", " + twin);
                }
                String before = each.walker() == 0 ? null : walkers.put(each.walker(), cell + " " + each);
                if (before != null) {
                    found(
                            "OncePerWorld",
                            "walker " + each.walker() + " is twice: " + before + ", " + cell + " " + each);
                }
            }
        });
        int expected = run.plan().size().regions() * run.plan().size().walkersPerRegion();
        List<Long> lost = new ArrayList<>();
        for (long number = 1; number <= expected; number++) {
            if (!walkers.containsKey(number)) {
                lost.add(number);
            }
        }
        if (!lost.isEmpty()) {
            found("NobodyLost", "walkers " + lost + " are nowhere");
        }
    }

    /** Everybody near who is another cell's, where he is, and nobody else. */
    private void ghosts(CellId cell, Witness.Seen seen) {
        if (run.conductor().nowNanos() - seen.atNanos() > SECOND / 2) {
            return; // a layer that was merged
        }
        Map<Long, Ghostly> ghosts = new HashMap<>();
        for (Ghostly ghost : seen.ghosts()) {
            Sighted is = truth.get(ghost.id());
            if (ghosts.put(ghost.id(), ghost) != null) {
                found("GhostsAreTrue", cell + " sees " + ghost + " twice");
            } else if (is == null) {
                found("GhostsAreTrue", cell + " sees " + ghost + ", who is nowhere");
            } else if (Math.abs(is.x() - ghost.x()) > GHOST_METRES || Math.abs(is.y() - ghost.y()) > GHOST_METRES) {
                found("GhostsAreTrue", cell + " sees " + ghost + ", who is " + is);
            }
        }
        for (Sighted own : seen.all()) {
            if (ghosts.containsKey(own.id())) {
                found("GhostsAreTrue", cell + " sees its own " + own + " as a ghost");
            }
        }
        cells.forEach((other, seenThere) -> {
            if (!other.equals(cell)) {
                seenThere.all().forEach(each -> {
                    if (!ghosts.containsKey(each.id()) && mustSee(cell, seen.all(), other, each)) {
                        found("GhostsAreTrue", cell + " does not see " + each + " of " + other);
                    }
                });
            }
        });
    }

    private boolean mustSee(CellId cell, List<Sighted> own, CellId other, Sighted who) {
        return isHome(other, who)
                && own.stream()
                        .anyMatch(each -> isHome(cell, each)
                                && Math.hypot(each.x() - who.x(), each.y() - who.y()) <= ghostMetres - GHOST_METRES);
    }

    /** Who is beyond the border yet, for borders are sticky, is seen as if he were at it. */
    private boolean isHome(CellId cell, Sighted who) {
        Partition partition = run.world().world().map().partition();
        Bounds bounds = partition.bounds(cell.region());
        double x = who.x() - partition.originX(cell.region());
        double y = who.y() - partition.originY(cell.region());
        return x >= bounds.minX() && x < bounds.maxX() && y >= bounds.minY() && y < bounds.maxY();
    }

    private void plays(Player player) {
        if (!player.isPlaying()) {
            found("AllPlay", player + " does not play: " + player.lastError());
            return;
        }
        if (run.conductor().nowNanos() - player.snapshotNanos() > SECOND) {
            found("AllPlay", player + " hears nothing since %.3f s".formatted(player.snapshotNanos() / 1e9));
            return;
        }
        if (player.sentSeq() - player.ackedSeq() > 2 * run.plan().pace().hz()) {
            found(
                    "AllPlay",
                    player + "'s inputs are not acknowledged: sent " + player.sentSeq() + ", " + player.ackedSeq());
        }
        Sighted own = truth.get(player.avatar());
        if (own == null) {
            found("NobodyLost", player + "'s avatar " + player.avatar() + " is nowhere");
            return;
        }
        if (own.lastSeq() < player.ackedSeq() - 1) {
            found(
                    "AcksAreTrue",
                    player + " was told that " + player.ackedSeq() + " is applied, but its avatar has only "
                            + own.lastSeq());
        }
        String wrong = run.books().wrong(player, own);
        if (!wrong.isEmpty()) {
            found("BooksBalance", wrong);
        }
        sees(player, own);
    }

    private void sees(Player player, Sighted own) {
        Map<Long, Entity> seen = new HashMap<>();
        for (Entity each : player.entities()) {
            seen.put(each.id(), each);
            Sighted is = truth.get(each.id());
            if (is == null) {
                found("ViewIsTrue", player + " sees " + each.id() + ", who is nowhere");
            } else if (Math.abs(is.x() - each.worldX()) > METRES || Math.abs(is.y() - each.worldY()) > METRES) {
                found(
                        "ViewIsTrue",
                        player + " sees " + each.id() + " at " + each.worldX() + " " + each.worldY() + ", who is "
                                + is);
            }
        }
        for (Sighted each : truth.values()) {
            if (Math.hypot(each.x() - own.x(), each.y() - own.y()) < 100 && !seen.containsKey(each.id())) {
                found("ViewIsTrue", player + " at " + own + " does not see " + each);
            }
        }
    }
}
