package dev.terrane.clustersim;

import dev.terrane.base.CellId;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTap;
import dev.terrane.cell.RunningDraft;
import dev.terrane.cell.TickLog;
import dev.terrane.clustersim.game.GameEar;
import dev.terrane.clustersim.game.Ghostly;
import dev.terrane.clustersim.game.Sighted;
import dev.terrane.clustersim.time.Host;
import dev.terrane.node.NodeMessage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sees every tick of every cell that lives, wherever, and who was in it. Copies of cells run the same game; what they say counts nowhere. */
final class Witness implements GameEar {
    private final ClusterRun run;
    private final Tracks tracks;
    private final Map<CellId, Seen> newest = new TreeMap<>();
    private final Map<String, String> writers = new TreeMap<>();
    /** When each host last heard of a leader. */
    private final Map<String, Long> leases = new TreeMap<>();

    private @Nullable CellId reportedCell;
    private long reportedTick;
    private List<Sighted> reported = List.of();
    private List<Ghostly> reportedGhosts = List.of();
    private long tickCount;
    private long openedCount;

    /** The last tick of a cell under its highest epoch. */
    record Seen(SimNode node, long epoch, long tick, long atNanos, List<Sighted> all, List<Ghostly> ghosts) {}

    Witness(ClusterRun run) {
        this.run = run;
        this.tracks = new Tracks(run);
    }

    @Override
    public void census(CellId cell, long tick, List<Sighted> all, List<Ghostly> ghosts) {
        reportedCell = cell;
        reportedTick = tick;
        reported = all;
        reportedGhosts = ghosts;
    }

    @Override
    public void fault(CellId cell, String what) {
        if (run.conductor().strand().startsWith("world-")) {
            run.violated("InputOrder", cell + ": " + what);
        }
    }

    @Override
    public boolean isQuiet(long tick) {
        return tick >= run.quietTick();
    }

    /** For a cell that begins to live at a node. */
    CellTap tap(SimNode node, CellSpec spec) {
        openedCount++;
        run.note(node.self(), "opens " + spec.cell() + " under epoch " + spec.epoch());
        return new Tap(node, spec.cell(), spec.epoch());
    }

    /** What arrives anywhere. */
    void heard(Host at, NodeMessage message) {
        if (message instanceof NodeMessage.Lease) {
            leases.put(at.name(), run.conductor().nowNanos());
        }
    }

    /** Who has not heard of a leader for a lease must not act, but for the beat in which that is seen, also after it stood still. */
    private void checkLease(SimNode node, CellId cell) {
        long now = run.conductor().nowNanos();
        long beats = 3L * run.times().heartbeatMillis() * 1_000_000L;
        long goesOnSince = node.host().resumedNanos();
        boolean stoodStill = goesOnSince > 0 && now - goesOnSince < beats;
        long since = now - leases.getOrDefault(node.host().name(), 0L);
        if (!stoodStill && since > run.times().leaseMillis() * 1_000_000L + beats) {
            run.violated(
                    "LeaseKept",
                    node + " ticks " + cell + " " + since / 1_000_000 + " ms after it last heard of a leader");
        }
    }

    private void ticked(SimNode node, CellId cell, long epoch, TickLog log) {
        tickCount++;
        checkLease(node, cell);
        String writer = writers.computeIfAbsent(cell + "/" + epoch, _ -> node.toString());
        if (!writer.equals(node.toString())) {
            run.violated(
                    "OneWriter", cell + " is ticked under epoch " + epoch + " by " + node + ", and was by " + writer);
        }
        run.hash(cell.hashCode() * 31L + epoch);
        run.hash(log.tick());
        run.hash(log.hash());
        Seen before = newest.get(cell);
        boolean isReported = cell.equals(reportedCell) && log.tick() == reportedTick;
        if (isReported && before != null && before.epoch > epoch) {
            tracks.aside(reported);
        } else if (isReported) {
            if (before != null && before.epoch == epoch && log.tick() <= before.tick) {
                run.violated("TicksRise", cell + " ticks " + log.tick() + " after " + before.tick);
            }
            Seen seen = new Seen(node, epoch, log.tick(), run.conductor().nowNanos(), reported, reportedGhosts);
            tracks.ticked(before, cell, seen);
            newest.put(cell, seen);
        }
    }

    /** By cell. */
    Map<CellId, Seen> newest() {
        return newest;
    }

    Tracks tracks() {
        return tracks;
    }

    long tickCount() {
        return tickCount;
    }

    /** Cells that began to live somewhere. */
    long openedCount() {
        return openedCount;
    }

    private final class Tap implements CellTap {
        private final SimNode node;
        private final CellId cell;
        private final long epoch;

        private Tap(SimNode node, CellId cell, long epoch) {
            this.node = node;
            this.cell = cell;
            this.epoch = epoch;
        }

        @Override
        public int hashTicks() {
            return 4;
        }

        @Override
        public void ticked(TickLog log) {
            Witness.this.ticked(node, cell, epoch, log);
        }

        @Override
        public boolean baseDue(long tick) {
            return false;
        }

        @Override
        public void base(RunningDraft draft) {
            draft.discard();
        }

        @Override
        public void interrupted() {
            // Nothing is replayed from here.
        }
    }
}
