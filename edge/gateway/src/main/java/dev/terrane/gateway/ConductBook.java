package dev.terrane.gateway;

import dev.terrane.base.CharacterId;
import dev.terrane.gateway.GatewaySettings.FairPlay;
import dev.terrane.protocol.cluster.Offence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What stands against which character, as points that fade: who was caught once is not marked for ever, and who goes on is reported, and kicked if the operator wants that. One for all gateways of a node, so
 * that a new connection is no new beginning. Any thread may call it; time is the caller's {@code nowNanos}.
 *
 * <p>Of too many characters those go first of whom nothing was heard for longest. Kicks are kept apart: no flood of others' offences lets somebody back in.
 */
public final class ConductBook {
    static final int CHARACTERS_MAX = 4096;
    static final int KICKED_MAX = 4096;
    /** Whoever goes on is reported again so often, with all that came together. */
    static final long REPORT_NANOS = 60_000_000_000L;

    private static final double NANOS_PER_MINUTE = 60e9;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final FairPlay policy;
    private final SequencedMap<CharacterId, Standing> standings = new LinkedHashMap<>(16, 0.75f, true);
    private final SequencedMap<CharacterId, Long> kickedUntil = new LinkedHashMap<>();

    /** What has come together against one character. */
    private static final class Standing {
        double points;
        long atNanos;
        int[] counts = new int[Offence.values().length];
        boolean reported;
        long reportedAtNanos;
    }

    /**
     * What is to be done about somebody.
     *
     * @param counts since the last report, by {@link Offence}'s ordinal
     */
    record Verdict(int points, boolean report, boolean kick, int[] counts) {}

    public ConductBook(FairPlay policy) {
        this.policy = policy;
    }

    /** Null: nothing is to be done. */
    synchronized @Nullable Verdict charge(CharacterId character, Offence offence, long nowNanos) {
        Standing standing = standings.computeIfAbsent(character, _ -> new Standing());
        forgetTooMany(standings, CHARACTERS_MAX);
        standing.points = faded(standing, nowNanos) + offence.points();
        standing.atNanos = nowNanos;
        standing.counts[offence.ordinal()]++;
        boolean kick = policy.kickPoints() > 0 && standing.points >= policy.kickPoints();
        boolean due = !standing.reported || nowNanos - standing.reportedAtNanos >= REPORT_NANOS;
        boolean report = policy.reportPoints() > 0 && standing.points >= policy.reportPoints() && (due || kick);
        if (!kick && !report) {
            return null;
        }
        Verdict verdict = new Verdict((int) standing.points, report, kick, standing.counts);
        if (report) {
            standing.counts = new int[standing.counts.length];
            standing.reported = true;
            standing.reportedAtNanos = nowNanos;
        }
        if (kick) {
            standing.points = 0; // who comes back begins anew
            kickedUntil.put(character, nowNanos + policy.kickFor().toNanos());
            forgetTooMany(kickedUntil, KICKED_MAX);
        }
        return verdict;
    }

    private double faded(Standing standing, long nowNanos) {
        double minutes = (nowNanos - standing.atNanos) / NANOS_PER_MINUTE;
        return Math.max(0, standing.points - minutes * policy.fadePerMinute());
    }

    /** How long this character may not come back yet; 0: it may. */
    synchronized int kickedForMillis(CharacterId character, long nowNanos) {
        Long until = kickedUntil.get(character);
        if (until == null) {
            return 0;
        }
        if (nowNanos >= until) {
            kickedUntil.remove(character);
            return 0;
        }
        return (int) Math.min(Integer.MAX_VALUE, (until - nowNanos) / NANOS_PER_MILLI + 1);
    }

    private static void forgetTooMany(SequencedMap<CharacterId, ?> map, int max) {
        if (map.size() > max) {
            Map.Entry<CharacterId, ?> eldest = map.firstEntry();
            map.remove(eldest.getKey());
        }
    }
}
