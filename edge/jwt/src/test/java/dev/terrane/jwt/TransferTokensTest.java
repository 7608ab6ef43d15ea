package dev.terrane.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CharacterId;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.jwt.TransferTokens.Check;
import dev.terrane.jwt.TransferTokens.Transfer;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransferTokensTest {
    private static final JwtSecret SECRET = JwtSecret.of("0123456789abcdef0123456789abcdef");
    private static final CharacterId ANN = new CharacterId(new UUID(1, 1));
    private static final long NOW = 1_700_000_000_000L;

    private final TransferTokens tokens = new TransferTokens(SECRET, Duration.ofSeconds(60), Duration.ZERO);
    private final Transfer transfer =
            new Transfer("id-1", ANN, "Ann", "one/skirmish", "two/skirmish", tokens.expiry(NOW), 41);
    private final String signed = tokens.sign(transfer, NOW);

    private static TokenCheck.Reason reason(Check check) {
        return check instanceof Check.Refused(TokenCheck.Refused why) ? why.reason() : TokenCheck.Reason.MISSING;
    }

    @Test
    void areGoodAtTheirDestinationUntilTheyExpire() {
        assertThat(tokens.check(signed, "two/skirmish", NOW)).isEqualTo(new Check.Good(transfer));
        assertThat(tokens.check(signed, "two/skirmish", NOW + 59_999)).isEqualTo(new Check.Good(transfer));
        assertThat(reason(tokens.check(signed, "two/skirmish", NOW + 60_000))).isEqualTo(TokenCheck.Reason.EXPIRED);
    }

    @Test
    void leadNowhereElse() {
        assertThat(tokens.check(signed, "one/skirmish", NOW)).isEqualTo(new Check.Elsewhere("two/skirmish"));
    }

    @Test
    void areRefusedWhenTheyAreSomebodyElsesOrChanged() {
        JwtSecret other = JwtSecret.of("fedcba9876543210fedcba9876543210");
        TransferTokens foreign = new TransferTokens(other, Duration.ofSeconds(60), Duration.ZERO);
        assertThat(reason(foreign.check(signed, "two/skirmish", NOW))).isEqualTo(TokenCheck.Reason.BAD_SIGNATURE);
        assertThat(reason(tokens.check("x.y.z", "two/skirmish", NOW))).isEqualTo(TokenCheck.Reason.MALFORMED);
        assertThat(reason(tokens.check("", "two/skirmish", NOW))).isEqualTo(TokenCheck.Reason.MISSING);
    }

    /** Under the same secret, as where nobody has set another. */
    @Test
    void areNoPlayersTokensNorAdministratorsAndTheOtherWayRound() {
        JwtSettings settings = new JwtSettings(SECRET, "terrane", Duration.ofSeconds(60), Duration.ZERO);
        assertThat(new JwtVerifier(settings).verify(signed, NOW)).isInstanceOf(TokenCheck.Refused.class);
        assertThat(new AdminVerifier(settings).verify(signed, NOW)).isInstanceOf(AdminVerifier.Check.Refused.class);
        String players = new JwtIssuer(settings).issueGuest(ANN, "Ann", NOW).token();
        assertThat(reason(tokens.check(players, "two/skirmish", NOW))).isEqualTo(TokenCheck.Reason.WRONG_ISSUER);
    }
}
