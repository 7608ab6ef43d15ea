package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Input;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a player finds after the server died or was stopped. The interest radius covers the whole sector, so one client sees every entity that has a
 * place; and there are no drones, so that the sector comes to rest and can be counted exactly.
 */
class CrashIT {
    private static final int ASTEROID = 2;
    /** 16 regions with 12 each. */
    private static final int ASTEROIDS = 192;

    private static final int PILOTS = 12;

    @TempDir
    Path folder;

    @Test
    void losesAndDoublesNobodyWhenKilledDuringPlay() throws IOException {
        Set<Long> asteroids;
        Set<Long> ships;
        int placeless;
        int tickBefore;
        // The server goes first: a client waits for its sockets to end.
        try (HttpClient http = HttpClient.newHttpClient();
                ServerProcess server = start()) {
            Player eye = Player.join(ClientOptions.guest(server.socket(), "pilot-0", http));
            eye.until("the sector is in view", () -> ids(eye, ASTEROID).size() == ASTEROIDS);
            placeless = (int) server.metric("cell_entities") - eye.inView.size();
            List<Player> pilots = new ArrayList<>(List.of(eye));
            for (int i = 1; i < PILOTS; i++) {
                pilots.add(Player.join(ClientOptions.guest(server.socket(), "pilot-" + i, http)));
            }
            for (int i = 0; i < PILOTS; i++) {
                double course = i * 2 * Math.PI / PILOTS;
                pilots.get(i).wish(new Input((float) Math.cos(course), (float) Math.sin(course), (float) course, 3, 0));
            }
            // Ships and bolts cross borders, and cells checkpoint at different ticks meanwhile.
            eye.until("hand-offs happened", () -> server.metric("cell_handoffs_in_total") > 10);
            double stored = server.metric("checkpoints_stored_total");
            eye.until("every cell stored again", () -> server.metric("checkpoints_stored_total") > stored + 16);
            ships = pilots.stream().map(pilot -> pilot.avatar).collect(Collectors.toSet());
            asteroids = ids(eye, ASTEROID);
            tickBefore = eye.lastTick;
            server.kill();
            pilots.forEach(Player::close);
        }

        try (ServerProcess server = start();
                Player eye = Player.join(server, "Eye")) {
            assertThat(eye.lastTick).as("at most a few seconds are lost").isGreaterThan(tickBefore - 20 * 10);
            // A doubled entity would be counted in two cells, but is seen once: one id.
            eye.until(
                    "every entity of every cell is in view, once",
                    () -> eye.inView.size() + placeless == (int) server.metric("cell_entities"));
            // Whoever is between two cells is counted in neither for a moment.
            eye.until("nobody is lost", () -> server.metric("cell_avatars") == PILOTS + 1);
            assertThat(eye.inView.keySet()).as("lingering ships").containsAll(ships);
            assertThat(ids(eye, ASTEROID)).isEqualTo(asteroids);
        }
    }

    @Test
    void storesTheWorldOnASignalAndEndsWithZeroInTime() throws IOException, InterruptedException {
        Set<Long> everything;
        long ship;
        int tickBefore;
        try (ServerProcess server = start();
                Player eye = Player.join(server, "Eye")) {
            eye.until("the sector is in view", () -> ids(eye, ASTEROID).size() == ASTEROIDS);
            everything = Set.copyOf(eye.inView.keySet());
            ship = eye.avatar;
            tickBefore = eye.lastTick;
            assertThat(server.interrupt(5)).as(server.output()).isZero();
        }

        try (ServerProcess server = start();
                Player eye = Player.join(server, "Eye again")) {
            assertThat(eye.firstTick).isGreaterThan(tickBefore);
            eye.until("the sector is in view", () -> eye.inView.size() > everything.size());
            Set<Long> expected = new HashSet<>(everything);
            expected.add(eye.avatar);
            assertThat(eye.inView.keySet())
                    .as("the same entities, and the newcomer")
                    .isEqualTo(expected)
                    .contains(ship);
        }
    }

    private ServerProcess start() throws IOException {
        Path config = Files.writeString(folder.resolve("quiet.yaml"), """
                aoi: { radius: 4000, cellSize: 128 }
                snapshot: { maxEntitiesPerSnapshot: 20000, maxBytesPerSnapshot: 524288 }
                checkpoint: { interval: 1 }
                world: { linger: 600 }
                modules:
                  - name: skirmish
                    entry: dev.terrane.games.skirmish.Skirmish
                    options: { dronesPerRegion: 0, asteroidsPerRegion: 12 }
                """);
        return ServerProcess.start(folder.resolve("data"), "--config", config.toString());
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
