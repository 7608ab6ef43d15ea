package dev.terrane.simulation;

import dev.terrane.base.Rng;
import dev.terrane.cell.CellSettings;
import dev.terrane.gateway.GatewaySettings;
import dev.terrane.gateway.GatewaySettings.Interest;
import dev.terrane.gateway.GatewaySettings.Messages;
import dev.terrane.gateway.GatewaySettings.Snapshots;
import dev.terrane.gateway.GatewaySettings.Timeouts;
import dev.terrane.space.HexPartition;
import dev.terrane.space.Partition;
import dev.terrane.space.StripPartition;
import java.time.Duration;

/**
 * What a seed decides before the first tick.
 *
 * @param faultTicks how long there is trouble; then quiet until everything has settled
 */
record Plan(
        long seed,
        Workload workload,
        Partition partition,
        CellSettings cells,
        GatewaySettings gateways,
        Population population,
        Relayering relayering,
        Faults faults,
        int faultTicks) {

    /** Ticks of trouble, unless asked for otherwise. */
    static final int FAULT_TICKS_DEFAULT = 240;

    static final int SIMULATION_HZ = 20;

    /**
     * Who lives in the world.
     *
     * @param walkersPerRegion on random walks
     * @param dashersPerRegion so fast that they cross more than a border's hysteresis in a tick
     * @param swarmSize entities that cross a border together, back and forth, from both sides at once; 0 for none
     * @param shootersPerRegion walkers that shoot at whoever is near
     */
    record Population(
            int walkersPerRegion,
            int dashersPerRegion,
            int swarmSize,
            int shootersPerRegion,
            int playerCount,
            int gatewayCount,
            int gatewayInboxCount) {}

    /** Chances per tick, each of one thing happening somewhere; all 0 in a calm run. */
    record Faults(
            float deafCell,
            float stalledCell,
            float stalledGateway,
            float droppedClient,
            float slowClient,
            float inputHiccup,
            float restart,
            int storeDelayTicksMax) {
        static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0);

        boolean none() {
            return equals(NONE);
        }
    }

    /**
     * How crowds are split.
     *
     * @param chance per tick that some region is split, moved within or merged
     * @param layersMax of a region
     * @param endsMerged after the trouble every region goes back to one layer
     */
    record Relayering(float chance, int layersMax, boolean endsMerged) {}

    static Plan of(long seed) {
        return of(seed, FAULT_TICKS_DEFAULT, Workload.MIXED);
    }

    static Plan of(long seed, int faultTicks, Workload workload) {
        Rng rng = new Rng(Rng.mix(seed ^ 0x504C_414EL ^ (long) workload.ordinal() << 40));
        Partition partition = partition(rng, workload);
        int regions = partition.regions().size();
        Faults faults = faults(rng, workload);
        return new Plan(
                seed,
                workload,
                partition,
                cells(rng, faults),
                gateways(rng, faults),
                population(rng, regions, faults, workload),
                relayering(rng, workload),
                faults,
                faultTicks);
    }

    private static Partition partition(Rng rng, Workload workload) {
        int some = workload == Workload.LAYERS ? 2 : 3;
        if (rng.chance(0.5f)) {
            return new StripPartition(1 + rng.nextInt(some * some), rng.chance(0.5f) ? 96 : 192, 192);
        }
        return new HexPartition(1 + rng.nextInt(some), 1 + rng.nextInt(some), rng.chance(0.5f) ? 70 : 120);
    }

    private static Faults faults(Rng rng, Workload workload) {
        if (rng.chance(0.2f) || workload == Workload.CALM) {
            return Faults.NONE;
        }
        boolean crashes = workload != Workload.BORDERS && rng.chance(workload == Workload.CRASHES ? 1 : 0.3f);
        return new Faults(
                some(rng, 0.03f),
                some(rng, 0.03f),
                some(rng, 0.02f),
                some(rng, 0.03f),
                some(rng, 0.02f),
                some(rng, 0.1f),
                crashes ? 0.01f : 0,
                rng.nextInt(12));
    }

    private static Relayering relayering(Rng rng, Workload workload) {
        boolean likely = workload == Workload.LAYERS || workload == Workload.CALM;
        float chance = workload == Workload.BORDERS ? 0 : likely ? rng.nextFloat(0.02f, 0.15f) : some(rng, 0.06f);
        return new Relayering(chance, 2 + rng.nextInt(3), rng.chance(0.5f));
    }

    private static float some(Rng rng, float chance) {
        return rng.chance(0.4f) ? 0 : rng.nextFloat(0, chance);
    }

    private static CellSettings cells(Rng rng, Faults faults) {
        boolean cramped = !faults.none() && rng.chance(0.3f);
        CellSettings.Inboxes inboxes =
                cramped ? new CellSettings.Inboxes(32, 32, 64) : new CellSettings.Inboxes(1024, 512, 4096);
        return new CellSettings(
                new CellSettings.Rates(SIMULATION_HZ, rng.chance(0.7f) ? SIMULATION_HZ : SIMULATION_HZ / 2),
                inboxes,
                new CellSettings.Borders(
                        rng.nextInt(9), rng.nextInt(25), rng.chance(0.5f) ? 256 : 1 + rng.nextInt(8), rng.nextInt(60)),
                new CellSettings.Avatars(100, 8, 10_000),
                rng.chance(0.5f) ? 32 : 64);
    }

    private static GatewaySettings gateways(Rng rng, Faults faults) {
        boolean narrow = !faults.none() && rng.chance(0.3f);
        return new GatewaySettings(
                new Interest(rng.nextFloat(50, 140), rng.nextInt(33), 16_384),
                narrow ? new Snapshots(30, 1024, 3) : new Snapshots(500, 16_384, 2 + rng.nextInt(9)),
                new Messages(16_384, 60, 120, 64),
                new Timeouts(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2)));
    }

    private static Population population(Rng rng, int regions, Faults faults, Workload workload) {
        int each = Math.max(4, (workload == Workload.LAYERS ? 240 : 160) / regions);
        boolean swarms = workload == Workload.BORDERS || rng.chance(0.5f);
        return new Population(
                rng.nextInt(each),
                rng.nextInt(4),
                swarms ? 1 + rng.nextInt(12) : 0,
                rng.nextInt(5),
                1 + rng.nextInt(6),
                1 + rng.nextInt(3),
                !faults.none() && rng.chance(0.3f) ? 64 : 1024);
    }
}
