package dev.terrane.games.skirmish;

import dev.terrane.base.Meters;
import dev.terrane.protocol.cluster.Offence;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** What a gateway has counted, of which kind; the rest of its metrics nobody asks for here. */
final class OffenceCounts implements Meters {
    private final Map<Offence, Long> counts = new EnumMap<>(Offence.class);

    long of(Offence offence) {
        return counts.getOrDefault(offence, 0L);
    }

    long all() {
        return counts.values().stream().mapToLong(each -> each).sum();
    }

    @Override
    public Count count(String name, String... labels) {
        if (!name.equals("fairplay_violations")) {
            return _ -> {};
        }
        Offence offence = Offence.valueOf(labels[1].toUpperCase(Locale.ROOT));
        return amount -> counts.merge(offence, amount, Long::sum);
    }

    @Override
    public Distribution distribution(String name, String... labels) {
        return _ -> {};
    }

    @Override
    public void gauge(String name, LongSupplier read, String... labels) {}

    @Override
    public String toString() {
        return counts.toString();
    }
}
