package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.TickFacts;
import dev.terrane.command.CommandResult;
import dev.terrane.json.JsonPayloads;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalistTest {
    private static final CellId LEFT = new CellId(new WorldId("test"), RegionId.ORIGIN, 0);
    private static final CellId RIGHT = new CellId(new WorldId("test"), new RegionId(1, 0), 0);

    private final MemoryJournal store = new MemoryJournal();
    private final ScheduledExecutorService jobs = new ScheduledThreadPoolExecutor(1);
    /** How often the left cell's inbox is still full. */
    private final AtomicInteger full = new AtomicInteger();

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CellPort cells = (cell, epoch, message) -> {
        if (cell.equals(LEFT) && full.getAndDecrement() > 0) {
            return Admission.FULL;
        }
        told.add(cell.region() + " " + ((CellInput.FactsStored) message).tick());
        return Admission.ACCEPTED;
    };
    private final Journalist journalist = new Journalist(
            new WorldSetup.Journal(store, new JsonPayloads(), (_, _) -> {}),
            cells,
            new Spread(),
            new WorldSetup.Runtime(Clock.system(), Meters.none(), jobs));

    @AfterEach
    void stop() {
        journalist.stop();
        jobs.shutdownNow();
    }

    private static TickFacts facts(CellId cell, long tick) {
        return new TickFacts(cell, 1, tick, 0, new byte[0], List.of(), List.of(), List.of());
    }

    private void start() {
        journalist.start(new Journalist.Hearer() {
            @Override
            public void settled(CellCommand command, CommandResult result) {}

            @Override
            public void voided(CellCommand command) {}

            @Override
            public void broken(CellCommand command, String why) {}

            @Override
            public void fenced(CellId cell, long epoch) {}
        });
    }

    @Test
    void tellsACellWhoseInboxWasFullLaterAlthoughNothingElseHappens() {
        full.set(5);
        journalist.submit(facts(LEFT, 7));
        start();
        assertThat(WorldRig.comesTrue(() -> told.equals(List.of(LEFT.region() + " 7"))))
                .isTrue();
        assertThat(full.get()).isEqualTo(-1);
    }

    @Test
    void isNotCompleteWhenSomebodyTellsOfATickAfterItsEnd() {
        start();
        journalist.submit(facts(LEFT, 7));
        assertThat(journalist.stop()).isTrue();
        assertThat(journalist.complete()).isTrue();
        journalist.submit(facts(LEFT, 8));
        assertThat(journalist.complete()).isFalse();
    }

    @Test
    void holdsUpNobodyElseForACellWhoseInboxIsFull() {
        full.set(Integer.MAX_VALUE);
        start();
        journalist.submit(facts(LEFT, 7));
        for (int tick = 1; tick <= 3; tick++) {
            journalist.submit(facts(RIGHT, tick));
        }
        assertThat(WorldRig.comesTrue(() -> told.size() == 3)).isTrue();
        assertThat(told).allMatch(each -> each.startsWith(RIGHT.region().toString()));
        journalist.submit(facts(LEFT, 8));
        assertThat(WorldRig.comesTrue(() -> store.tail(LEFT).size() == 2)).isTrue();
        full.set(0);
        assertThat(WorldRig.comesTrue(() -> told.size() == 4)).isTrue();
        assertThat(told.getLast()).as("the latest covers the one before").isEqualTo(LEFT.region() + " 8");
    }
}
