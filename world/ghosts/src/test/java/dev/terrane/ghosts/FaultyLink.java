package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.GhostBatch;
import dev.terrane.protocol.cluster.CellInput.GhostSubscribe;
import dev.terrane.protocol.cluster.CellInput.GhostUnsubscribe;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Ways between cells that refuse, lose, double and reorder. Repaired, they deliver everything in the next tick. */
final class FaultyLink {
    private static final float CONGESTION_CHANCE = 0.03f;
    private static final int CONGESTION_TICKS_MAX = 8;
    private static final int DELAY_TICKS_MAX = 5;

    private record Sent(CellId to, CellInput message, long dueTick) {}

    private final Rng rng;
    private final Sabotage sabotage;
    private final float lossChance;
    private final float doublingChance;
    private final float delayChance;
    /** Some ways are slow, but keep the order: what one cell says then overtakes what another said earlier. */
    private final boolean slow;

    private final SortedMap<String, Integer> slowness = new TreeMap<>();
    private final List<Sent> underWay = new ArrayList<>();
    private final SortedMap<String, Long> congestedUntil = new TreeMap<>();
    private final SortedMap<String, Long> hiddenLosses = new TreeMap<>();
    private boolean repaired;
    int lossCount;
    int refusalCount;

    FaultyLink(Rng rng, Sabotage sabotage) {
        this.rng = rng;
        this.sabotage = sabotage;
        this.lossChance = rng.chance(0.5f) ? 0 : rng.nextFloat(0, 0.1f);
        this.doublingChance = rng.chance(0.5f) ? 0 : rng.nextFloat(0, 0.1f);
        this.delayChance = rng.chance(0.5f) ? 0 : rng.nextFloat(0, 0.2f);
        this.slow = rng.chance(0.5f);
    }

    boolean losesNothing() {
        return lossChance == 0;
    }

    void repair() {
        repaired = true;
    }

    Admission send(CellId from, CellId to, CellInput message, long tick) {
        String way = from + " to " + to;
        if (!repaired && congested(way, tick)) {
            refusalCount++;
            if (sabotage == Sabotage.REFUSED_FORGOTTEN && message instanceof GhostBatch batch) {
                add(way, to, emptied(batch), tick);
                return Admission.ACCEPTED;
            }
            return Admission.FULL;
        }
        if (!repaired && rng.chance(lossChance)) {
            lossCount++;
            if (message instanceof GhostBatch batch) {
                hiddenLosses.merge(way + batch.stream(), 1L, Long::sum);
            }
            return Admission.ACCEPTED;
        }
        CellInput told = sabotaged(message, way);
        if (told != null) {
            add(way, to, told, tick);
            if (!repaired && rng.chance(doublingChance)) {
                add(way, to, told, tick);
            }
        }
        return Admission.ACCEPTED;
    }

    private boolean congested(String way, long tick) {
        if (rng.chance(CONGESTION_CHANCE)) {
            congestedUntil.put(way, tick + rng.nextInt(CONGESTION_TICKS_MAX));
        }
        return congestedUntil.getOrDefault(way, -1L) >= tick;
    }

    private void add(String way, CellId to, CellInput message, long tick) {
        long late = !repaired && rng.chance(delayChance) ? rng.nextInt(DELAY_TICKS_MAX) : 0;
        if (slow && !repaired) {
            late += slowness.computeIfAbsent(way, _ -> rng.nextInt(DELAY_TICKS_MAX));
        }
        underWay.add(new Sent(to, message, tick + 1 + late));
    }

    private static GhostBatch emptied(GhostBatch batch) {
        return new GhostBatch(
                batch.source(), batch.sourceEpoch(), batch.stream(), batch.seq(), batch.tick(), new byte[0], 0);
    }

    private @Nullable CellInput sabotaged(CellInput message, String way) {
        return switch (message) {
            case GhostBatch batch
            when sabotage == Sabotage.GAP_IGNORED ->
                renumbered(batch, batch.seq() - hiddenLosses.getOrDefault(way + batch.stream(), 0L));
            case GhostSubscribe asked
            when sabotage == Sabotage.WANTS_FROZEN ->
                new GhostSubscribe(
                        asked.subscriber(),
                        asked.subscriberEpoch(),
                        asked.stream(),
                        0,
                        asked.chunks(),
                        asked.entities(),
                        asked.ttlTicks());
            case GhostSubscribe asked
            when sabotage == Sabotage.SUBSCRIPTIONS_ENDLESS ->
                new GhostSubscribe(
                        asked.subscriber(),
                        asked.subscriberEpoch(),
                        asked.stream(),
                        asked.version(),
                        asked.chunks(),
                        asked.entities(),
                        Integer.MAX_VALUE);
            case GhostUnsubscribe _ when sabotage == Sabotage.SUBSCRIPTIONS_ENDLESS -> null;
            default -> message;
        };
    }

    private static GhostBatch renumbered(GhostBatch batch, long seq) {
        return new GhostBatch(
                batch.source(), batch.sourceEpoch(), batch.stream(), seq, batch.tick(), batch.bytes(), batch.length());
    }

    void deliver(long tick, BiConsumer<CellId, CellInput> receiver) {
        List<Sent> due = new ArrayList<>();
        for (Iterator<Sent> each = underWay.iterator(); each.hasNext(); ) {
            Sent sent = each.next();
            if (sent.dueTick() <= tick) {
                due.add(sent);
                each.remove();
            }
        }
        due.forEach(sent -> receiver.accept(sent.to(), sent.message()));
    }
}
