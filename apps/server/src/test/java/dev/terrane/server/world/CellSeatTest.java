package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellSeatTest {
    private static final long SEED = 7;
    private static final int MOVES = 3_000;
    private static final int SEATS = 4;

    private final Map<Integer, List<Long>> ticked = Map.of(
            0, Collections.synchronizedList(new ArrayList<>()),
            1, Collections.synchronizedList(new ArrayList<>()),
            2, Collections.synchronizedList(new ArrayList<>()),
            3, Collections.synchronizedList(new ArrayList<>()));

    /** 40 Hz, three workers, seats thrown from one to the other as fast as it goes: a cell ticked by two at once would throw. */
    @Test
    void losesAndDoublesNoTickHoweverOftenItMoves() throws InterruptedException {
        WorldClock clock = new WorldClock(Clock.system(), 0, 40);
        Seats seats = new Seats();
        List<CellSeat> failed = Collections.synchronizedList(new ArrayList<>());
        for (int region = 0; region < SEATS; region++) {
            CellSeat seat = new CellSeat(cell(region), Clock.system(), (dead, _, _) -> failed.add(dead));
            seat.seat(open(region));
            seats.add(seat);
        }
        List<WorkerLoop> workers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            workers.add(new WorkerLoop("seat-test-" + i, clock, seats, () -> false, () -> {}, Meters.none()));
        }
        seats.list().forEach(seat -> seat.moveTo(workers.getFirst()));
        workers.forEach(WorkerLoop::start);
        Rng rng = new Rng(SEED);
        for (int i = 0; i < MOVES; i++) {
            seats.list().get(rng.nextInt(SEATS)).moveTo(workers.get(rng.nextInt(3)));
            Thread.yield();
        }
        int reached = ticked.values().stream().mapToInt(List::size).max().orElse(0);
        assertThat(WorldRig.comesTrue(() -> ticked.values().stream().allMatch(ticks -> ticks.size() > reached + 10)))
                .as("every seat is ticked on")
                .isTrue();
        for (WorkerLoop worker : workers) {
            worker.stop(10_000);
        }
        assertThat(failed).isEmpty();
        ticked.forEach((region, ticks) -> {
            long first = ticks.getFirst();
            assertThat(ticks)
                    .as("ticks of region " + region)
                    .containsExactlyElementsOf(LongStream.range(first, first + ticks.size())
                            .boxed()
                            .toList());
        });
    }

    /** One of two cells takes long: what the first said must not wait for the second. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void letsGatewaysReadAfterEachRoundAndAmidstALongOne(int slow) throws InterruptedException {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        Seats seats = new Seats();
        for (int region = 0; region < 2; region++) {
            int number = region;
            CellSeat seat = new CellSeat(cell(region), Clock.system(), (_, _, _) -> said.add("failed"));
            seat.seat(open(region, context -> {
                said.add("cell " + number);
                if (number == slow) {
                    LockSupport.parkNanos(8_000_000);
                }
            }));
            seats.add(seat);
        }
        WorldClock clock = new WorldClock(Clock.system(), 0, 40);
        WorkerLoop worker =
                new WorkerLoop("round-test", clock, seats, () -> false, () -> said.add("read"), Meters.none());
        seats.list().forEach(seat -> seat.moveTo(worker));
        worker.start();
        assertThat(WorldRig.comesTrue(() -> said.size() > 80)).isTrue();
        worker.stop(10_000);
        int last = said.subList(0, said.size() - 4).lastIndexOf("cell 0");
        assertThat(said.subList(last, last + 4)).containsExactly("cell 0", "read", "cell 1", "read");
    }

    @Test
    void aRetiredWorkerLeavesTheRestOfWhatIsMissingToTheNext() {
        WorldClock clock = new WorldClock(Clock.system(), 0, 40);
        List<WorkerLoop> workers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            workers.add(new WorkerLoop("catch-up-test-" + i, clock, new Seats(), () -> false, () -> {}, Meters.none()));
        }
        List<Long> lived = new ArrayList<>();
        Cell cell = open(0, context -> {
            lived.add(context.tick());
            if (context.tick() == 3) {
                workers.getFirst().retire();
            }
        });
        CellSeat seat = new CellSeat(cell.id(), Clock.system(), (_, _, _) -> lived.add(-1L));
        seat.seat(cell);
        seat.moveTo(workers.getFirst());
        seat.tick(workers.getFirst(), 0, clock);
        seat.tick(workers.getFirst(), 10, clock);
        assertThat(lived).containsExactly(0L, 1L, 2L, 3L);
        seat.moveTo(workers.getLast());
        seat.tick(workers.getLast(), 10, clock);
        assertThat(lived).hasSize(11).endsWith(9L, 10L);
    }

    @Test
    void whatIsCondemnedStaysSo() {
        Cell cell = open(0);
        CellSeat seat = new CellSeat(cell.id(), Clock.system(), (_, _, _) -> {});
        seat.condemn(cell.epoch());
        seat.condemn(0);
        assertThat(seat.condemned(cell)).isTrue();
    }

    private Cell open(int region) {
        return open(region, this::tick);
    }

    private static Cell open(int region, Consumer<CellContext> onTick) {
        return open(region, onTick, CellListener.none());
    }

    static Cell open(int region, Consumer<CellContext> onTick, CellListener listener) {
        Hooked game = new Hooked(1, onTick);
        World world =
                new World(new WorldMap("test", new StripPartition(SEATS, 256, 512)), WorldSchema.of(List.of(game)), 3);
        CellPorts ports = new CellPorts(
                (to, epoch, message) -> Admission.ACCEPTED,
                (gateway, message) -> true,
                listener,
                Meters.none(),
                () -> 0);
        return Cell.open(
                new CellSpec(cell(region), 1, 1 + region, world, CellSettings.defaults()),
                List.of(new PluginModule(game, Map.of())),
                ports);
    }

    private void tick(CellContext cell) {
        ticked.getOrDefault(cell.cell().region().a(), List.of()).add(cell.tick());
    }

    private static CellId cell(int region) {
        return new CellId(new WorldId("test"), new RegionId(region, 0), 0);
    }
}
