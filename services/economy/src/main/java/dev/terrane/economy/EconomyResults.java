package dev.terrane.economy;

import dev.terrane.command.EventType;
import java.util.List;

/** What is answered to commands that were carried out, and what listeners are told. */
public final class EconomyResults {
    /** Topic of {@link Posted}. */
    public static final String POSTED = "evt.economy.posted";
    /** What players hear of. */
    public static final List<EventType> EVENTS = List.of(new EventType(POSTED, Posted.class));

    private EconomyResults() {}

    /** To {@link EconomyCommands#OPEN}. @param created false: it was open */
    public record Opened(String wallet, boolean created, long available) {}

    /**
     * To a transfer, an issue, a burn.
     *
     * @param available what the sender's wallet has now (of an issue: the wallet that was filled)
     */
    public record Moved(long transaction, long available) {}

    /** To an exchange. @param fee of what was paid @param received what arrived */
    public record Exchanged(long transaction, long fee, long received, long available) {}

    /** To a hold. */
    public record Held(long hold, long expiresAtMillis, long available) {}

    /** To a capture or a release. @param released what is available to the payer again */
    public record HoldEnded(long transaction, long captured, long released) {}

    /** To a reversal. */
    public record Reversed(long transaction, long original) {}

    /** To a rate. */
    public record RateSet(String from, String to) {}

    /** One posting, as listeners are told. */
    public record Posted(long transaction, String kind, String from, String to, long amount, String reference) {}
}
