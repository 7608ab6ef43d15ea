package dev.terrane.server.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.recorder.Recording;
import dev.terrane.recorder.Replay;
import dev.terrane.ring.FileRing;
import dev.terrane.server.config.RecorderConfig;
import dev.terrane.server.plugins.PluginSource;
import dev.terrane.server.world.CountedMeters;
import dev.terrane.space.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecorderTest {
    private static final RecorderConfig CONFIG = new RecorderConfig(true, "", 1, 50, 20);
    private static final CellId CELL = new CellId(new WorldId("skirmish"), RegionId.ORIGIN, 0);
    private static final List<PluginSource> GAME =
            List.of(new PluginSource("skirmish", Skirmish::new, Map.of("dronesPerRegion", "30")));

    @TempDir
    private Path folder;

    private final CountedMeters counts = new CountedMeters();
    private final AtomicLong nanos = new AtomicLong(1);
    private final Clock clock = new Clock() {
        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public long epochMillis() {
            return nanos.get() / 1_000_000;
        }
    };

    private Cell cell(FlightRecorder recorder, long epoch, int incarnation) {
        World world = new World(
                new WorldMap("skirmish", Partition.parse("single;width=512;depth=512")),
                WorldSchema.of(List.of(new Skirmish())),
                5);
        CellPorts ports = new CellPorts(
                (to, at, message) -> Admission.UNKNOWN,
                (gateway, message) -> true,
                CellListener.none(),
                Meters.none(),
                () -> 0,
                recorder);
        return Cell.open(
                new CellSpec(CELL, epoch, incarnation, world, CellSettings.defaults()),
                List.of(new PluginModule(new Skirmish(), GAME.getFirst().options())),
                ports);
    }

    private static void play(Cell cell, FlightRecorder recorder, int fromTick, int untilTick) {
        for (int tick = fromTick; tick < untilTick; tick++) {
            cell.tick(tick, tick * 50L);
            if (tick % 50 == 0) {
                recorder.writeAll(); // as its thread does, but when the test says so
            }
        }
    }

    private FlightRecorder recorder(FlightRecorder.RingMaker rings) {
        return new FlightRecorder(CONFIG, folder, rings, GAME, clock, counts);
    }

    private static Replay.Result replay(Recording.Stretch stretch) {
        return new Replay(stretch, Recordings.game(stretch.header(), List.of()), tick -> {})
                .run(stretch.firstTick(), stretch.lastTick());
    }

    @Test
    void keepsWithinItsBytesWhatCanBeReplayed() throws Exception {
        FlightRecorder recorder = recorder(of -> FileRing.open(of, 64 * 1024));
        play(cell(recorder, 1, 1), recorder, 1, 2000);
        recorder.writeAll();
        assertThat(Recordings.cells(folder)).containsExactly(CELL);
        Recording recording = Recordings.ofCell(folder, CELL);
        Recording.Stretch stretch = recording.stretches().getLast();
        assertThat(stretch.bytes()).isBetween(10_000L, 64 * 1024L);
        assertThat(stretch.firstTick()).as("the oldest made room").isGreaterThan(100);
        assertThat(stretch.lastTick()).isEqualTo(1999);
        assertThat(replay(stretch).divergence()).isNull();
    }

    @Test
    void readsPastFilesThatAreGoneOrOfAnotherBuild() throws Exception {
        FlightRecorder recorder = recorder(of -> FileRing.open(of, 1 << 20));
        play(cell(recorder, 1, 1), recorder, 1, 200);
        recorder.writeAll();
        Path ring = FlightRecorder.folderOf(folder, CELL);
        Files.write(ring.resolve("0000000008.rec"), new byte[100]);
        Files.createSymbolicLink(ring.resolve("0000000009.rec"), ring.resolve("gone"));
        Recording recording = Recordings.ofCell(folder, CELL);
        assertThat(recording.unreadableCount()).isEqualTo(1);
        assertThat(recording.stretches().getLast().lastTick()).isGreaterThan(100);
    }

    @Test
    void anErrorEndsTheRecordingOfOneCellAlone() {
        FlightRecorder recorder = recorder(_ -> {
            throw new AssertionError("a bug");
        });
        play(cell(recorder, 1, 1), recorder, 1, 200);
        assertThat(counts.of("recorder_stopped_cells")).isEqualTo(1);
    }

    @Test
    void beginsAnotherStretchWhenACellStartsAgain() throws Exception {
        FlightRecorder recorder = recorder(of -> FileRing.open(of, 1 << 20));
        play(cell(recorder, 1, 1), recorder, 1, 120);
        play(cell(recorder, 2, 2), recorder, 120, 240);
        recorder.writeAll();
        Recording recording = Recordings.ofCell(folder, CELL);
        assertThat(recording.stretches())
                .extracting(each -> each.header().epoch())
                .containsExactly(1L, 2L);
        assertThat(recording.stretches()).allMatch(each -> replay(each).same());
        assertThat(recording.stretches().getFirst().lastTick()).isEqualTo(119);
    }

    @Test
    void pausesWhileTheDiskIsFullAndTheCellPlaysOn() throws Exception {
        AtomicBoolean full = new AtomicBoolean(true);
        FlightRecorder recorder = recorder(of -> {
            if (full.get()) {
                throw new IOException("No space left on device");
            }
            return FileRing.open(of, 1 << 20);
        });
        Cell cell = cell(recorder, 1, 1);
        play(cell, recorder, 1, 300);
        assertThat(counts.of("recorder_stopped_cells")).isEqualTo(1);
        assertThat(counts.gauge("recorder_paused_cells")).isEqualTo(1);
        assertThat(cell.phase()).isEqualTo(Cell.Phase.RUNNING);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(RecorderFaults.PAUSE_SECONDS));
        play(cell, recorder, 300, 400);
        assertThat(counts.of("recorder_stopped_cells")).as("tried once more").isEqualTo(2);

        full.set(false);
        play(cell, recorder, 400, 500);
        assertThat(Recordings.cells(folder)).as("not before its time").isEmpty();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(RecorderFaults.PAUSE_SECONDS));
        play(cell, recorder, 500, 700);
        recorder.writeAll();
        assertThat(counts.gauge("recorder_paused_cells")).isZero();
        Recording.Stretch stretch = Recordings.ofCell(folder, CELL).stretches().getLast();
        assertThat(stretch.firstTick()).isBetween(500L, 560L);
        assertThat(stretch.lastTick()).isEqualTo(699);
        assertThat(replay(stretch).same()).isTrue();
    }

    @Test
    void countsWhatFindsNoRoomAndGoesOnFromTheNextBase() throws Exception {
        FlightRecorder recorder = recorder(of -> FileRing.open(of, 1 << 20));
        Cell cell = cell(recorder, 1, 1);
        for (int tick = 1; tick < 600; tick++) {
            cell.tick(tick, tick * 50L); // nobody writes
        }
        recorder.writeAll();
        play(cell, recorder, 600, 800);
        recorder.writeAll();
        assertThat(counts.of("recorder_lost")).isPositive();
        Recording recording = Recordings.ofCell(folder, CELL);
        assertThat(recording.stretches())
                .hasSize(2)
                .allMatch(each -> replay(each).same());
    }

    @Test
    void readsTheNamesOfCells() {
        assertThat(Recordings.cell("skirmish/0,0#0")).isEqualTo(CELL);
        assertThatThrownBy(() -> Recordings.cell("skirmish/0#0")).hasMessageContaining("names no cell");
    }
}
