package dev.terrane.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.terrane.base.CharacterId;
import dev.terrane.gateway.TokenIssuer;
import dev.terrane.gateway.VerifiedToken;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Signs tokens that {@link JwtVerifier} of the same settings accepts. Any thread may call it. */
public final class JwtIssuer implements TokenIssuer {
    static final String NAME_CLAIM = "name";

    /** Marks the tokens this server gave away itself: only those may be exchanged here, others are their issuer's matter. */
    static final String GUEST_CLAIM = "guest";

    /** The last input that was acknowledged elsewhere. */
    static final String SEQ_CLAIM = "seq";

    private final JwtSettings settings;
    private final ClaimsWriter writer;

    public JwtIssuer(JwtSettings settings) {
        this.settings = settings;
        this.writer = new ClaimsWriter(settings.secret());
    }

    @Override
    public IssuedToken issueGuest(String name, long nowEpochMillis) {
        return issueGuest(new CharacterId(UUID.randomUUID()), name, nowEpochMillis);
    }

    @Override
    public IssuedToken issueGuest(CharacterId character, String name, long nowEpochMillis) {
        return issue(character, name, nowEpochMillis, true, 0);
    }

    /** A token for a character that exists already. */
    public IssuedToken issue(CharacterId character, String name, long nowEpochMillis) {
        return issue(character, name, nowEpochMillis, false, 0);
    }

    /**
     * A token for a character that comes from another cluster.
     *
     * @param guest whether it may be renewed as guests' are
     * @param ackedSeq the last input that was acknowledged there, 0 to {@link VerifiedToken#ACKED_SEQ_MAX}
     */
    public IssuedToken issueArrival(
            CharacterId character, String name, boolean guest, int ackedSeq, long nowEpochMillis) {
        return issue(character, name, nowEpochMillis, guest, ackedSeq);
    }

    /**
     * A token that {@link AdminVerifier} takes for an administrator's.
     *
     * @param subject 1 to 100 visible ASCII characters, for the audit
     */
    public String issueAdmin(String subject, long nowEpochMillis) {
        return issueRole(AdminVerifier.ADMIN, subject, nowEpochMillis);
    }

    /** The same for one who may look and not touch. */
    public String issueViewer(String subject, long nowEpochMillis) {
        return issueRole(AdminVerifier.VIEWER, subject, nowEpochMillis);
    }

    private String issueRole(String role, String subject, long nowEpochMillis) {
        return writer.sign(times(nowEpochMillis)
                .subject(subject)
                .claim(AdminVerifier.ROLES_CLAIM, List.of(role))
                .build());
    }

    private IssuedToken issue(CharacterId character, String name, long nowEpochMillis, boolean guest, int ackedSeq) {
        String subject = character.value().toString();
        JWTClaimsSet.Builder claims = times(nowEpochMillis).subject(subject);
        if (!name.isEmpty()) {
            claims.claim(NAME_CLAIM, name);
        }
        if (guest) {
            claims.claim(GUEST_CLAIM, true);
        }
        if (ackedSeq != 0) {
            claims.claim(SEQ_CLAIM, ackedSeq);
        }
        JWTClaimsSet complete = claims.build();
        long expiresAtMillis = complete.getExpirationTime().getTime();
        return new IssuedToken(
                writer.sign(complete), new VerifiedToken(subject, character, name, expiresAtMillis, ackedSeq));
    }

    private JWTClaimsSet.Builder times(long nowEpochMillis) {
        // The claims count whole seconds; so does what the caller is told.
        long issuedAtMillis = nowEpochMillis / 1000 * 1000;
        return new JWTClaimsSet.Builder()
                .issuer(settings.issuer())
                .issueTime(new Date(issuedAtMillis))
                .expirationTime(new Date(issuedAtMillis + settings.accessTtl().toSeconds() * 1000))
                .jwtID(UUID.randomUUID().toString());
    }
}
