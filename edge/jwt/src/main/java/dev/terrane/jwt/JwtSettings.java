package dev.terrane.jwt;

import java.time.Duration;

/**
 * What a token must be like.
 *
 * @param issuer claim {@code iss} of every token, issued or accepted
 * @param accessTtl how long an issued token is good
 * @param clockSkew by how much the clocks of issuer and server may differ
 */
public record JwtSettings(JwtSecret secret, String issuer, Duration accessTtl, Duration clockSkew) {
    public static final Duration ACCESS_TTL_MAX = Duration.ofDays(30);
    public static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);

    public JwtSettings {
        if (issuer.isBlank()) {
            throw new IllegalArgumentException("auth.jwt.issuer is empty; name this server, for example \"terrane\"");
        }
        if (accessTtl.compareTo(Duration.ofSeconds(10)) < 0 || accessTtl.compareTo(ACCESS_TTL_MAX) > 0) {
            throw new IllegalArgumentException("auth.jwt.accessTtl = " + accessTtl + " is outside PT10S to P30D");
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(CLOCK_SKEW_MAX) > 0) {
            throw new IllegalArgumentException("auth.jwt.clockSkew = " + clockSkew + " is outside PT0S to PT5M");
        }
    }
}
