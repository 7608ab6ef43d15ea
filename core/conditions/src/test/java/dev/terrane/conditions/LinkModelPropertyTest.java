package dev.terrane.conditions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds on every link, tried on random ones with random traffic. */
class LinkModelPropertyTest {
    private static final long MILLI = 1_000_000;
    private static final int MESSAGE_COUNT = 1_000;

    static List<Seeded> links() {
        Rng seeds = new Rng(20_261_123);
        return IntStream.range(0, 60)
                .mapToObj(i -> seeds.nextLong())
                .map(Seeded::new)
                .toList();
    }

    /** A link and its traffic, which its seed repeats; JUnit prints it with a failure. */
    record Seeded(long seed, LinkConditions conditions, long startNanos) {
        Seeded(long seed) {
            this(seed, random(new Rng(seed)), Rng.mix(seed));
        }

        LinkModel model() {
            return new LinkModel(conditions, seed & 7, startNanos);
        }

        Rng traffic() {
            return new Rng(Rng.mix(~seed));
        }
    }

    private static LinkConditions random(Rng rng) {
        int stalls = rng.nextInt(3) == 0 ? 0 : 1 + rng.nextInt(60);
        return new LinkConditions(
                rng.nextInt(2_001),
                rng.nextInt(3) == 0 ? 0 : rng.nextInt(1_001),
                stalls == 0 ? 0 : 1 + rng.nextInt(500),
                stalls,
                rng.nextInt(2) == 0 ? 0 : 8 + rng.nextInt(5_000),
                rng.nextLong());
    }

    @ParameterizedTest
    @MethodSource("links")
    void deliversInOrderNeverEarlyAndNeverMoreThanTheWireCarries(Seeded link) {
        LinkConditions conditions = link.conditions();
        LinkModel model = link.model();
        Rng traffic = link.traffic();
        long sent = link.startNanos();
        long last = sent;
        long bits = 0;
        for (int i = 0; i < MESSAGE_COUNT; i++) {
            sent += traffic.nextInt(3) == 0 ? 0 : traffic.nextInt((int) (100 * MILLI));
            int bytes = traffic.nextInt(2_000);
            bits += bytes * 8L;
            long arrives = model.arrivalNanos(sent, bytes);
            long took = arrives - sent;
            assertThat(arrives - last)
                    .as("message %d comes after the one before", i)
                    .isNotNegative();
            long onTheWire = conditions.kbitPerSecond() == 0 ? 0 : bytes * 8 * MILLI / conditions.kbitPerSecond();
            assertThat(took).as("message %d", i).isGreaterThanOrEqualTo(conditions.rttMillis() * MILLI / 2 + onTheWire);
            if (conditions.kbitPerSecond() == 0 && conditions.stallsPerMinute() == 0) {
                assertThat(took)
                        .as("message %d", i)
                        .isLessThanOrEqualTo(conditions.rttMillis() * MILLI / 2 + conditions.jitterMillis() * MILLI);
            } else if (conditions.kbitPerSecond() > 0) {
                // Rounded down at each message, so up to a nanosecond less each.
                assertThat(arrives - link.startNanos())
                        .as("after message %d", i)
                        .isGreaterThanOrEqualTo(bits * MILLI / conditions.kbitPerSecond() - i - 1);
            }
            last = arrives;
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void isTheSameLinkWithTheSameSeed(Seeded link) {
        LinkModel one = link.model();
        LinkModel other = link.model();
        Rng traffic = link.traffic();
        long sent = link.startNanos();
        for (int i = 0; i < MESSAGE_COUNT; i++) {
            sent += traffic.nextInt((int) (100 * MILLI));
            int bytes = traffic.nextInt(2_000);
            assertThat(one.arrivalNanos(sent, bytes)).isEqualTo(other.arrivalNanos(sent, bytes));
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void isReadAsItWasPrinted(Seeded link) {
        assertThat(LinkConditions.parse(link.conditions().toString())).isEqualTo(link.conditions());
    }
}
