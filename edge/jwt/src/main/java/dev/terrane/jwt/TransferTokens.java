package dev.terrane.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.terrane.base.CharacterId;
import dev.terrane.gateway.PlayerName;
import dev.terrane.gateway.TokenCheck;
import dev.terrane.gateway.TokenCheck.Reason;
import dev.terrane.gateway.VerifiedToken;
import java.text.ParseException;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * Signs and checks tokens by which a character goes to another cluster. Whoever signs and whoever checks have the secret in common. No other token is taken for one of these, nor one of these for another. Whether
 * one was used before is not its business. Any thread may call it.
 */
public final class TransferTokens {
    private static final String ISSUER = "terrane-transfer";
    private static final String SOURCE_CLAIM = "src";
    private static final int ID_LENGTH_MAX = 64;

    private final JwtSettings settings;
    private final ClaimsReader reader;
    private final ClaimsWriter writer;

    /** @param valid how long a token is good */
    public TransferTokens(JwtSecret secret, Duration valid, Duration clockSkew) {
        this.settings = new JwtSettings(secret, ISSUER, valid, clockSkew);
        this.reader = new ClaimsReader(settings);
        this.writer = new ClaimsWriter(secret);
    }

    /**
     * Who goes where.
     *
     * @param id not to be guessed, used once
     * @param name proposed for the avatar; may be empty
     * @param source cluster and world that he leaves, for people
     * @param destination cluster and world that may let him in
     * @param ackedSeq the last input that was acknowledged to him there, 0 to {@link VerifiedToken#ACKED_SEQ_MAX}
     */
    public record Transfer(
            String id,
            CharacterId character,
            String name,
            String source,
            String destination,
            long expiresAtMillis,
            int ackedSeq) {}

    /** What came of a check. */
    public sealed interface Check {
        record Good(Transfer transfer) implements Check {}

        /** A good token, for somewhere else. */
        record Elsewhere(String destination) implements Check {}

        record Refused(TokenCheck.Refused why) implements Check {}
    }

    /** When a token is over that is signed now. */
    public long expiry(long nowEpochMillis) {
        return nowEpochMillis / 1000 * 1000 + settings.accessTtl().toMillis();
    }

    public String sign(Transfer transfer, long nowEpochMillis) {
        return writer.sign(new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .jwtID(transfer.id())
                .subject(transfer.character().toString())
                .claim(JwtIssuer.NAME_CLAIM, transfer.name())
                .claim(SOURCE_CLAIM, transfer.source())
                .claim(JwtIssuer.SEQ_CLAIM, transfer.ackedSeq())
                .audience(transfer.destination())
                .issueTime(new Date(nowEpochMillis / 1000 * 1000))
                .expirationTime(new Date(transfer.expiresAtMillis()))
                .build());
    }

    /** @param here cluster and world that the character wants to enter */
    public Check check(String token, String here, long nowEpochMillis) {
        ClaimsReader.Read read = reader.read(token);
        JWTClaimsSet claims = read.claims();
        if (claims == null) {
            return new Check.Refused(Objects.requireNonNull(read.refused()));
        }
        TokenCheck.Refused objection = reader.objection(claims, nowEpochMillis, 0);
        if (objection != null) {
            return new Check.Refused(objection);
        }
        List<String> audience = claims.getAudience();
        if (audience.size() != 1) {
            return refused("the token does not say where it leads");
        }
        return audience.getFirst().equals(here) ? good(claims, here) : new Check.Elsewhere(audience.getFirst());
    }

    private static Check good(JWTClaimsSet claims, String here) {
        try {
            String id = claims.getJWTID();
            String subject = claims.getSubject();
            if (id == null || id.isEmpty() || id.length() > ID_LENGTH_MAX || subject == null) {
                return refused("the token has no id, or nobody's");
            }
            String name = claims.getStringClaim(JwtIssuer.NAME_CLAIM);
            String source = claims.getStringClaim(SOURCE_CLAIM);
            return new Check.Good(new Transfer(
                    id,
                    new CharacterId(UUID.fromString(subject)),
                    name != null && PlayerName.valid(name) ? name : "",
                    source == null ? "" : source,
                    here,
                    claims.getExpirationTime().getTime(),
                    ClaimsReader.ackedSeq(claims)));
        } catch (ParseException | IllegalArgumentException e) {
            return refused("the token's sub is not the UUID of a character");
        }
    }

    private static Check refused(String why) {
        return new Check.Refused(ClaimsReader.no(Reason.MISSING_CLAIM, why));
    }
}
