package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.ImageDraft;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.CheckpointStore;
import dev.terrane.checkpoint.SchemaStore;
import dev.terrane.checkpoint.StaleEpochException;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CheckpointerTest {
    private static final WorldId WORLD = new WorldId("test");

    private final Deque<Runnable> jobs = new ArrayDeque<>();
    private final Ticks store = new Ticks();
    private final List<Long> fenced = new ArrayList<>();
    private final List<Long> told = new ArrayList<>();
    private final CellPort cells = (cell, epoch, message) -> {
        told.add(((CellInput.CheckpointStored) message).tick());
        return Admission.ACCEPTED;
    };
    private final Checkpointer checkpointer = new Checkpointer(
            store, (_, _, waiter) -> waiter.durable(), (_, epoch) -> fenced.add(epoch), jobs::add, Meters.none());

    @Test
    void tellsTheCellWhatIsStored() {
        checkpointer.submit(image(0, 7), cells);
        work();
        assertThat(store.saved).containsExactly(7L);
        assertThat(told).containsExactly(7L);
    }

    @Test
    void keepsOnlyTheNewestOfEachCellWhileTheStoreIsSlow() {
        for (int tick = 1; tick <= 100; tick++) {
            checkpointer.submit(image(0, tick), cells);
            checkpointer.submit(image(1, 1_000 + tick), cells);
        }
        assertThat(jobs).hasSize(2);
        work();
        assertThat(store.saved).containsExactly(100L, 1_100L);
    }

    @Test
    void storesTheNextOneAfterTheStoreWasAway() {
        store.away = true;
        checkpointer.submit(image(0, 1), cells);
        work();
        store.away = false;
        checkpointer.submit(image(0, 2), cells);
        work();
        assertThat(told).containsExactly(2L);
    }

    @Test
    void goesOnAfterTheStoreRefusedOneInAWayNobodyForesaw() {
        store.broken = true;
        checkpointer.submit(image(0, 1), cells);
        work();
        store.broken = false;
        checkpointer.submit(image(0, 2), cells);
        work();
        assertThat(told).containsExactly(2L);
    }

    @Test
    void tellsThatACellWasGrantedToSomebodyElse() {
        store.grantedEpoch = 2;
        checkpointer.submit(image(0, 1), cells);
        work();
        assertThat(fenced).containsExactly(1L);
        assertThat(told).isEmpty();
    }

    @Test
    void goesOnAfterAnImageCouldNotBeMade() {
        List<ImageDraft> drafts = new ArrayList<>();
        Cell cell = CellSeatTest.open(0, _ -> {}, new Drafts(drafts));
        for (int tick = 0; tick < 2; tick++) {
            cell.requestImage();
            cell.tick(tick, 0);
        }
        drafts.getFirst().discard(); // it cannot be finished any more
        checkpointer.submit(drafts.getFirst(), cells);
        work();
        checkpointer.submit(drafts.getLast(), cells);
        work();
        assertThat(told).containsExactly(1L);
    }

    private void work() {
        while (!jobs.isEmpty()) {
            jobs.remove().run();
        }
    }

    @Test
    void storesNothingBeforeTheJournalHasWhatIsInIt() {
        Deque<Journalist.Waiter> undecided = new ArrayDeque<>();
        Checkpointer held = new Checkpointer(
                store, (_, _, waiter) -> undecided.add(waiter), (_, _) -> {}, jobs::add, Meters.none());
        held.submit(image(0, 1), cells);
        held.submit(image(0, 2), cells);
        work();
        assertThat(store.saved).isEmpty();
        undecided.remove().durable(); // Covers the first, which the second has replaced.
        work();
        assertThat(store.saved).isEmpty();
        undecided.remove().durable();
        work();
        assertThat(store.saved).containsExactly(2L);
    }

    private static ImageDraft image(int region, long tick) {
        return ImageDraft.of(
                new CellImage(new CellId(WORLD, new RegionId(region, 0), 0), 1, tick, 1, 2, 3, new byte[8]));
    }

    /** Keeps the drafts of a cell. */
    private record Drafts(List<ImageDraft> all) implements CellListener {
        @Override
        public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {}

        @Override
        public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {}

        @Override
        public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {}

        @Override
        public void loggedOut(CellId cell, CharacterId character, int generation) {}

        @Override
        public void image(ImageDraft draft, boolean last) {
            all.add(draft);
        }
    }

    /** Stands in for the store's port: remembers ticks, or fails. */
    private static final class Ticks implements CheckpointStore {
        private final List<Long> saved = new ArrayList<>();
        private boolean away;
        private boolean broken;
        private long grantedEpoch;

        @Override
        public void save(Checkpoint checkpoint) {
            if (away) {
                throw new StoreUnavailableException("away", new IllegalStateException("cut"));
            }
            if (broken) {
                throw new IllegalStateException("a bug");
            }
            if (checkpoint.epoch() < grantedEpoch) {
                throw new StaleEpochException(checkpoint.cell(), checkpoint.epoch(), grantedEpoch);
            }
            saved.add(checkpoint.tick());
        }

        @Override
        public Optional<Checkpoint> latest(CellId cell) {
            return Optional.empty();
        }

        @Override
        public SchemaStore schemas() {
            throw new AssertionError("nobody asks for schemas here");
        }

        @Override
        public SortedSet<CellId> cells(WorldId world) {
            return new TreeSet<>();
        }

        @Override
        public List<Checkpoint> latest(WorldId world) {
            return List.of();
        }
    }
}
