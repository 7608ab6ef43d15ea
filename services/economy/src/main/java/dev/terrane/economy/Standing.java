package dev.terrane.economy;

/**
 * What a sender may do beyond its own wallets: decided by the first word of its client id, which the server sets.
 *
 * <pre>
 *   may                                     character  cell, job  service  admin
 *   spend from its own wallets                  ●          ●         ●       ●
 *   spend from any wallet                                  ●         ●       ●
 *   issue, burn, end others' holds, open for others        ●         ●       ●
 *   reverse, set rates                                               ●       ●
 * </pre>
 */
enum Standing {
    CHARACTER(false, false),
    CELL(true, false),
    SERVICE(true, true),
    ADMIN(true, true),
    /** Anybody else: nothing. */
    STRANGER(false, false);

    private final boolean trusted;
    private final boolean corrects;

    Standing(boolean trusted, boolean corrects) {
        this.trusted = trusted;
        this.corrects = corrects;
    }

    static Standing of(String clientId) {
        int colon = clientId.indexOf(':');
        return switch (colon < 0 ? "" : clientId.substring(0, colon)) {
            case "character" -> CHARACTER;
            case "cell", "job" -> CELL;
            case "service" -> SERVICE;
            case "admin" -> ADMIN;
            default -> STRANGER;
        };
    }

    /** Whether it acts for the server: it spends, issues and burns. */
    boolean trusted() {
        return trusted;
    }

    /** Whether it may correct the books. */
    boolean corrects() {
        return corrects;
    }
}
