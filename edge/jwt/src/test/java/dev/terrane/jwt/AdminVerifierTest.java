package dev.terrane.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.gateway.TokenCheck;
import dev.terrane.jwt.AdminVerifier.Check;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Only a good token with the role is an administrator's. */
class AdminVerifierTest {
    private static final long NOW_MILLIS = 1_790_000_000_000L;
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private final JwtSettings settings = new JwtSettings(
            JwtSecret.of(HandMadeToken.SECRET), "terrane", Duration.ofMinutes(10), Duration.ofSeconds(30));
    private final AdminVerifier verifier = new AdminVerifier(settings);

    private Check check(String claims) {
        return verifier.verify(
                HandMadeToken.signed(HEADER, "{\"iss\":\"terrane\",\"exp\":1790000100," + claims + "}"), NOW_MILLIS);
    }

    @Test
    void acceptsWhatTheIssuerGivesAdministrators() {
        String token = new JwtIssuer(settings).issueAdmin("ann@ops", NOW_MILLIS);
        assertThat(verifier.verify(token, NOW_MILLIS)).isEqualTo(new Check.Admin("ann@ops"));
        assertThat(new JwtVerifier(settings).verify(token, NOW_MILLIS))
                .as("it is no character's")
                .isInstanceOf(TokenCheck.Refused.class);
    }

    @Test
    void acceptsTheRoleAmongOthers() {
        assertThat(check("\"sub\":\"ann\",\"roles\":[\"dev\",\"admin\"]")).isEqualTo(new Check.Admin("ann"));
    }

    @Test
    void tellsThoseWhoMayOnlyLookFromAdministrators() {
        String token = new JwtIssuer(settings).issueViewer("bob", NOW_MILLIS);
        assertThat(verifier.verify(token, NOW_MILLIS)).isEqualTo(new Check.Viewer("bob"));
        assertThat(check("\"sub\":\"ann\",\"roles\":[\"viewer\",\"admin\"]")).isEqualTo(new Check.Admin("ann"));
    }

    @Test
    void doesNotTakePlayersForAdministrators() {
        String guest = new JwtIssuer(settings).issueGuest("Ada", NOW_MILLIS).token();
        assertThat(verifier.verify(guest, NOW_MILLIS)).isEqualTo(new Check.Other());
        assertThat(check("\"sub\":\"ann\",\"roles\":[\"administrator\"]")).isEqualTo(new Check.Other());
        assertThat(check("\"sub\":\"ann\",\"roles\":\"admin\"")).isEqualTo(new Check.Other());
        assertThat(check("\"sub\":\"ann\",\"roles\":[[\"admin\"]]")).isEqualTo(new Check.Other());
    }

    @Test
    void refusesAdministratorsWithoutANameForTheAudit() {
        assertThat(check("\"roles\":[\"admin\"]")).isEqualTo(new Check.Other());
        assertThat(check("\"sub\":\"a\\nb\",\"roles\":[\"admin\"]")).isEqualTo(new Check.Other());
    }

    @Test
    void refusesWhatIsNotOursOrOver() {
        String token = new JwtIssuer(settings).issueAdmin("ann", NOW_MILLIS);
        assertThat(verifier.verify(token, NOW_MILLIS + 700_000))
                .isInstanceOfSatisfying(
                        Check.Refused.class,
                        refused -> assertThat(refused.why().reason()).isEqualTo(TokenCheck.Reason.EXPIRED));
        assertThat(verifier.verify("", NOW_MILLIS)).isInstanceOf(Check.Refused.class);
        String forged = HandMadeToken.signed(
                HEADER,
                "{\"iss\":\"terrane\",\"exp\":1790000100,\"sub\":\"ann\",\"roles\":[\"admin\"]}",
                "another secret of thirty-two bytes!",
                "HmacSHA256");
        assertThat(verifier.verify(forged, NOW_MILLIS)).isInstanceOf(Check.Refused.class);
        assertThat(verifier.verify(HandMadeToken.signed("{\"alg\":\"none\"}", "{}"), NOW_MILLIS))
                .isInstanceOf(Check.Refused.class);
    }
}
