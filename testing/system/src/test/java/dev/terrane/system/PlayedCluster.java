package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.sdk.ClientOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A cluster of three coordinators, two sims and some gateways in a world of four strips, and the travellers who play in it. One thread. */
final class PlayedCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PLAYS_AFTER_SNAPSHOTS = 20;

    final ClusterProcess nodes;
    final List<Traveller> travellers = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    /** Ships of travellers who left linger: names are not used twice. */
    private int pilots;

    private PlayedCluster(ClusterProcess nodes) {
        this.nodes = nodes;
    }

    /** Starts it, without any player, and with everything in this folder. @param options further ones of {@code cluster up} */
    static PlayedCluster start(Path folder, int gateways, String... options) {
        Path config;
        try {
            config = Files.writeString(folder.resolve("quiet.yaml"), """
                    world: { partition: "%s", linger: 120 }
                    aoi: { radius: 300 }
                    checkpoint: { interval: 1 }
                    modules:
                      - name: skirmish
                        entry: dev.terrane.games.skirmish.Skirmish
                        options: { dronesPerRegion: 0, asteroidsPerRegion: 2 }
                    """.formatted(Traveller.WORLD));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> words = new ArrayList<>(List.of("--coordinators", "3", "--sims", "2", "--services", "0"));
        words.addAll(List.of("--gateways", Integer.toString(gateways), "--config", config.toString()));
        words.addAll(List.of(options));
        return new PlayedCluster(ClusterProcess.start(folder.resolve("cluster"), words.toArray(String[]::new)));
    }

    /** Lets so many guests join at the first gateway, and waits until they play. */
    void join(int count) {
        for (int i = 0; i < count; i++) {
            travellers.add(traveller("g1", "pilot-" + (++pilots), nodes.guestToken("g1")));
        }
        until("all play", () -> travellers.stream().allMatch(traveller -> traveller.snapshots > PLAYS_AFTER_SNAPSHOTS));
        travellers.forEach(Traveller::forgetSilence);
    }

    /** One of whom we only know what the caller keeps. */
    Traveller traveller(String gateway, String name, String token) {
        return new Traveller(
                ClientOptions.guest(nodes.socket(gateway), name, http).withToken(token));
    }

    /** All of them go. */
    void leave() {
        travellers.forEach(Traveller::close);
        travellers.clear();
    }

    /** Waits until each of them has got so many snapshots more. */
    void playOn(int snapshots) {
        List<Integer> before = travellers.stream().map(one -> one.snapshots).toList();
        until("all play on", () -> {
            for (int i = 0; i < before.size(); i++) {
                if (travellers.get(i).snapshots < before.get(i) + snapshots) {
                    return false;
                }
            }
            return true;
        });
    }

    /** From here on whoever is killed loses nothing. */
    void untilCopied() {
        until("every cell has a whole copy", nodes::allCopied);
    }

    /** Nobody has been told anything wrong, nor moved as no ship can. */
    void assertNothingWrong() {
        assertThat(travellers).isNotEmpty().allSatisfy(one -> {
            assertThat(one.wrongs).isEmpty();
            assertThat(one.jumpMetresMax).as("set back or ahead").isLessThanOrEqualTo(0);
            assertThat(one.metresFlown).as("flown").isPositive();
        });
    }

    /** Nobody has lost his socket. */
    void assertNobodyDisconnected() {
        assertThat(travellers)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.losses).isZero());
    }

    void until(String what, BooleanSupplier condition) {
        try {
            Awaitility.await(what)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + " did not come:\n" + nodes.cells() + "\n" + nodes.output(), e);
        }
    }

    @Override
    public void close() {
        leave();
        nodes.close();
        http.shutdownNow();
    }
}
