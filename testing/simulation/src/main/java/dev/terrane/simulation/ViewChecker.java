package dev.terrane.simulation;

import dev.terrane.base.RegionId;
import dev.terrane.sdk.Entity;
import dev.terrane.space.ChunkGrid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * After quiet each client sees exactly whoever stands in the chunks in reach of its avatar's chunk: nobody less, nobody more, each where it is and as wounded as
 * it is. Where nobody is hindered, what it sees before is true as well, but for some ticks: nothing that it sees is older.
 */
final class ViewChecker extends Checker {
    /** Half a step of kit.position, and what floats add in a wide world. */
    private static final double STEP_METRES = 1.0 / 64 / 2 + 0.01;
    /** An avatar counts to its chunk until it has left it by an eighth. */
    private static final double SLACK_SHARE = 1.0 / 8;
    /** The farthest ring is sent every second snapshot. */
    private static final int RING_SNAPSHOTS = 2;
    /** Whoever leaves the view stays for some snapshots: perhaps another cell tells of it. */
    private static final int GRACE_SNAPSHOTS = 5;
    /** A cell ticks, a gateway drains, a link carries, a client reads: each perhaps a turn too early in the round. */
    private static final int TURNS_TICKS = 6;

    private static final int EVERY_TICKS = 3;

    private final Plan plan;
    private final Terrain terrain;
    private final History history;
    private final List<SimClient> clients;
    private final int oldestTicks;

    ViewChecker(Plan plan, Terrain terrain, History history, List<SimClient> clients) {
        this.plan = plan;
        this.terrain = terrain;
        this.history = history;
        this.clients = clients;
        int ticksPerSnapshot = plan.cells().rates().ticksPerSnapshot();
        this.oldestTicks =
                TURNS_TICKS + (RING_SNAPSHOTS + GRACE_SNAPSHOTS) * ticksPerSnapshot + SimClient.LATENCY_TICKS_MAX;
    }

    @Override
    void afterTick(Observation world) {
        if (!plan.faults().none() || now() % EVERY_TICKS != 0) {
            return;
        }
        for (SimClient client : clients) {
            for (Entity seen : client.entities()) {
                int age = history.ageOf(seen.id(), seen.worldX(), seen.worldY(), STEP_METRES);
                require(
                        age <= oldestTicks,
                        () -> client + " sees " + name(seen.id()) + " where it was " + age
                                + " ticks ago or never, more than " + oldestTicks);
            }
        }
    }

    @Override
    String unsettled(Observation world) {
        for (SimClient client : clients) {
            Sighting avatar = world.find(client.avatar());
            if (!client.playing() || avatar == null) {
                return client + " does not play: " + client.lastError();
            }
            String wrong = compare(client, world);
            wrong = wrong.isEmpty() ? extent(client, avatar, world) : wrong;
            if (!wrong.isEmpty()) {
                return client + " in " + avatar.cell() + ": " + wrong;
            }
        }
        return "";
    }

    private static String compare(SimClient client, Observation world) {
        for (Entity entity : client.entities()) {
            Sighting truth = world.find(entity.id());
            if (truth == null) {
                return "sees " + name(entity.id()) + ", which is nowhere";
            }
            if (Math.abs(truth.x() - entity.worldX()) > STEP_METRES
                    || Math.abs(truth.y() - entity.worldY()) > STEP_METRES) {
                return "sees " + name(entity.id()) + " at " + entity.worldX() + ", " + entity.worldY()
                        + ", but it is at " + truth.x() + ", " + truth.y() + " in " + truth.cell();
            }
            int wounds = client.layout().flatIndexOf("drill.wounds", "count");
            if (truth.wounds() >= 0 && entity.bits(wounds) != truth.wounds()) {
                return "sees " + entity.bits(wounds) + " wounds of " + name(entity.id()) + ", but it has "
                        + truth.wounds();
            }
        }
        return "";
    }

    /** Which of the chunks where the avatar may count to is its own depends on where it came from: for one of them everything has to fit. */
    private String extent(SimClient client, Sighting avatar, Observation world) {
        Set<Long> seen = new HashSet<>();
        client.entities().forEach(entity -> seen.add(entity.id()));
        String wrong = fit(seen, avatar, terrain.chunkOf(avatar), world);
        RegionId region = avatar.cell().region();
        ChunkGrid grid = terrain.grid(region);
        double slack = Math.min(plan.gateways().interest().hysteresisMetres(), terrain.sideMetres() * SLACK_SHARE);
        for (int chunk = 0; chunk < grid.chunkCount() && !wrong.isEmpty(); chunk++) {
            double half = terrain.sideMetres() / 2 + slack;
            if (Math.abs(terrain.centreX(region, chunk) - avatar.x()) <= half
                    && Math.abs(terrain.centreY(region, chunk) - avatar.y()) <= half
                    && fit(seen, avatar, chunk, world).isEmpty()) {
                return "";
            }
        }
        return wrong;
    }

    private String fit(Set<Long> seen, Sighting avatar, int from, Observation world) {
        RegionId region = avatar.cell().region();
        double radius = plan.gateways().interest().radiusMetres();
        for (Sighting truth : world.all) {
            RegionId there = truth.cell().region();
            int chunk = terrain.chunkOf(truth);
            double dx = Math.abs(terrain.centreX(there, chunk) - terrain.centreX(region, from));
            double dy = Math.abs(terrain.centreY(there, chunk) - terrain.centreY(region, from));
            double distance =
                    Math.hypot(Math.max(0, dx - terrain.sideMetres()), Math.max(0, dy - terrain.sideMetres()));
            boolean inReach = distance <= radius;
            if (inReach != seen.contains(truth.id())) {
                return (inReach ? "does not see " : "still sees ") + name(truth.id()) + " in " + truth.cell()
                        + ", whose chunk " + chunk + " is " + distance + " m from its own chunk " + from
                        + ", with a radius of " + radius;
            }
        }
        return "";
    }
}
