package dev.terrane.cell;

import dev.terrane.base.EntityId;
import dev.terrane.base.RegionId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.ecs.Table;
import dev.terrane.handoff.Arrival;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.CellInput.DeparturesStable;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellInput.PeerContinues;
import dev.terrane.protocol.cluster.CellInput.PeerRestarting;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who comes in and who goes out. Borders are sticky: an entity stays until it is well beyond, and for a while after it came, so that
 * nobody who walks along a border is thrown to and fro.
 */
final class Borders {
    private static final Comparator<HandoffOffer> BY_SOURCE_AND_SEQ = Comparator.comparing(HandoffOffer::source)
            .thenComparingLong(HandoffOffer::sourceEpoch)
            .thenComparingLong(HandoffOffer::seq);

    private final Body body;
    private final Partition partition;
    private final RegionId region;
    private final double originX;
    private final double originY;
    private final double hysteresisMetres;
    private final int cooldownTicks;
    /** Within this distance of the origin nobody can be far enough beyond a border, so most entities cost one multiplication. */
    private final double insideSquared;

    private final List<HandoffOffer> offers = new ArrayList<>();
    private final List<DeparturesStable> news = new ArrayList<>();
    private final List<PeerRestarting> restarting = new ArrayList<>();
    private final List<PeerContinues> continuing = new ArrayList<>();
    private long[] leavers = new long[64];
    private int leaverCount;

    Borders(Body body) {
        this.body = body;
        this.partition = body.spec.world().map().partition();
        this.region = body.spec.cell().region();
        this.originX = partition.originX(region);
        this.originY = partition.originY(region);
        this.hysteresisMetres = body.spec.settings().borders().hysteresisMetres();
        this.cooldownTicks = body.spec.settings().borders().cooldownTicks();
        double inside = Math.max(0, partition.distanceToBorder(region, 0, 0)) + hysteresisMetres;
        this.insideSquared = inside * inside;
    }

    /** An entity from another cell; applied by {@link #takeInEarly} or {@link #takeIn}. */
    void offered(HandoffOffer offer) {
        offers.add(offer);
    }

    /** A source has stored departures: applied after the offers that came before it, whose arrival it lets this cell forget. */
    void departuresStable(DeparturesStable message) {
        news.add(message);
    }

    /** A peer starts again; what it offered before that was said is still taken in. */
    void restarting(PeerRestarting peer) {
        restarting.add(peer);
    }

    /** A peer goes on elsewhere; as above. */
    void continues(PeerContinues peer) {
        continuing.add(peer);
    }

    /**
     * Takes in, before the systems run, whom nobody simulates in this tick unless they do: who left its cell in an earlier tick. Whoever its cell has simulated in this very tick waits for {@link #takeIn}.
     *
     * @return whether there was one
     */
    boolean takeInEarly() {
        if (offers.isEmpty()) {
            return false;
        }
        offers.sort(BY_SOURCE_AND_SEQ);
        List<HandoffOffer> early = new ArrayList<>();
        int late = 0;
        for (int i = 0; i < offers.size(); i++) {
            HandoffOffer offer = offers.get(i);
            // Numbers rise without gaps: who comes behind one that waits would be sent back, so it waits, too.
            boolean waits = late > 0 && isOfOneRow(offers.get(late - 1), offer);
            if (offer.isMadeBefore(body.tick) && !waits) {
                early.add(offer);
            } else {
                offers.set(late++, offer);
            }
        }
        offers.subList(late, offers.size()).clear();
        takeIn(early);
        return !early.isEmpty();
    }

    private static boolean isOfOneRow(HandoffOffer one, HandoffOffer other) {
        return one.sourceEpoch() == other.sourceEpoch() && one.source().equals(other.source());
    }

    /** Takes the other offered entities in, in an order that does not depend on which message was faster. */
    void takeIn() {
        offers.sort(BY_SOURCE_AND_SEQ);
        takeIn(offers);
        offers.clear();
        news.forEach(body.handoffs::onDeparturesStable);
        news.clear();
        restarting.forEach(body.handoffs::onPeerRestarting);
        restarting.clear();
        continuing.forEach(body.handoffs::onPeerContinues);
        continuing.clear();
    }

    private void takeIn(List<HandoffOffer> sorted) {
        if (sorted.isEmpty()) {
            return;
        }
        List<HandoffOffer> applied = new ArrayList<>();
        for (HandoffOffer offer : sorted) {
            if (body.handoffs.onOffer(offer) == Arrival.APPLY) {
                applied.add(offer);
            }
        }
        spawnAll(applied);
        body.meters.handoffsIn.add(applied.size());
    }

    /** Spawns entities as they were handed over; returns the drivers that came with them. */
    List<Driver> spawnAll(List<HandoffOffer> applied) {
        List<Driver> seated = new ArrayList<>();
        for (HandoffOffer offer : applied) {
            long handle = body.population.store.readEntity(new ByteReader(offer.image(), 0, offer.image().length));
            body.population.register(handle, offer.entity());
        }
        body.settle();
        for (HandoffOffer offer : applied) {
            Driver driver = settleIn(offer);
            if (driver != null) {
                seated.add(driver);
            }
        }
        return seated;
    }

    private @Nullable Driver settleIn(HandoffOffer offer) {
        Population population = body.population;
        long handle = population.find(offer.entity());
        body.ghosts.arrived(offer.entity());
        // From another layer it crossed no border: its cooldown there goes on.
        boolean sameRegion = offer.source().region().equals(region);
        long arrivedTick = sameRegion
                ? population.store.get(handle, population.kit.identity).arrivedTick()
                : body.tick;
        population.store.set(
                handle, population.kit.identity, new Identity(offer.entity(), offer.ownership(), arrivedTick));
        body.layers.came(offer.entity(), sameRegion);
        if (population.store.has(handle, population.kit.position)) {
            Table table = population.store.tableOf(handle);
            int row = population.store.rowOf(handle);
            table.floats(population.kit.x).set(row, offer.x());
            table.floats(population.kit.y).set(row, offer.y());
            body.past.arrived(table, row, offer.madeTick());
        }
        Driver driver = AvatarDesk.seat(body, handle);
        if (driver != null) {
            AvatarDesk.tellWhere(body, driver);
        }
        body.passed(Passage.What.ARRIVED, offer.entity(), offer.ownership(), driver, offer.source());
        return driver;
    }

    /** Hands off whoever is beyond the border. Who is refused there stays home and tries again in the next tick. */
    void handOff() {
        findLeavers();
        for (int i = 0; i < leaverCount; i++) {
            handOff(leavers[i]);
        }
        if (leaverCount > 0) {
            body.settle();
        }
    }

    private void findLeavers() {
        leaverCount = 0;
        KitFields kit = body.population.kit;
        for (Table table : body.population.store.query(kit.position, kit.identity)) {
            float[] xs = table.floats(kit.x).read();
            float[] ys = table.floats(kit.y).read();
            float[] zs = table.floats(kit.z).read();
            for (int row = 0; row < table.size(); row++) {
                double x = xs[row];
                double y = ys[row];
                boolean inside = x * x + y * y < insideSquared; // false for NaN
                if (inside && Math.abs(zs[row]) <= Float.MAX_VALUE) {
                    continue;
                }
                examine(table, row);
            }
        }
    }

    private void examine(Table table, int row) {
        KitFields kit = body.population.kit;
        float x = table.floats(kit.x).get(row);
        float y = table.floats(kit.y).get(row);
        float z = table.floats(kit.z).get(row);
        if (!Float.isFinite(x) || !Float.isFinite(y) || !Float.isFinite(z)) {
            throw new IllegalStateException("entity %s has the position (%s, %s, %s)"
                    .formatted(new EntityId(table.longs(kit.id).get(row)), x, y, z));
        }
        boolean rested = body.tick - table.longs(kit.arrivedTick).get(row) >= cooldownTicks;
        if (rested
                && partition.distanceToBorder(region, x, y) < -hysteresisMetres
                && !partition.regionAt(originX + x, originY + y).equals(region)
                && !body.layers.cameNow(table.longs(kit.id).get(row))) {
            if (leaverCount == leavers.length) {
                leavers = Arrays.copyOf(leavers, leaverCount * 2);
            }
            leavers[leaverCount++] = table.entity(row);
        }
    }

    private void handOff(long handle) {
        Position at = body.population.store.get(handle, body.population.kit.position);
        double worldX = originX + at.x();
        double worldY = originY + at.y();
        RegionId target = partition.regionAt(worldX, worldY);
        body.sendOff.depart(
                handle, body.layers.entranceOf(target), (float) (worldX - partition.originX(target)), (float)
                        (worldY - partition.originY(target)));
    }
}
