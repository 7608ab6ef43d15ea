package dev.terrane.bench.load.cluster;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Watches what players see of one blow, from before it until they play on. One thread. */
final class Blow {
    /** News without a break for that long: he plays on. */
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A gap of so many ticks: he does not play. */
    private static final int PATIENCE_TICKS = 5;

    private final Crew crew;
    private final Set<String> struckCells;
    private final long patienceNanos;
    private final Map<RoamingBot, Boolean> wasHit = new LinkedHashMap<>();
    private final long atNanos;

    /**
     * Call it right before the blow.
     *
     * @param struckCells whose players it hits
     * @param tickMillis between two news
     */
    Blow(Crew crew, Set<String> struckCells, double tickMillis) {
        this.crew = crew;
        this.patienceNanos = TimeUnit.MILLISECONDS.toNanos((long) (PATIENCE_TICKS * tickMillis));
        this.struckCells = Set.copyOf(struckCells);
        for (RoamingBot bot : crew.bots()) {
            Sighting last = bot.diary().lastNews();
            wasHit.put(bot, last != null && this.struckCells.contains(last.cell()));
        }
        this.atNanos = System.nanoTime();
    }

    long atNanos() {
        return atNanos;
    }

    /** Cells that still have to say that they run. */
    Set<String> struckCells() {
        return new HashSet<>(struckCells);
    }

    int hitCount() {
        return (int) wasHit.values().stream().filter(hit -> hit).count();
    }

    /** Whether everybody plays on, as far as can be told now. */
    boolean allPlayOn() {
        long now = System.nanoTime();
        if (now - atNanos < 2 * STEADY_NANOS) {
            return false; // it may not even have been noticed
        }
        for (RoamingBot bot : crew.bots()) {
            List<Sighting> latest = bot.diary().since(now - STEADY_NANOS);
            if (latest.isEmpty() || Seen.of(latest, now, patienceNanos).gapNanos() > patienceNanos) {
                return false;
            }
        }
        return true;
    }

    /** When the last who was hit had news again, in milliseconds since the blow. */
    double millisUntilNews(long untilNanos) {
        long last = atNanos;
        for (Map.Entry<RoamingBot, Boolean> each : wasHit.entrySet()) {
            List<Sighting> sightings = each.getKey().diary().since(atNanos);
            if (each.getValue() && !sightings.isEmpty()) {
                last = Math.max(
                        last, Seen.of(sightings, untilNanos, patienceNanos).gapEndNanos());
            }
        }
        return (last - atNanos) / 1e6;
    }

    /** The longest pause of those who were hit, for people. */
    String longest(long untilNanos) {
        long gapNanos = 0;
        String found = "nobody was there";
        for (Map.Entry<RoamingBot, Boolean> each : wasHit.entrySet()) {
            List<Sighting> sightings = each.getKey().diary().since(atNanos);
            if (!each.getValue() || sightings.isEmpty()) {
                continue;
            }
            Seen seen = Seen.of(sightings, untilNanos, patienceNanos);
            if (seen.gapNanos() > gapNanos) {
                gapNanos = seen.gapNanos();
                found = String.format(
                        Locale.ROOT,
                        "the longest without news were %.0f ms, from %.0f ms on",
                        gapNanos / 1e6,
                        (seen.gapEndNanos() - gapNanos - atNanos) / 1e6);
            }
        }
        return found;
    }

    /** Asks everybody what he saw until now. */
    void tell(Findings findings) {
        long now = System.nanoTime();
        wasHit.forEach((bot, hit) -> {
            List<Sighting> sightings = bot.diary().since(atNanos);
            if (sightings.isEmpty()) {
                return; // who never joined has nothing to tell; the trial waits until all have
            }
            Seen seen = Seen.of(sightings, now, patienceNanos);
            int losses = bot.diary().lossesSince(atNanos);
            if (hit) {
                findings.hit(seen, losses);
            } else {
                findings.bystander(seen, losses);
            }
        });
    }
}
