package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.plugin.CellContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StalledWorkerTest {
    private static final int REGIONS = 3;
    private static final int STUCK = 1;

    private final Map<CellId, Long> ticks = new ConcurrentHashMap<>();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch way = new CountDownLatch(1);
    private volatile boolean blocking;
    private volatile boolean throwing;

    @Test
    void letsOtherCellsOfTheStuckWorkerGoOnAndTheCellItselfWhenItsThreadComesBack() throws InterruptedException {
        try (WorldRig rig = new WorldRig();
                HostedWorld world = rig.start(REGIONS, 3, WorldRig.workers(1), this::tick)) {
            blockOne(world);
            long before = others();
            assertThat(WorldRig.comesTrue(() -> others() > before + 20))
                    .as("others go on")
                    .isTrue();
            assertThat(world.ready()).isFalse();
            way.countDown();
            assertThat(WorldRig.comesTrue(world::ready)).as("ready again").isTrue();
            long returned = ticksOf(STUCK);
            assertThat(WorldRig.comesTrue(() -> ticksOf(STUCK) > returned + 5))
                    .as("it goes on")
                    .isTrue();
        }
    }

    @Test
    void restartsTheCellWhenItsThreadComesBackThrowing() throws InterruptedException {
        try (WorldRig rig = new WorldRig();
                HostedWorld world = rig.start(REGIONS, 3, WorldRig.workers(2), this::tick)) {
            blockOne(world);
            throwing = true;
            way.countDown();
            long returned = ticksOf(STUCK);
            assertThat(WorldRig.comesTrue(() -> world.ready() && ticksOf(STUCK) > returned + 5))
                    .as("restarted")
                    .isTrue();
        }
    }

    /** Returns when exactly one cell is known not to tick. */
    private void blockOne(HostedWorld world) throws InterruptedException {
        assertThat(WorldRig.comesTrue(() -> ticks.size() == REGIONS)).isTrue();
        blocking = true;
        assertThat(stuck.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(WorldRig.comesTrue(() -> !world.idleCells().isEmpty()))
                .as("seen")
                .isTrue();
        assertThat(world.idleCells())
                .singleElement()
                .satisfies(cell -> assertThat(cell.region().a()).isEqualTo(STUCK));
    }

    private void tick(CellContext cell) {
        if (cell.cell().region().a() == STUCK && blocking) {
            blocking = false;
            stuck.countDown();
            try {
                way.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (throwing) {
                throw new IllegalStateException("as it was told");
            }
        }
        ticks.merge(cell.cell(), 1L, Long::sum);
    }

    private long ticksOf(int region) {
        return ticks.entrySet().stream()
                .filter(entry -> entry.getKey().region().a() == region)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Of the least served of the other cells. */
    private long others() {
        return Math.min(ticksOf(0), ticksOf(2));
    }
}
