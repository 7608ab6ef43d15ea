package dev.terrane.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.gateway.TokenCheck;
import dev.terrane.gateway.TokenIssuer.IssuedToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class JwtIssuerTest {
    private static final long NOW_MILLIS = 1_790_000_000_123L;

    private final JwtSettings settings = new JwtSettings(
            JwtSecret.of(HandMadeToken.SECRET), "terrane", Duration.ofMinutes(10), Duration.ofSeconds(30));
    private final JwtIssuer issuer = new JwtIssuer(settings);

    @Test
    void issuesWhatTheVerifierAccepts() {
        IssuedToken issued = issuer.issueGuest("Ada", NOW_MILLIS);
        assertThat(new JwtVerifier(settings).verify(issued.token(), NOW_MILLIS))
                .isEqualTo(new TokenCheck.Accepted(issued.claims()));
        assertThat(issued.claims().expiresAtEpochMillis()).isEqualTo(1_790_000_600_000L);
    }

    @Test
    void givesEveryGuestCharacterOfItsOwn() {
        IssuedToken one = issuer.issueGuest("Ada", NOW_MILLIS);
        IssuedToken two = issuer.issueGuest("Ada", NOW_MILLIS);
        assertThat(one.claims().character()).isNotEqualTo(two.claims().character());
    }

    @Test
    void writesAllClaimsAndTheAlgorithm() {
        String[] parts = issuer.issueGuest("Ada", NOW_MILLIS).token().split("\\.");
        assertThat(text(parts[0])).contains("\"alg\":\"HS256\"").contains("\"typ\":\"JWT\"");
        assertThat(text(parts[1]))
                .contains("\"iss\":\"terrane\"", "\"name\":\"Ada\"", "\"sub\":", "\"jti\":")
                .contains("\"iat\":1790000000", "\"exp\":1790000600");
    }

    @Test
    void refusesShortSecretWithSentenceForTheOperator() {
        assertThatThrownBy(() -> JwtSecret.of("short"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auth.jwt.secret has 5 bytes")
                .hasMessageContaining("at least 32")
                .hasMessageNotContaining("short");
    }

    @Test
    void hidesSecretAndTokenInText() {
        IssuedToken issued = issuer.issueGuest("Ada", NOW_MILLIS);
        assertThat(issued.toString()).doesNotContain(issued.token());
        assertThat(settings.toString()).doesNotContain(HandMadeToken.SECRET);
    }

    @Test
    void refusesSettingsOutOfRange() {
        JwtSecret secret = JwtSecret.of(HandMadeToken.SECRET);
        Duration hour = Duration.ofHours(1);
        assertThatThrownBy(() -> new JwtSettings(secret, " ", hour, Duration.ZERO))
                .hasMessageContaining("auth.jwt.issuer");
        assertThatThrownBy(() -> new JwtSettings(secret, "t", Duration.ofSeconds(1), Duration.ZERO))
                .hasMessageContaining("auth.jwt.accessTtl");
        assertThatThrownBy(() -> new JwtSettings(secret, "t", hour, hour)).hasMessageContaining("auth.jwt.clockSkew");
    }

    private static String text(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
