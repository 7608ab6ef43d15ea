package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Input;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a player finds after the server died or was stopped. The interest radius covers the whole sector, so one client sees everything there is. */
class CrashIT {
    private static final int ASTEROID = 2;
    private static final String[] SEE_ALL = {
        "--set", "aoi.radius=4000", "--set", "aoi.cellSize=128", "--set", "snapshot.maxEntitiesPerSnapshot=20000",
        "--set", "snapshot.maxBytesPerSnapshot=524288", "--set", "checkpoint.interval=1", "--set", "world.linger=600"
    };
    private static final int PILOTS = 12;

    @TempDir
    Path data;

    @Test
    void losesAndDoublesNobodyWhenKilledDuringPlay() {
        Set<Long> asteroids;
        Set<Long> ships;
        int tickBefore;
        try (ServerProcess server = ServerProcess.start(data, SEE_ALL);
                HttpClient http = HttpClient.newHttpClient()) {
            List<Player> pilots = new ArrayList<>();
            for (int i = 0; i < PILOTS; i++) {
                Player pilot = Player.join(ClientOptions.guest(server.socket(), "pilot-" + i, http));
                double course = i * 2 * Math.PI / PILOTS;
                pilot.wish(new Input((float) Math.cos(course), (float) Math.sin(course), (float) course, 3, 0));
                pilots.add(pilot);
            }
            Player eye = pilots.getFirst();
            // Everybody is in the store, and some have crossed a border since: cells checkpoint at different ticks.
            eye.until("hand-offs happened", () -> server.metric("cell_handoffs_in_total") > 20);
            double stored = server.metric("checkpoints_stored_total");
            eye.until("every cell stored twice more", () -> server.metric("checkpoints_stored_total") > stored + 32);
            ships = pilots.stream().map(pilot -> pilot.avatar).collect(Collectors.toSet());
            asteroids = ids(eye, ASTEROID);
            tickBefore = eye.lastTick;
            server.kill();
            pilots.forEach(Player::close);
        }

        try (ServerProcess server = ServerProcess.start(data, SEE_ALL);
                Player eye = Player.join(server, "Eye")) {
            assertThat(eye.lastTick).as("at most a few seconds are lost").isGreaterThan(tickBefore - 20 * 10);
            eye.until(
                    "everything of every cell is in view",
                    () -> eye.inView.size() == (int) server.metric("cell_entities"));
            assertThat(eye.inView.keySet()).as("lingering ships").containsAll(ships);
            assertThat(ids(eye, ASTEROID)).isEqualTo(asteroids);
        }
    }

    @Test
    void storesTheWorldOnASignalAndEndsWithZeroInTime() throws InterruptedException {
        Set<Long> asteroids;
        int tickBefore;
        try (ServerProcess server = ServerProcess.start(data, SEE_ALL);
                Player eye = Player.join(server, "Eye")) {
            eye.until("everything is in view", () -> eye.inView.size() == (int) server.metric("cell_entities"));
            asteroids = ids(eye, ASTEROID);
            tickBefore = eye.lastTick;
            assertThat(server.interrupt(5)).as(server.output()).isZero();
            assertThat(eye.lastTick).isGreaterThanOrEqualTo(tickBefore);
        }

        try (ServerProcess server = ServerProcess.start(data, SEE_ALL);
                Player eye = Player.join(server, "Eye again")) {
            assertThat(eye.firstTick).isGreaterThan(tickBefore);
            eye.until("everything is in view", () -> eye.inView.size() == (int) server.metric("cell_entities"));
            assertThat(ids(eye, ASTEROID)).isEqualTo(asteroids);
        }
    }

    private static Set<Long> ids(Player eye, int kind) {
        Set<Long> found = new HashSet<>();
        for (Map.Entry<Long, Player.Seen> entry : eye.inView.entrySet()) {
            if (entry.getValue().kind() == kind) {
                found.add(entry.getKey());
            }
        }
        return found;
    }
}
