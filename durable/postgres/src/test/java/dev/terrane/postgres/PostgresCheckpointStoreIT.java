package dev.terrane.postgres;

import static dev.terrane.postgres.SharedPostgres.sql;
import static dev.terrane.postgres.Worlds.NODE;
import static dev.terrane.postgres.Worlds.OTHER_NODE;
import static dev.terrane.postgres.Worlds.cell;
import static dev.terrane.postgres.Worlds.checkpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.CheckpointCorruptException;
import dev.terrane.checkpoint.CheckpointStore;
import dev.terrane.checkpoint.StaleEpochException;
import dev.terrane.coordinator.GrantStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PostgresCheckpointStoreIT {
    private final CheckpointStore checkpoints = SharedPostgres.STORE.checkpoints();
    private final GrantStore grants = SharedPostgres.STORE.grants();
    private final WorldId world = Worlds.fresh();

    @Test
    void givesBackWhatWasSaved() {
        CellId cell = cell(world, -3, 7);
        long epoch = grants.grant(cell, NODE).epoch();
        Checkpoint saved = checkpoint(cell, epoch, 100);
        checkpoints.save(saved);
        Checkpoint loaded = checkpoints.latest(cell).orElseThrow();
        assertThat(loaded).usingRecursiveComparison().isEqualTo(saved);
    }

    @Test
    void keepsStatesOfAnySize() {
        CellId cell = cell(world, 0, 0);
        long epoch = grants.grant(cell, NODE).epoch();
        long tick = 0;
        for (int size : new int[] {0, 1, 16_383, 16_384, 3_000_000}) {
            byte[] state = Worlds.state(size, size);
            checkpoints.save(new Checkpoint(cell, epoch, ++tick, 1, 1, 1, state));
            assertThat(checkpoints.latest(cell).orElseThrow().state()).isEqualTo(state);
        }
    }

    @Test
    void anUnknownCellHasNone() {
        assertThat(checkpoints.latest(cell(world, 0, 0))).isEmpty();
        assertThat(checkpoints.latest(world)).isEmpty();
    }

    @Test
    void anOwnerThatWasReplacedCannotSave() {
        CellId cell = cell(world, 0, 0);
        long first = grants.grant(cell, NODE).epoch();
        checkpoints.save(checkpoint(cell, first, 1));
        long second = grants.grant(cell, OTHER_NODE).epoch();
        assertThatThrownBy(() -> checkpoints.save(checkpoint(cell, first, 2)))
                .isInstanceOf(StaleEpochException.class)
                .hasMessageContaining("epoch " + first)
                .hasMessageContaining("epoch " + second);
        assertThat(checkpoints.latest(cell).orElseThrow().tick()).isEqualTo(1);
        checkpoints.save(checkpoint(cell, second, 2));
        assertThat(checkpoints.latest(cell).orElseThrow().epoch()).isEqualTo(second);
    }

    @Test
    void nothingIsSavedForACellThatWasNeverGranted() {
        assertThatThrownBy(() -> checkpoints.save(checkpoint(cell(world, 0, 0), 1, 1)))
                .hasMessageContaining("never granted");
    }

    @Test
    void noSaveOfAnOlderOwnerLandsAfterTheGrantOfANewer() throws InterruptedException {
        CellId cell = cell(world, 0, 0);
        AtomicLong granted = new AtomicLong(grants.grant(cell, NODE).epoch());
        AtomicLong refused = new AtomicLong();
        // A writer that saves under whatever epoch it believes in, as fast as it can, while epochs rise under its feet.
        Thread writer = Thread.ofPlatform().start(() -> {
            for (long tick = 1; tick <= 300; tick++) {
                try {
                    checkpoints.save(checkpoint(cell, granted.get(), tick));
                } catch (StaleEpochException e) {
                    refused.incrementAndGet();
                }
            }
        });
        int staleFound = 0;
        while (writer.isAlive()) {
            long epoch = grants.grant(cell, OTHER_NODE).epoch();
            // From here on no older epoch may add a row: what is there now must be all there ever is of them.
            long before = newestTickUnder(cell, epoch);
            long after = newestTickUnder(cell, epoch);
            staleFound += before == after ? 0 : 1;
            granted.set(epoch);
        }
        writer.join();
        assertThat(staleFound).isZero();
        assertThat(refused.get()).as("some saves met the fence").isPositive();
    }

    @Test
    void theNewestEpochCountsBeforeTheNewestTick() {
        CellId cell = cell(world, 0, 0);
        long first = grants.grant(cell, NODE).epoch();
        checkpoints.save(checkpoint(cell, first, 500));
        long second = grants.grant(cell, NODE).epoch();
        checkpoints.save(checkpoint(cell, second, 400));
        assertThat(checkpoints.latest(cell).orElseThrow().tick()).isEqualTo(400);
    }

    @Test
    void aWorldIsRestoredCellByCellInOrder() {
        List<CellId> cells = List.of(cell(world, -1, 2), cell(world, 0, 0), cell(world, 0, 1), cell(world, 3, -4));
        for (CellId cell : cells.reversed()) {
            long epoch = grants.grant(cell, NODE).epoch();
            checkpoints.save(checkpoint(cell, epoch, 10));
            checkpoints.save(checkpoint(cell, epoch, 20));
        }
        List<Checkpoint> loaded = checkpoints.latest(world);
        assertThat(loaded).extracting(Checkpoint::cell).isEqualTo(cells);
        assertThat(loaded).extracting(Checkpoint::tick).containsOnly(20L);
    }

    @Test
    void onlyTheLastTwoAreKept() {
        CellId cell = cell(world, 0, 0);
        long epoch = grants.grant(cell, NODE).epoch();
        for (long tick = 1; tick <= 5; tick++) {
            checkpoints.save(checkpoint(cell, epoch, tick));
        }
        checkpoints.save(checkpoint(cell, epoch, 5));
        assertThat(sql("SELECT string_agg(tick::text, ',' ORDER BY tick) FROM terrane.checkpoint WHERE world = '"
                        + world + "'"))
                .isEqualTo("4,5");
    }

    @Test
    void damageInTheStoreIsRefusedWithAWayOut() {
        CellId cell = cell(world, 2, 1);
        long epoch = grants.grant(cell, NODE).epoch();
        checkpoints.save(checkpoint(cell, epoch, 8));
        checkpoints.save(checkpoint(cell, epoch, 9));
        for (String damage : List.of(
                "state = set_byte(state, 900, (get_byte(state, 900) + 1) % 256)",
                "state = substring(state for 700)",
                "state = ''",
                "image_bytes = 4999",
                "image_bytes = -1",
                "image_hash = image_hash + 1")) {
            String row = "FROM terrane.checkpoint WHERE tick = 9 AND world = '" + world + "'";
            sql("CREATE TABLE IF NOT EXISTS " + world + " AS SELECT * " + row + "; SELECT ''");
            sql("UPDATE terrane.checkpoint SET " + damage + " WHERE tick = 9 AND world = '" + world + "' RETURNING ''");
            assertThatThrownBy(() -> checkpoints.latest(cell))
                    .as(damage)
                    .isInstanceOf(CheckpointCorruptException.class)
                    .hasMessageContaining(cell + " at tick 9 is refused: ")
                    .hasMessageContaining("DELETE FROM terrane.checkpoint WHERE world = '" + world + "'");
            assertThatThrownBy(() -> checkpoints.latest(world)).isInstanceOf(CheckpointCorruptException.class);
            sql("DELETE " + row + " RETURNING ''");
            sql("INSERT INTO terrane.checkpoint SELECT * FROM " + world + " RETURNING ''");
        }
        sql("DROP TABLE " + world + "; SELECT ''");
        sql("DELETE FROM terrane.checkpoint WHERE tick = 9 AND world = '" + world + "' RETURNING ''");
        assertThat(checkpoints.latest(cell).orElseThrow().tick()).isEqualTo(8);
    }

    private long newestTickUnder(CellId cell, long epoch) {
        return Long.parseLong(sql("SELECT coalesce(max(tick), 0) FROM terrane.checkpoint WHERE world = '" + cell.world()
                + "' AND epoch < " + epoch));
    }
}
