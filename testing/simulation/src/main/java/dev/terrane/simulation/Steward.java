package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellImage;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The steward's part in splits and merges, step by step as in the server, but when the seed likes: one at a time in each region.
 *
 * <pre>
 *   split: wake a layer ──► all have heard ──Divide──► nobody moves any more
 *   move:                   all have heard ──Divide──► nobody moves any more
 *   merge: newcomers away ─► all have heard ──Merge──► drained ──Seal──► last image stored ──► taken away
 * </pre>
 */
final class Steward {
    private static final int IMAGES_EVERY_TICKS = 10;

    private final Plan plan;
    private final Rng rng;
    private final WorldId world;
    private final CellHouse cells;
    private final GatewayHouse gateways;
    private final Notices notices;
    private final SortedMap<RegionId, SortedSet<Integer>> layers = new TreeMap<>();
    private final SortedMap<RegionId, Work> works = new TreeMap<>();
    private int splitCount;
    private int mergeCount;
    private long tick;

    /** Something that takes several ticks. */
    private interface Work {
        /** One more look at it; true when it has come to an end. */
        boolean step();
    }

    Steward(Plan plan, WorldId world, CellHouse cells, GatewayHouse gateways) {
        this.plan = plan;
        this.rng = new Rng(Rng.mix(plan.seed() ^ 0x53_5445_57L));
        this.world = world;
        this.cells = cells;
        this.gateways = gateways;
        this.notices = new Notices(world, plan.partition(), cells, gateways);
        plan.partition().regions().forEach(region -> layers.put(region, new TreeSet<>(List.of(0))));
    }

    /** The cell that takes in whoever joins in this region. */
    CellId entranceOf(RegionId region) {
        return notices.entranceOf(region);
    }

    /** A cell came back and knows nothing of layers. */
    void restarted(Cell cell) {
        notices.brief(cell);
    }

    void tick(long now) {
        tick = now;
        if (tick < plan.faultTicks()) {
            if (rng.chance(plan.relayering().chance())) {
                List<RegionId> regions = plan.partition().regions();
                begin(regions.get(rng.nextInt(regions.size())));
            }
        } else if (plan.relayering().endsMerged()) {
            plan.partition().regions().forEach(this::gather);
        }
        for (RegionId region : List.copyOf(works.keySet())) {
            Work work = works.get(region);
            if (work != null && work.step()) {
                works.remove(region);
            }
        }
        notices.deliverAll();
    }

    private void begin(RegionId region) {
        SortedSet<Integer> here = layersOf(region);
        CellId crowded = fullest(region);
        if (works.containsKey(region) || crowded == null) {
            return;
        }
        boolean room = here.size() < plan.relayering().layersMax();
        if (room && (here.size() == 1 || rng.chance(0.4f))) {
            split(crowded);
        } else if (here.size() > 1 && rng.chance(0.4f)) {
            int to = List.copyOf(here).get(rng.nextInt(here.size()));
            works.put(region, new Dividing(crowded, new CellId(world, region, to), rng.nextFloat(0.1f, 0.9f)));
        } else if (here.size() > 1) {
            merge(region);
        }
    }

    private void gather(RegionId region) {
        if (layersOf(region).size() > 1 && !works.containsKey(region)) {
            merge(region);
        }
    }

    private @Nullable CellId fullest(RegionId region) {
        Cell found = null;
        for (int layer : layersOf(region)) {
            Cell cell = cells.cells().get(new CellId(world, region, layer));
            if (cell != null && (found == null || cell.entityCount() > found.entityCount())) {
                found = cell;
            }
        }
        return found == null ? null : found.id();
    }

    private SortedSet<Integer> layersOf(RegionId region) {
        SortedSet<Integer> here = layers.get(region);
        if (here == null) {
            throw new IllegalArgumentException("no region " + region);
        }
        return here;
    }

    private void split(CellId crowded) {
        RegionId region = crowded.region();
        int free = 1;
        while (layersOf(region).contains(free)) {
            free++;
        }
        CellId fresh = new CellId(world, region, free);
        Cell woken = cells.wake(fresh);
        layersOf(region).add(free);
        notices.brief(woken);
        woken.requestImage();
        announce(region, free);
        gateways.tellAll(new CellOutput.CellUp(fresh, woken.epoch()));
        works.put(region, new Dividing(crowded, fresh, rng.nextFloat(0.2f, 0.8f)));
        splitCount++;
    }

    private void merge(RegionId region) {
        List<Integer> here = List.copyOf(layersOf(region));
        int leaving = here.get(1 + rng.nextInt(here.size() - 1)); // never layer 0
        int to = here.get(rng.nextInt(here.size()));
        List<Integer> staying = here.stream().filter(layer -> layer != leaving).toList();
        // Whoever decides where newcomers go may choose another than the one that takes in those who leave.
        announce(region, staying.get(rng.nextInt(staying.size())));
        works.put(region, new Merging(new CellId(world, region, leaving), to == leaving ? 0 : to));
        mergeCount++;
    }

    private void announce(RegionId region, int newcomers) {
        notices.post(
                region, layersOf(region).stream().mapToInt(Integer::intValue).toArray(), newcomers);
    }

    private boolean tell(CellId cell, CellInput message) {
        return cells.roads().offer(null, cell, CellPort.ANY_EPOCH, message) == Admission.ACCEPTED;
    }

    /** What has not come to its end, or empty. */
    String unsettled() {
        if (!works.isEmpty()) {
            return works.get(works.firstKey()) + " does not end";
        }
        for (RegionId region : plan.partition().regions()) {
            if (plan.relayering().endsMerged() && layersOf(region).size() > 1) {
                return "region " + region + " still has layers " + layersOf(region);
            }
        }
        return "";
    }

    int splitCount() {
        return splitCount;
    }

    int mergeCount() {
        return mergeCount;
    }

    /** A share of one layer's entities goes to another. */
    private final class Dividing implements Work {
        private final CellId crowded;
        private final CellId target;
        private final float share;
        private long toldEpoch;
        private long toldTick;

        Dividing(CellId crowded, CellId target, float share) {
            this.crowded = crowded;
            this.target = target;
            this.share = share;
        }

        @Override
        public boolean step() {
            Cell cell = cells.cells().get(crowded);
            if (cell == null) {
                return true; // It comes back without the wish.
            }
            if (toldEpoch != 0) {
                return cell.epoch() != toldEpoch || (cell.lastTick() > toldTick + 1 && cell.movingCount() == 0);
            }
            if (notices.delivered(crowded.region()) && tell(crowded, new CellInput.Divide(target, share))) {
                toldEpoch = cell.epoch();
                toldTick = cell.lastTick();
            }
            return false;
        }

        @Override
        public String toString() {
            return "the division of " + crowded + " with " + target;
        }
    }

    /** A layer is emptied and taken away. */
    private final class Merging implements Work {
        private final CellId leaving;
        private final int to;
        private long toldEpoch;
        private boolean sealed;

        Merging(CellId leaving, int to) {
            this.leaving = leaving;
            this.to = to;
        }

        @Override
        public boolean step() {
            Cell cell = cells.cells().get(leaving);
            if (cell == null) {
                return false; // It fell and comes back.
            }
            if (cell.phase() == Cell.Phase.SEALED) {
                return takeAway(cell);
            }
            if (cell.epoch() != toldEpoch) {
                sealed = false;
                CellInput merge = new CellInput.Merge(new CellId(world, leaving.region(), to));
                if (notices.delivered(leaving.region()) && tell(leaving, merge)) {
                    toldEpoch = cell.epoch();
                }
            } else if (cell.drained()) {
                sealed = sealed || tell(leaving, new CellInput.Seal());
            } else if (cell.movingCount() == 0 && tick % IMAGES_EVERY_TICKS == 0) {
                cells.cells().values().forEach(Cell::requestImage);
            }
            return false;
        }

        private boolean takeAway(Cell cell) {
            CellImage stored = cells.shelf().stored(leaving);
            if (stored == null || stored.epoch() != cell.epoch() || stored.tick() != cell.lastTick()) {
                return false;
            }
            cells.close(leaving);
            layersOf(leaving.region()).remove(leaving.layer());
            announce(leaving.region(), entranceOf(leaving.region()).layer());
            return true;
        }

        @Override
        public String toString() {
            Cell cell = cells.cells().get(leaving);
            return "the merge of " + leaving + " into layer " + to
                    + (cell == null ? "" : " (" + cell.phase() + ", " + cell.entityCount() + " live there)");
        }
    }
}
