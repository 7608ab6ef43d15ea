package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressRatesTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void refillsOverTimeUpToTheBurst() {
        AddressRates rates = new AddressRates(2, 3);
        for (int request = 0; request < 3; request++) {
            assertThat(rates.take("a", 0)).isZero();
        }
        assertThat(rates.take("a", 0)).isEqualTo(1);
        assertThat(rates.take("a", SECOND / 2)).isZero();
        assertThat(rates.take("a", SECOND / 2)).isEqualTo(1);
        for (int request = 0; request < 3; request++) {
            assertThat(rates.take("a", 100 * SECOND)).isZero();
        }
        assertThat(rates.take("a", 100 * SECOND)).isEqualTo(1);
    }

    @Test
    void tellsHowLongToWait() {
        AddressRates rates = new AddressRates(0.1, 1);
        assertThat(rates.take("a", 0)).isZero();
        assertThat(rates.take("a", 0)).isEqualTo(10);
        assertThat(rates.take("a", 4 * SECOND)).isEqualTo(6);
    }

    @Test
    void countsEachAddressForItself() {
        AddressRates rates = new AddressRates(1, 1);
        assertThat(rates.take("a", 0)).isZero();
        assertThat(rates.take("b", 0)).isZero();
        assertThat(rates.take("a", 0)).isPositive();
    }

    @Test
    void forgetsTheLeastRecentOfTooManyAddresses() {
        AddressRates rates = new AddressRates(1, 1);
        assertThat(rates.take("first", 0)).isZero();
        for (int other = 0; other < AddressRates.ADDRESS_COUNT_MAX; other++) {
            rates.take("other" + other, 0);
        }
        assertThat(rates.take("first", 0)).as("forgotten").isZero();
        assertThat(rates.take("other" + (AddressRates.ADDRESS_COUNT_MAX - 1), 0))
                .as("remembered")
                .isPositive();
    }
}
