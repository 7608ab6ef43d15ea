package dev.terrane.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The golden trips are written by the TypeScript client's {@code clock.golden.test.ts}, where the clock is also tried over simulated links. */
class ServerClockTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/clock.json");

    private final ServerClock clock = new ServerClock();

    @Test
    void showsAfterEachTripWhatTypeScriptShows() throws IOException {
        List<String> trips = Files.readAllLines(GOLDEN).stream()
                .filter(line -> line.startsWith("{"))
                .toList();
        assertThat(trips).hasSize(200);
        for (String trip : trips) {
            if (trip.contains("\"reset\":true")) {
                clock.reset();
            }
            clock.pong(number(trip, "sentAt"), number(trip, "serverTime"), number(trip, "receivedAt"));
            assertThat(clock.rttMillis()).as(trip).isEqualTo(number(trip, "rtt"));
            assertThat(clock.jitterMillis()).as(trip).isEqualTo(number(trip, "jitter"));
            assertThat(clock.offsetMillis()).as(trip).isEqualTo(number(trip, "offset"));
        }
    }

    @Test
    void takesTheFastestWayThereAndTheFastestWayBackOfWhateverTrips() {
        assertThat(clock.pong(1000, 5080, 1100)).isEqualTo(100); // 80 ms there, 20 back
        clock.pong(2000, 6020, 2100); // 20 ms there, 80 back
        assertThat(clock.offsetMillis()).isEqualTo(4000);
    }

    @Test
    void knowsNothingBeforeTheFirstAnswerOfAConnection() {
        assertThat(clock.offsetMillis()).isNaN();
        assertThat(clock.rttMillis()).isNaN();
        clock.pong(1000, 5050, 1100);
        clock.reset();
        assertThat(clock.offsetMillis()).isNaN();
        assertThat(clock.rttMillis()).isEqualTo(100);
    }

    @Test
    void asksQuicklyAtFirstThenTwiceASecondAndAnewAfterAReconnect() {
        assertThat(pingCount(0, 2_000)).isEqualTo(16);
        assertThat(pingCount(2_000, 12_000)).isEqualTo(20);
        clock.reset();
        assertThat(pingCount(12_000, 14_000)).isEqualTo(16);
    }

    private int pingCount(int fromMillis, int untilMillis) {
        int count = 0;
        for (int now = fromMillis; now < untilMillis; now += 25) {
            count += clock.pingDue(now) ? 1 : 0;
        }
        return count;
    }

    private static double number(String trip, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":([-0-9.e]+)").matcher(trip);
        assertThat(found.find()).as(trip).isTrue();
        return Double.parseDouble(found.group(1));
    }
}
