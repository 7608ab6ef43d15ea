package dev.terrane.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.terrane.gateway.TokenCheck;
import java.util.List;
import java.util.Objects;

/**
 * Checks tokens of administrators: as good as any other token of this server, and with {@code admin} among its {@code roles}, or {@code viewer} for those who may look and not touch. Any thread may
 * call it.
 */
public final class AdminVerifier {
    static final String ROLES_CLAIM = "roles";
    static final String ADMIN = "admin";
    static final String VIEWER = "viewer";
    /** Subjects are written to the audit. */
    private static final String SUBJECT = "[\\x21-\\x7e]{1,100}";

    private final ClaimsReader reader;

    public AdminVerifier(JwtSettings settings) {
        this.reader = new ClaimsReader(settings);
    }

    /** What came of a check. */
    public sealed interface Check {
        /** @param subject who it is, in 1 to 100 visible ASCII characters */
        record Admin(String subject) implements Check {}

        /** May look at nodes and cells, not at players. @param subject as an administrator's */
        record Viewer(String subject) implements Check {}

        /** A good token of somebody who is neither. */
        record Other() implements Check {}

        record Refused(TokenCheck.Refused why) implements Check {}
    }

    public Check verify(String token, long nowEpochMillis) {
        ClaimsReader.Read read = reader.read(token);
        JWTClaimsSet claims = read.claims();
        if (claims == null) {
            return new Check.Refused(Objects.requireNonNull(read.refused()));
        }
        TokenCheck.Refused objection = reader.objection(claims, nowEpochMillis, 0);
        if (objection != null) {
            return new Check.Refused(objection);
        }
        String subject = claims.getSubject();
        List<?> roles = claims.getClaim(ROLES_CLAIM) instanceof List<?> named ? named : List.of();
        if (subject == null || !subject.matches(SUBJECT)) {
            return new Check.Other();
        }
        return roles.contains(ADMIN)
                ? new Check.Admin(subject)
                : roles.contains(VIEWER) ? new Check.Viewer(subject) : new Check.Other();
    }
}
