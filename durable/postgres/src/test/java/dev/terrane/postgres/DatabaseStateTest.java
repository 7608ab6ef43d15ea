package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an error of the database means to a caller, by its state. */
class DatabaseStateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "25006", "25P03", "28000", "28P01", "3D000", "40001", "40P01", "53300", "53100", "55P03",
                "57014", "57P01", "57P03", "58030", ""
            })
    void waitsForWhatPassesOrIsCured(String state) {
        assertThat(Database.isAway(state)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0A000", "22001", "22021", "23505", "23514", "3F000", "42501", "42P01", "42601", "P0001", "XX000"
            })
    void refusesWhatIsWrongInItself(String state) {
        assertThat(Database.isAway(state)).isFalse();
    }

    @Test
    void waitsWhenNothingIsSaid() {
        assertThat(Database.isAway(null)).isTrue();
    }
}
