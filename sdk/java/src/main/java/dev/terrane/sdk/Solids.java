package dev.terrane.sdk;

import dev.terrane.base.RegionId;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.rule.CompiledRule;
import dev.terrane.rule.RuleSolid;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** What is in the way of the own avatar, as its movement rule says, among the entities in view. Belongs to the client's callbacks, as entities do. */
final class Solids implements Predictor.Obstacles {
    /** x, y and radius. */
    static final int VALUES = 3;

    /** Farther from the avatar's last known place than this nothing can be in its way before the server's next word. */
    private static final double REACH_METRES = 60;

    private final int radius;
    private final int kind;
    private final int value;
    private final Partition partition;
    private final Supplier<Collection<Entity>> entities;

    /** A thing that is in the way of others, in world coordinates. */
    record Solid(double worldX, double worldY, float radius) {}

    private record Near(double x, double y, double radius, double away) {}

    Solids(RuleSolid solid, WireLayout layout, Partition partition, Supplier<Collection<Entity>> entities) {
        this.radius =
                layout.flatIndexOf(solid.radius().component(), solid.radius().field());
        this.kind = layout.flatIndexOf(solid.kind().component(), solid.kind().field());
        this.value = solid.value();
        this.partition = partition;
        this.entities = entities;
    }

    @Override
    public float[] near(RegionId region, double x, double y) {
        List<Solid> all = new ArrayList<>();
        if (kind >= 0) {
            for (Entity entity : entities.get()) {
                if (entity.has(kind) && entity.bits(kind) == value) {
                    float size = radius < 0 ? 0 : entity.floatValue(radius);
                    all.add(new Solid(entity.worldX(), entity.worldY(), size));
                }
            }
        }
        return near(all, partition.originX(region), partition.originY(region), x, y);
    }

    /** Those near the place, from the origin; the nearest if there are too many. */
    static float[] near(List<Solid> all, double originX, double originY, double x, double y) {
        List<Near> found = new ArrayList<>();
        for (Solid each : all) {
            double eachX = each.worldX - originX;
            double eachY = each.worldY - originY;
            double away = Math.sqrt((eachX - x) * (eachX - x) + (eachY - y) * (eachY - y)) - each.radius;
            if (away < REACH_METRES) {
                found.add(new Near(eachX, eachY, each.radius, away));
            }
        }
        if (found.size() > CompiledRule.SOLID_COUNT_MAX) {
            found.sort(Comparator.comparingDouble(Near::away));
        }
        float[] solids = new float[Math.min(found.size(), CompiledRule.SOLID_COUNT_MAX) * VALUES];
        for (int i = 0; i < solids.length / VALUES; i++) {
            Near each = found.get(i);
            solids[i * VALUES] = (float) each.x;
            solids[i * VALUES + 1] = (float) each.y;
            solids[i * VALUES + 2] = (float) each.radius;
        }
        return solids;
    }
}
