package dev.terrane.simulation;

import dev.terrane.sdk.Entity;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.Partition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * After quiet each client sees exactly what interests it: everybody within its radius, nobody beyond what the watched chunks hold, each where it is and as
 * wounded as it is.
 */
final class ViewChecker extends Checker {
    /** Half a step of kit.position, and what floats add in a wide world. */
    private static final double STEP_METRES = 1.0 / 64 / 2 + 0.01;
    /** An avatar counts to its chunk until it has left it by an eighth. */
    private static final double SLACK_CHUNKS = 0.25;
    /** Distances are measured from the avatar's chunk, wherever in it the avatar stands. */
    private static final double DIAGONAL = 1.42;

    private final Plan plan;
    private final List<SimClient> clients;

    ViewChecker(Plan plan, List<SimClient> clients) {
        this.plan = plan;
        this.clients = clients;
    }

    @Override
    String unsettled(Observation world) {
        for (SimClient client : clients) {
            Sighting avatar = world.find(client.avatar());
            if (!client.playing() || avatar == null) {
                return client + " does not play: " + client.lastError();
            }
            String wrong = compare(client, avatar, world);
            if (!wrong.isEmpty()) {
                return client + " in " + avatar.cell() + ": " + wrong;
            }
        }
        return "";
    }

    private String compare(SimClient client, Sighting avatar, Observation world) {
        double side = plan.cells().chunkMetres();
        double astray = astray(avatar) + side * SLACK_CHUNKS;
        double mustSee = plan.gateways().interest().radiusMetres() - astray;
        double maySee = plan.gateways().interest().radiusMetres() + astray + side * DIAGONAL;
        Map<Long, Entity> seen = new HashMap<>();
        for (Entity entity : client.entities()) {
            seen.put(entity.id(), entity);
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
            if (chunkDistance(truth, avatar) > maySee) {
                return "still sees " + name(entity.id()) + ", whose chunk is " + chunkDistance(truth, avatar)
                        + " m away, with a radius of " + maySee;
            }
        }
        for (Sighting truth : world.all) {
            if (!seen.containsKey(truth.id()) && chunkDistance(truth, avatar) < mustSee) {
                return "does not see " + name(truth.id()) + " in " + truth.cell() + ", whose chunk is "
                        + chunkDistance(truth, avatar) + " m away, with a radius of " + mustSee;
            }
        }
        return "";
    }

    /** From the avatar to the chunk in which the other one's cell keeps it. */
    private double chunkDistance(Sighting truth, Sighting avatar) {
        Partition partition = plan.partition();
        var region = truth.cell().region();
        ChunkGrid grid = new ChunkGrid(partition.bounds(region), plan.cells().chunkMetres());
        double originX = partition.originX(region);
        double originY = partition.originY(region);
        int chunk = grid.chunkAt((float) (truth.x() - originX), (float) (truth.y() - originY));
        return grid.distanceTo(chunk, avatar.x() - originX, avatar.y() - originY);
    }

    /** How far the avatar stands outside the chunk that its cell keeps it in: beyond a sticky border. */
    private double astray(Sighting avatar) {
        return chunkDistance(avatar, avatar);
    }
}
