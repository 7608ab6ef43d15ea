package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.postgres.service.ServiceSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Nodes that start at once on an empty database. */
class SchemaTurnIT {
    private static final int NODE_COUNT = 6;
    private static final int ROUND_COUNT = 4;
    private static final Path LOG = Path.of("target", "it-data", "postgres", "server.log");

    @Test
    void makesSchemasWithoutErrorsWhenManyNodesStartAtOnce() throws Exception {
        SharedPostgres.sql("SELECT 1"); // it runs
        int before = Files.readAllLines(LOG).size();
        for (int round = 0; round < ROUND_COUNT; round++) {
            startAll("turn_" + System.nanoTime());
        }
        List<String> said = Files.readAllLines(LOG);
        assertThat(said.subList(before, said.size())).noneMatch(line -> line.contains("ERROR"));
    }

    private static void startAll(String database) throws Exception {
        SharedPostgres.sql("CREATE DATABASE " + database);
        DatabaseAddress shared = SharedPostgres.SERVER.address();
        DatabaseAddress address = new DatabaseAddress(
                shared.jdbcUrl().replaceFirst("/[^/?]+(\\?|$)", "/" + database + "$1"),
                shared.user(),
                shared.password());
        CyclicBarrier start = new CyclicBarrier(NODE_COUNT);
        try (ExecutorService nodes = Executors.newFixedThreadPool(NODE_COUNT)) {
            List<Future<?>> started = new ArrayList<>();
            for (int i = 0; i < NODE_COUNT; i++) {
                started.add(nodes.submit(() -> {
                    start.await();
                    PostgresStore.open(address).close();
                    new ServiceSchema("counter").open(address, 1).close();
                    return null;
                }));
            }
            for (Future<?> each : started) {
                each.get(2, TimeUnit.MINUTES);
            }
        }
        SharedPostgres.sql("DROP DATABASE " + database + " WITH (FORCE)");
    }
}
