package dev.terrane.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseAddressTest {
    @ParameterizedTest
    @CsvSource({
        "postgresql://ada:s%2Fcret@db:5433/world, jdbc:postgresql://db:5433/world, ada, s/cret",
        "postgres://ada:a+b@db/world, jdbc:postgresql://db/world, ada, a+b",
        "jdbc:postgresql://db/world?user=ada&password=x%26y&sslmode=require, jdbc:postgresql://db/world?sslmode=require, ada, x&y",
        "jdbc:postgresql://db/world, jdbc:postgresql://db/world, postgres, ''",
        "postgresql://ada@[::1]:5432/world, jdbc:postgresql://[::1]:5432/world, ada, ''"
    })
    void readsTheUsualForms(String text, String jdbcUrl, String user, String password) {
        assertThat(DatabaseAddress.parse(text)).isEqualTo(new DatabaseAddress(jdbcUrl, user, password));
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://ada:secret@db/world, must begin with postgresql://",
        "postgresql://ada:secret@db, must name host and database",
        "postgresql:world, must name host and database",
        "postgresql://ada:sec ret@db/world, special characters need %-encoding"
    })
    void saysWhatIsWrongWithoutThePassword(String text, String complaint) {
        assertThatThrownBy(() -> DatabaseAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageContaining(complaint)
                .hasMessageNotContaining("secret");
    }

    @Test
    void takesCredentialsFromBesideTheUrlWhereItHasNone() {
        assertThat(DatabaseAddress.parse("postgresql://db/game", "ann", "secret"))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db/game", "ann", "secret"));
        assertThat(DatabaseAddress.parse("postgresql://bob:other@db/game", "ann", "secret"))
                .isEqualTo(new DatabaseAddress("jdbc:postgresql://db/game", "bob", "other"));
    }

    @Test
    void hidesThePasswordFromLogs() {
        DatabaseAddress address = new DatabaseAddress("jdbc:postgresql://db/world?sslpassword=p", "ada", "secret");
        assertThat(address).hasToString("postgresql://db/world");
    }
}
