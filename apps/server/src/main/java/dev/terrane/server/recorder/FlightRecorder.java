package dev.terrane.server.recorder;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTap;
import dev.terrane.cell.CellTaps;
import dev.terrane.cell.DeclaredIntents;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.IntentBodies;
import dev.terrane.recorder.RecordingHeader;
import dev.terrane.ring.FileRing;
import dev.terrane.server.config.RecorderConfig;
import dev.terrane.server.plugins.PluginSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what all cells of the process consume into their rings, by one thread. While a ring cannot be written (a full disk), its cell is not recorded;
 * it plays on, and is recorded again from its next base when there is room.
 */
public final class FlightRecorder implements CellTaps, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlightRecorder.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long END_MILLIS_MAX = 2_000;

    /** Makes the ring of a cell. */
    interface RingMaker {
        FileRing open(Path folder) throws IOException;
    }

    private final RecorderConfig config;
    private final Path folder;
    private final RingMaker rings;
    private final IntentBodies intents;
    private final List<RecordingHeader.Module> modules;
    private final RecordedCell.Health health;
    /** Cells that are written; a cell that starts again takes the place of its former self, once that is written to its end. */
    private final Map<CellId, RecordedCell> cells = new ConcurrentHashMap<>();

    private final Thread writer = new Thread(this::write, "flight-recorder");
    private volatile boolean closing;

    /** @param clock says when what went wrong is tried again */
    FlightRecorder(
            RecorderConfig config,
            Path folder,
            RingMaker rings,
            List<PluginSource> plugins,
            Clock clock,
            Meters meters) {
        this.config = config;
        this.folder = folder;
        this.rings = rings;
        this.intents = DeclaredIntents.of(
                plugins.stream().map(source -> source.fresh().get()).toList());
        this.modules = Recordings.modules(plugins);
        this.health = new RecordedCell.Health(new RecorderMeters(meters), new RecorderFaults(clock, meters));
    }

    /** Starts recording as it is configured; null when that is not wanted, or the game's intents cannot be written (it is in the log). */
    public static @Nullable FlightRecorder start(
            RecorderConfig config, Path dataDir, List<PluginSource> plugins, Meters meters) {
        if (!config.enabled()) {
            return null;
        }
        long bytesMax = config.mebibytesPerCell() * 1024L * 1024;
        try {
            FlightRecorder recorder = new FlightRecorder(
                    config,
                    folder(config, dataDir),
                    of -> FileRing.open(of, bytesMax),
                    plugins,
                    Clock.system(),
                    meters);
            recorder.begin();
            return recorder;
        } catch (IllegalArgumentException e) {
            LOG.atWarn().log("nothing is recorded for replays: {}", e.getMessage());
            return null;
        }
    }

    /** Where rings are kept. */
    public static Path folder(RecorderConfig config, Path dataDir) {
        return config.dir().isEmpty() ? dataDir.resolve("recorder") : Path.of(config.dir());
    }

    /** The ring of one cell. */
    public static Path folderOf(Path folder, CellId cell) {
        return folder.resolve(cell.world().name()).resolve(cell.region() + "#" + cell.layer());
    }

    void begin() {
        writer.setDaemon(true);
        writer.start();
    }

    @Override
    public @Nullable CellTap open(CellSpec spec) {
        if (closing) {
            return null;
        }
        RecordedCell cell = new RecordedCell(
                RecordingHeader.of(spec, modules, config.hashTicks()),
                new CellInputCodec(spec.cell().world(), intents),
                config.baseTicks(),
                () -> rings.open(folderOf(folder, spec.cell())),
                health);
        cells.merge(spec.cell(), cell, (former, next) -> next.after(former));
        return cell.tap();
    }

    private void write() {
        while (!closing) {
            writeAll();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        writeAll();
        cells.values().forEach(RecordedCell::close);
    }

    /** What was handed over so far. The recorder's thread, or a test in its place. */
    void writeAll() {
        cells.values().forEach(RecordedCell::write);
    }

    /** Writes what was handed over, and ends. After the cells have ended. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        LockSupport.unpark(writer);
        writer.join(END_MILLIS_MAX);
    }
}
