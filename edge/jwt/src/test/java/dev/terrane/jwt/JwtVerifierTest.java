package dev.terrane.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.gateway.TokenCheck;
import dev.terrane.gateway.TokenCheck.Reason;
import dev.terrane.protocol.client.ErrorCode;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JwtVerifierTest {
    private static final long NOW_MILLIS = 1_790_000_000_000L;
    private static final long NOW_SECONDS = NOW_MILLIS / 1000;
    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String CHARACTER = "5f1c3e0a-7c1e-4d55-9d5e-0c6f4d1b2a3c";

    private final JwtVerifier verifier = new JwtVerifier(new JwtSettings(
            JwtSecret.of(HandMadeToken.SECRET), "terrane", Duration.ofHours(1), Duration.ofSeconds(30)));

    @Test
    void acceptsTokenMadeByHand() {
        String token = HandMadeToken.signed(HS256, claims("terrane", NOW_SECONDS + 60, "\"name\":\"Ada\""));
        assertThat(verifier.verify(token, NOW_MILLIS)).isInstanceOfSatisfying(TokenCheck.Accepted.class, accepted -> {
            assertThat(accepted.token().subject()).isEqualTo(CHARACTER);
            assertThat(accepted.token().character().value()).isEqualTo(UUID.fromString(CHARACTER));
            assertThat(accepted.token().name()).isEqualTo("Ada");
            assertThat(accepted.token().expiresAtEpochMillis()).isEqualTo((NOW_SECONDS + 60) * 1000);
        });
    }

    @Test
    void takesGuestTokenForExchangeUntilItIsTooOld() {
        String guest = HandMadeToken.signed(HS256, claims("terrane", NOW_SECONDS - 100, "\"guest\":true"));
        assertThat(reason(guest)).isEqualTo(Reason.EXPIRED);
        assertThat(verifier.verifyGuest(guest, NOW_MILLIS, Duration.ofSeconds(100)))
                .isInstanceOf(TokenCheck.Accepted.class);
        assertThat(verifier.verifyGuest(guest, NOW_MILLIS, Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(
                        TokenCheck.Refused.class, no -> assertThat(no.reason()).isEqualTo(Reason.EXPIRED));
    }

    @Test
    void takesNoOtherTokenForExchange() {
        for (String claim : new String[] {"\"name\":\"Ada\"", "\"guest\":false", "\"guest\":\"true\""}) {
            String token = HandMadeToken.signed(HS256, claims("terrane", NOW_SECONDS + 60, claim));
            assertThat(verifier.verifyGuest(token, NOW_MILLIS, Duration.ofDays(1)))
                    .as(claim)
                    .isInstanceOfSatisfying(
                            TokenCheck.Refused.class,
                            no -> assertThat(no.reason()).isEqualTo(Reason.MISSING_CLAIM));
        }
    }

    @Test
    void refusesAlgorithmNone() {
        String header = HandMadeToken.part("{\"alg\":\"none\"}");
        String body = HandMadeToken.part(claims("terrane", NOW_SECONDS + 60, "\"name\":\"Eve\""));
        assertThat(reason(header + "." + body + ".")).isEqualTo(Reason.WRONG_ALGORITHM);
    }

    @Test
    void refusesOtherAlgorithmsEvenWhenTheSecretFits() {
        String body = claims("terrane", NOW_SECONDS + 60, "\"name\":\"Eve\"");
        for (String algorithm : new String[] {"RS256", "ES256", "HS384", "HS512", "hs256"}) {
            String token =
                    HandMadeToken.signed("{\"alg\":\"" + algorithm + "\"}", body, HandMadeToken.SECRET, "HmacSHA256");
            assertThat(reason(token)).as(algorithm).isEqualTo(Reason.WRONG_ALGORITHM);
        }
        String sha512 = HandMadeToken.signed("{\"alg\":\"HS512\"}", body, HandMadeToken.SECRET.repeat(2), "HmacSHA512");
        assertThat(reason(sha512)).isEqualTo(Reason.WRONG_ALGORITHM);
    }

    @Test
    void refusesForeignKey() {
        String token = HandMadeToken.signed(
                HS256,
                claims("terrane", NOW_SECONDS + 60, "\"name\":\"Eve\""),
                "another secret of more than 32 bytes",
                "HmacSHA256");
        assertThat(reason(token)).isEqualTo(Reason.BAD_SIGNATURE);
    }

    @Test
    void refusesClaimsThatWereChangedAfterSigning() {
        String[] parts = HandMadeToken.signed(HS256, claims("terrane", NOW_SECONDS + 60, "\"name\":\"Ada\""))
                .split("\\.");
        String other = HandMadeToken.part(claims("terrane", NOW_SECONDS + 600_000, "\"name\":\"Ada\""));
        assertThat(reason(parts[0] + "." + other + "." + parts[2])).isEqualTo(Reason.BAD_SIGNATURE);
        assertThat(reason(parts[0] + "." + parts[1] + ".")).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void refusesOtherIssuerAndNone() {
        assertThat(reason(HandMadeToken.signed(HS256, claims("elsewhere", NOW_SECONDS + 60, "\"name\":\"Ada\""))))
                .isEqualTo(Reason.WRONG_ISSUER);
        assertThat(reason(HandMadeToken.signed(
                        HS256, "{\"sub\":\"" + CHARACTER + "\",\"exp\":" + (NOW_SECONDS + 60) + "}")))
                .isEqualTo(Reason.WRONG_ISSUER);
    }

    @Test
    void forgivesExpiryWithinTheSkewOnly() {
        String token = HandMadeToken.signed(HS256, claims("terrane", NOW_SECONDS, "\"name\":\"Ada\""));
        assertThat(verifier.verify(token, NOW_MILLIS + 29_999)).isInstanceOf(TokenCheck.Accepted.class);
        assertThat(reason(token, NOW_MILLIS + 30_000)).isEqualTo(Reason.EXPIRED);
        assertThat(Reason.EXPIRED.error()).isEqualTo(ErrorCode.TOKEN_EXPIRED);
    }

    @Test
    void refusesTokenOfTheFutureBeyondTheSkew() {
        for (String claim : new String[] {"nbf", "iat"}) {
            String near = claims("terrane", NOW_SECONDS + 600, "\"" + claim + "\":" + (NOW_SECONDS + 30));
            String far = claims("terrane", NOW_SECONDS + 600, "\"" + claim + "\":" + (NOW_SECONDS + 31));
            assertThat(verifier.verify(HandMadeToken.signed(HS256, near), NOW_MILLIS))
                    .as(claim)
                    .isInstanceOf(TokenCheck.Accepted.class);
            assertThat(reason(HandMadeToken.signed(HS256, far))).as(claim).isEqualTo(Reason.NOT_YET_VALID);
        }
    }

    @Test
    void refusesTokenWithoutExpiryOrCharacter() {
        assertThat(reason(HandMadeToken.signed(HS256, "{\"iss\":\"terrane\",\"sub\":\"" + CHARACTER + "\"}")))
                .isEqualTo(Reason.MISSING_CLAIM);
        for (String subject : new String[] {"1-1-1-1-1", "", "root", CHARACTER + "0"}) {
            String body = "{\"iss\":\"terrane\",\"sub\":\"" + subject + "\",\"exp\":" + (NOW_SECONDS + 60) + "}";
            assertThat(reason(HandMadeToken.signed(HS256, body))).as(subject).isEqualTo(Reason.MISSING_CLAIM);
        }
    }

    @Test
    void dropsNameThatCannotBeShown() {
        String token = HandMadeToken.signed(HS256, claims("terrane", NOW_SECONDS + 60, "\"name\":\"a\\nb\""));
        assertThat(verifier.verify(token, NOW_MILLIS))
                .isInstanceOfSatisfying(
                        TokenCheck.Accepted.class,
                        accepted -> assertThat(accepted.token().name()).isEmpty());
    }

    @Test
    void refusesClaimsOfTheWrongKind() {
        String body = claims("terrane", NOW_SECONDS + 60, "\"name\":[1,2]");
        assertThat(reason(HandMadeToken.signed(HS256, body))).isEqualTo(Reason.MALFORMED);
        String times = "{\"iss\":\"terrane\",\"sub\":\"" + CHARACTER + "\",\"exp\":\"soon\"}";
        assertThat(reason(HandMadeToken.signed(HS256, times))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void refusesEmptyHugeAndBrokenTokens() {
        assertThat(reason("")).isEqualTo(Reason.MISSING);
        assertThat(reason("x".repeat(JwtVerifier.TOKEN_LENGTH_MAX + 1))).isEqualTo(Reason.MALFORMED);
        String nested = HandMadeToken.part("{\"alg\":" + "[".repeat(2000));
        for (String token : new String[] {
            "a", "a.b", "a.b.c", "a.b.c.d", "..", "{}.{}.{}", "\u00e9.\u00e9.\u00e9", nested + ".e30.e30"
        }) {
            assertThat(reason(token)).as(token).isEqualTo(Reason.MALFORMED);
        }
    }

    @Test
    void survivesAnyMutationOfToken() {
        String good = HandMadeToken.signed(HS256, claims("terrane", NOW_SECONDS + 60, "\"name\":\"Ada\""));
        long seed = 20_261_121L;
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder token = new StringBuilder(good);
            int at = random.nextInt(good.lastIndexOf('.'));
            char replaced = (char) (32 + random.nextInt(95));
            if (replaced == good.charAt(at)) {
                continue;
            }
            token.setCharAt(at, replaced);
            assertThat(verifier.verify(token.toString(), NOW_MILLIS))
                    .as("seed %d round %d", seed, round)
                    .isInstanceOf(TokenCheck.Refused.class);
        }
    }

    private Reason reason(String token) {
        return reason(token, NOW_MILLIS);
    }

    private Reason reason(String token, long nowMillis) {
        TokenCheck check = verifier.verify(token, nowMillis);
        assertThat(check).isInstanceOf(TokenCheck.Refused.class);
        TokenCheck.Refused refused = (TokenCheck.Refused) check;
        if (token.length() > 8) {
            assertThat(refused.detail()).doesNotContain(token);
        }
        return refused.reason();
    }

    private static String claims(String issuer, long expiresAtSeconds, String more) {
        return "{\"iss\":\"%s\",\"sub\":\"%s\",\"exp\":%d,%s}".formatted(issuer, CHARACTER, expiresAtSeconds, more);
    }
}
