package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnDatabaseIT {
    @TempDir
    Path folder;

    @Test
    void keepsTheWorldInADatabaseThatIsThereAlready() throws InterruptedException {
        try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("own"))) {
            DatabaseAddress address = postgres.address();
            String[] options = {
                "--database-url",
                address.jdbcUrl(),
                "--set",
                "database.user=" + address.user(),
                "--set",
                "database.password=" + address.password(),
                "--log",
                "json"
            };
            try (ServerProcess server = ServerProcess.start(folder.resolve("data"), options)) {
                assertThat(server.interrupt(10)).isZero();
                assertThat(server.output())
                        .as("logs are JSON and keep secrets")
                        .contains("\"formattedMessage\":\"ready: open")
                        .doesNotContain(address.password());
            }
            assertThat(Files.exists(folder.resolve("data/postgres")))
                    .as("no embedded server was started")
                    .isFalse();

            try (ServerProcess again = ServerProcess.start(folder.resolve("data"), options)) {
                assertThat(again.output()).contains("the world goes on from its checkpoints");
            }
        }
    }
}
