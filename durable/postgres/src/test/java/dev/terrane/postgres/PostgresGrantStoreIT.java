package dev.terrane.postgres;

import static dev.terrane.postgres.Worlds.NODE;
import static dev.terrane.postgres.Worlds.OTHER_NODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.FenceStore;
import dev.terrane.coordinator.GrantStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PostgresGrantStoreIT {
    private final GrantStore grants = SharedPostgres.STORE.grants();
    private final CellId cell = Worlds.cell(Worlds.fresh(), 1, -1);

    @Test
    void everyGrantRaisesTheEpochAndTakesAFreshIncarnation() {
        CellGrant first = grants.grant(cell, NODE);
        CellGrant second = grants.grant(cell, OTHER_NODE);
        CellGrant third = grants.grant(cell, OTHER_NODE);
        assertThat(List.of(first, second, third)).extracting(CellGrant::epoch).containsExactly(1L, 2L, 3L);
        assertThat(List.of(first, second, third))
                .extracting(CellGrant::incarnation)
                .doesNotHaveDuplicates();
        assertThat(second.owner()).isEqualTo(OTHER_NODE);
        assertThat(first.incarnation()).isPositive();
    }

    @Test
    void otherCellsAreNotTouched() {
        grants.grant(cell, NODE);
        grants.grant(cell, NODE);
        assertThat(grants.grant(Worlds.cell(cell.world(), 9, 9), NODE).epoch()).isEqualTo(1);
    }

    @Test
    void concurrentGrantsNeverAgree() throws InterruptedException, ExecutionException {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Callable<CellGrant> grant = () -> grants.grant(cell, NODE);
            List<CellGrant> given = new ArrayList<>();
            for (Future<CellGrant> result : threads.invokeAll(Collections.nCopies(40, grant))) {
                given.add(result.get());
            }
            assertThat(given).extracting(CellGrant::epoch).doesNotHaveDuplicates();
            assertThat(given).extracting(CellGrant::incarnation).doesNotHaveDuplicates();
        }
    }

    @Test
    void aGrantOfTheLogFencesLowerOnesAndIsGoneOnAbove() {
        FenceStore fences = SharedPostgres.STORE.fences();
        CellGrant first = grants.grant(cell, NODE);
        CellGrant ofLog = new CellGrant(cell, OTHER_NODE, 7, first.incarnation() + 500);
        fences.raise(List.of(ofLog));
        fences.raise(List.of(new CellGrant(cell, NODE, 6, first.incarnation() + 400))); // late
        assertThat(fences.all(cell.world())).containsExactly(ofLog);
        CellGrant next = grants.grant(cell, NODE);
        assertThat(next.epoch()).isEqualTo(8);
        assertThat(next.incarnation()).isGreaterThan(ofLog.incarnation());
    }
}
