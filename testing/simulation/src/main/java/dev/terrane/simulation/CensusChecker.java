package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.cell.CellImage;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every entity is in exactly one cell, or on its way to one: never lost, never doubled.
 *
 * <p>A cell that dies may take with it what no stored image knew: while one is down, and for a while after, whoever is missing is only remembered; after quiet
 * everybody who once stood in a stored image must be there.
 */
final class CensusChecker extends Checker {
    /** A crash is settled when kept copies have been sent again. */
    private static final int SETTLING_TICKS = 60;

    private final Ledger ledger;
    private final int underwayTicksMax;
    private final SortedMap<Long, Sighting> lastSeen = new TreeMap<>();
    /** Accepted by a target and not yet seen there. */
    private final SortedMap<Long, Underway> underway = new TreeMap<>();

    private final Set<Long> dead = new HashSet<>();
    /** Who once stood in a stored image. */
    private final Set<Long> durable = new HashSet<>();

    private final List<CellImage> takenNow = new ArrayList<>();
    private final Map<String, Set<Long>> contents = new HashMap<>();
    private final SortedMap<Long, Sighting> missing = new TreeMap<>();
    private int deathsRead;
    private long troubledUntil = -1;

    private record Underway(CellId target, int ownership, long sinceTick) {}

    /** @param stallTicksMax how long a cell may stand still with offers in its inbox */
    CensusChecker(Ledger ledger, int stallTicksMax) {
        this.ledger = ledger;
        this.underwayTicksMax = stallTicksMax + 2;
    }

    @Override
    public void offered(@Nullable CellId sender, CellId target, CellInput message, Admission answer) {
        if (message instanceof HandoffOffer offer && answer == Admission.ACCEPTED) {
            Underway before = underway.get(offer.entity());
            if (before == null || before.ownership < offer.ownership()) {
                underway.put(offer.entity(), new Underway(target, offer.ownership(), now()));
            }
        }
    }

    @Override
    public void died(CellId cell, long epoch) {
        troubledUntil = Long.MAX_VALUE;
    }

    @Override
    public void opened(CellId cell, long epoch) {
        if (troubledUntil == Long.MAX_VALUE) {
            troubledUntil = now() + SETTLING_TICKS;
        }
    }

    @Override
    void afterTick(Observation world) {
        for (; deathsRead < ledger.deaths().size(); deathsRead++) {
            dead.add(ledger.deaths().get(deathsRead).entity());
        }
        require(world.doubles().isEmpty(), () -> world.doubles().getFirst());
        for (Sighting sighting : world.all) {
            Underway way = underway.get(sighting.id());
            if (way != null && way.ownership <= sighting.ownership()) {
                underway.remove(sighting.id());
            }
            missing.remove(sighting.id());
        }
        noteImages(world);
        for (Sighting before : lastSeen.values()) {
            if (world.find(before.id()) == null) {
                account(before);
            }
        }
        lastSeen.values().removeIf(before -> world.find(before.id()) == null && !underway.containsKey(before.id()));
        for (Sighting sighting : world.all) {
            lastSeen.put(sighting.id(), sighting);
        }
    }

    /** What stands in the images that were taken in this round. */
    private void noteImages(Observation world) {
        for (CellImage image : takenNow) {
            if (image.tick() == now()) { // else the cell has moved on since
                Set<Long> content = new HashSet<>();
                for (Sighting sighting : world.all) {
                    if (sighting.cell().equals(image.cell())) {
                        content.add(sighting.id());
                    }
                }
                contents.put(key(image), content);
            }
        }
        takenNow.clear();
    }

    private static String key(CellImage image) {
        return image.cell() + "@" + image.epoch() + "@" + image.tick();
    }

    @Override
    public void imageTaken(CellImage image) {
        takenNow.add(image);
    }

    @Override
    public void imageStored(CellImage image) {
        Set<Long> content = contents.remove(key(image));
        if (content != null) {
            durable.addAll(content);
        }
    }

    private void account(Sighting before) {
        if (dead.contains(before.id())) {
            underway.remove(before.id());
            return;
        }
        Underway way = underway.get(before.id());
        boolean troubled = now() <= troubledUntil;
        if (troubled) {
            missing.put(before.id(), before);
            return;
        }
        require(
                way != null,
                () -> name(before.id()) + " was in " + before.cell() + " with ownership " + before.ownership()
                        + " and is nowhere, nor on its way");
        require(
                way == null || now() - way.sinceTick <= underwayTicksMax,
                () -> name(before.id()) + " left " + before.cell() + " for " + target(before.id()) + " "
                        + underwayTicksMax + " ticks ago and has not arrived");
    }

    private String target(long entity) {
        Underway way = underway.get(entity);
        return way == null ? "nowhere" : way.target.toString();
    }

    @Override
    String unsettled(Observation world) {
        for (Sighting lost : missing.values()) {
            if (durable.contains(lost.id()) && !dead.contains(lost.id())) {
                return name(lost.id()) + " was last in " + lost.cell() + ", stood in a stored image, and is lost";
            }
        }
        return "";
    }

    int underwayCount() {
        return underway.size();
    }
}
