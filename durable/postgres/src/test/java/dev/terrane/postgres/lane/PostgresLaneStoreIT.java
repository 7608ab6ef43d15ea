package dev.terrane.postgres.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.LaneContract;
import dev.terrane.command.LaneHold;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneRoutes;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.LaneStore;
import dev.terrane.command.Settlement;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.SharedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The lane's contract on a real Postgres, and what only several connections can show. */
class PostgresLaneStoreIT extends LaneContract {
    private static final long TTL_MILLIS = 60_000;

    private final PostgresLaneStore store = new PostgresLaneStore(SharedPostgres.ADMIN, 4, LANE_COUNT_MAX);
    private final String lane = "lane-" + UUID.randomUUID();

    @BeforeAll
    static void migrate() {
        PostgresStore.open(SharedPostgres.SERVER.address()).close();
    }

    @Override
    protected LaneStore store() {
        return store;
    }

    @Override
    protected String lane() {
        return lane;
    }

    /** Moves the lane's past instead of the clock. */
    @Override
    protected void letPass(long millis) {
        for (String column : List.of("lane_cursor.lease_until", "lane_answer.settled_at", "lane_segment.appended_at")) {
            String[] names = column.split("\\.");
            sql("UPDATE terrane.%s SET %s = %s - %d * interval '1 millisecond' WHERE lane = '%s'"
                    .formatted(names[0], names[1], names[1], millis, lane));
        }
    }

    private static void sql(String text) {
        SharedPostgres.ADMIN.run("prepare a test", handle -> handle.execute(text));
    }

    private long rows(String table) {
        return SharedPostgres.ADMIN.call(
                "count",
                handle -> handle.createQuery("SELECT count(*) FROM terrane." + table + " WHERE lane = :lane")
                        .bind("lane", lane)
                        .mapTo(Long.class)
                        .one());
    }

    private LanePartition partition() {
        return new LanePartition(lane, LanePartition.indexOf("ann", 4));
    }

    private static List<CommandEnvelope> commands(int from, int until) {
        return IntStream.range(from, until).mapToObj(i -> command("ann", i)).toList();
    }

    private static Settlement upTo(long number, long cursor) {
        return new Settlement(number, cursor, List.of(), List.of(), List.of(), List.of());
    }

    @Test
    void twoConsumersThatFightForAPartitionNeverBothSettle() throws Exception {
        store.append(lane, commands(0, 900));
        AtomicInteger refused = new AtomicInteger();
        Callable<Integer> consumer = () -> {
            int settled = 0;
            for (int round = 0; round < 40; round++) {
                // The same holder may always take it again: each takes it away from the other, as after a stall.
                LaneHold hold = store.acquire(partition(), "a", TTL_MILLIS).orElseThrow();
                long number = hold.settledNumber();
                long cursor = hold.cursor();
                for (int i = 1; i <= 5; i++) {
                    if (store.settle(hold.lease(), TTL_MILLIS, upTo(number + i, cursor + i))) {
                        settled++;
                    } else {
                        refused.incrementAndGet();
                        break;
                    }
                }
            }
            return settled;
        };
        int settled = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<Integer> one : threads.invokeAll(List.of(consumer, consumer))) {
                settled += one.get();
            }
        }
        LaneHold last = store.acquire(partition(), "a", TTL_MILLIS).orElseThrow();
        assertThat(last.settledNumber()).as("each settlement counted once").isEqualTo(settled);
        assertThat(last.cursor()).as("none moved the cursor for another").isEqualTo(settled);
        assertThat(refused.get()).as("some met the fence").isPositive();
    }

    @Test
    void concurrentAppendsLeaveNoGapAndKeepTheirOwnOrder() throws Exception {
        PostgresLaneStore wide = new PostgresLaneStore(SharedPostgres.ADMIN, 4, 100_000);
        Callable<Boolean> producer = () -> {
            for (int i = 0; i < 30; i++) {
                List<CommandEnvelope> some = new ArrayList<>();
                for (int n = 0; n < 8; n++) {
                    some.add(command("key-" + n, i));
                }
                wide.append(lane, some);
            }
            return true;
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (Future<Boolean> one : threads.invokeAll(List.of(producer, producer, producer))) {
                one.get();
            }
        }
        long all = 0;
        for (int index = 0; index < 4; index++) {
            long from = 0;
            for (LaneSegment segment : wide.read(new LanePartition(lane, index), 0, 10_000)) {
                assertThat(segment.firstOffset()).isEqualTo(from);
                from = segment.endOffset();
            }
            all += from;
        }
        assertThat(all).isEqualTo(3 * 30 * 8);
    }

    @Test
    void prunesWhatLiesBeforeTheCursor() {
        PostgresLaneStore wide = new PostgresLaneStore(SharedPostgres.ADMIN, 4, 100_000);
        wide.append(lane, commands(0, 1_300));
        wide.append(lane, commands(1_300, 1_310));
        assertThat(rows("lane_segment")).isEqualTo(4);
        LaneHold hold = wide.acquire(partition(), "a", TTL_MILLIS).orElseThrow();
        wide.settle(hold.lease(), TTL_MILLIS, upTo(1, 1_100));
        assertThat(rows("lane_segment")).isEqualTo(2);
        assertThat(wide.read(partition(), 1_100, 1_000))
                .extracting(LaneSegment::firstOffset)
                .containsExactly(1_100L, 1_300L);
        wide.settle(hold.lease(), TTL_MILLIS, upTo(2, 1_310));
        assertThat(rows("lane_segment")).isZero();
        assertThatThrownBy(() -> {
                    wide.append(lane, commands(0, 1));
                    wide.read(partition(), 1_200, 500);
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1200 to 1309 of " + partition() + " are missing");
    }

    @Test
    void appendsInsideTheTransactionOfAnother() {
        LaneAppends appends = new LaneAppends(new LaneRoutes(List.of(), 4));
        String key = UUID.randomUUID().toString(); // the lane of the cells is shared with other runs
        List<LaneSegment> kept = SharedPostgres.ADMIN.transaction(
                "append", connection -> appends.append(connection, List.of(command(key, 1), command(key, 2))));
        assertThat(kept).singleElement().satisfies(segment -> {
            assertThat(segment.partition().lane()).isEqualTo(LaneRoutes.CELLS);
            assertThat(store.read(segment.partition(), segment.firstOffset(), 2)
                            .getFirst()
                            .commands())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactly(command(key, 1), command(key, 2));
        });
        long next = kept.getFirst().endOffset();
        assertThatThrownBy(() -> SharedPostgres.ADMIN.transaction("append", connection -> {
                    appends.append(connection, List.of(command(key, 3)));
                    throw new IllegalStateException("the cause did not happen");
                }))
                .hasMessage("the cause did not happen");
        assertThat(store.read(kept.getFirst().partition(), next, 10)).isEmpty();
    }
}
