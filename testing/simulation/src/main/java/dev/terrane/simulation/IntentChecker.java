package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Intents are carried out once: a shot wounds its target once or is dropped and counted, a blast happens once in each cell; blasts of one cell happen in another in the order
 * in which they were sent. As many wounds are seen as were dealt. A crash may take both back.
 */
final class IntentChecker extends Checker {
    /** Counters of what intents came to nothing, and why. */
    private static final List<String> LOST = List.of("cell_intents_dropped");

    private final Ledger ledger;
    private final Tally tally;
    private final Map<Long, CellId> blastFrom = new HashMap<>();
    private final Map<Long, Ledger.Shot> shots = new HashMap<>();
    private final Set<Long> hits = new HashSet<>();
    private final Set<Ledger.Burst> bursts = new HashSet<>();
    private final Map<List<CellId>, Long> lastBurst = new HashMap<>();
    private final Map<Long, Integer> wounds = new HashMap<>();
    private final Map<Long, Set<RegionId>> burstIn = new HashMap<>();
    private boolean crashed;
    private int shotsRead;
    private int sentRead;
    private int hitsRead;
    private int burstsRead;

    IntentChecker(Ledger ledger, Tally tally) {
        this.ledger = ledger;
        this.tally = tally;
    }

    @Override
    public void died(CellId cell, long epoch) {
        crashed = true;
    }

    @Override
    void afterTick(Observation world) {
        for (; shotsRead < ledger.shots().size(); shotsRead++) {
            shots.put(ledger.shots().get(shotsRead).number(), ledger.shots().get(shotsRead));
        }
        for (; sentRead < ledger.blasts().size(); sentRead++) {
            blastFrom.put(
                    ledger.blasts().get(sentRead).number(),
                    ledger.blasts().get(sentRead).from());
        }
        for (; hitsRead < ledger.hits().size(); hitsRead++) {
            hit(ledger.hits().get(hitsRead));
        }
        for (; burstsRead < ledger.bursts().size(); burstsRead++) {
            burst(ledger.bursts().get(burstsRead));
        }
        for (Sighting sighting : world.all) {
            if (sighting.wounds() >= 0 && !crashed) {
                int dealt = wounds.getOrDefault(sighting.id(), 0);
                require(
                        sighting.wounds() == dealt,
                        () -> name(sighting.id()) + " in " + sighting.cell() + " has " + sighting.wounds()
                                + " wounds, but was hit " + dealt + " times");
            }
        }
    }

    private void hit(Ledger.Hit hit) {
        Ledger.Shot shot = shots.get(hit.number());
        require(
                shot != null && shot.target() == hit.target(),
                () -> "shot " + hit.number() + " hits " + name(hit.target()) + " in " + hit.in() + ", but was " + shot);
        require(
                hits.add(hit.number()) || crashed,
                () -> "shot " + hit.number() + " hits " + name(hit.target()) + " in " + hit.in() + " twice");
        wounds.merge(hit.target(), 1, Integer::sum);
    }

    private void burst(Ledger.Burst happened) {
        require(
                bursts.add(happened) || crashed,
                () -> "blast " + happened.number() + " happens twice in " + happened.cell());
        burstIn.computeIfAbsent(happened.number(), _ -> new HashSet<>())
                .add(happened.cell().region());
        CellId from = blastFrom.get(happened.number());
        if (from != null) {
            Long before = lastBurst.put(List.of(from, happened.cell()), happened.number());
            require(
                    before == null || before < happened.number() || crashed,
                    () -> "blast " + happened.number() + " of " + from + " happens in " + happened.cell() + " after "
                            + before);
        }
    }

    @Override
    String unsettled(Observation world) {
        if (crashed) {
            return "";
        }
        for (Ledger.Blast sent : ledger.blasts()) {
            Set<RegionId> in = burstIn.getOrDefault(sent.number(), Set.of());
            if (!in.containsAll(sent.regions())) {
                return "blast " + sent.number() + " of " + sent.from() + " reaches " + sent.regions()
                        + ", but happened in " + in + " only";
            }
        }
        List<Ledger.Shot> lost = new ArrayList<>();
        for (Ledger.Shot shot : ledger.shots()) {
            if (!hits.contains(shot.number())) {
                lost.add(shot);
            }
        }
        long counted = LOST.stream().mapToLong(tally::of).sum();
        return lost.size() <= counted
                ? ""
                : lost.size() + " shots hit nobody, but only " + counted + " were dropped and counted; the first is "
                        + lost.getFirst();
    }
}
