package dev.terrane.simulation;

import dev.terrane.base.RegionId;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.simulation.Drill.Bang;
import dev.terrane.simulation.Drill.Blast;
import dev.terrane.simulation.Drill.Bullet;
import dev.terrane.simulation.Drill.Gun;
import dev.terrane.simulation.Drill.Wounds;
import java.util.List;
import java.util.TreeSet;

/** Who shoots whom in the {@link Drill}: own entities and ghosts alike, by intents with numbers of their own. */
final class DrillShots {
    private static final float RANGE_METRES = 60;
    private static final int SHOOT_ONE_IN = 4;
    private static final int BLAST_ONE_IN = 3;
    private static final int CANDIDATE_COUNT_MAX = 16;
    /** Nobody but avatars survives more. */
    private static final int WOUNDS_MAX = 12;

    private final Schema schema;
    private final Ledger ledger;
    private final int quietFromTick;
    private final Query armed;
    private final Field x;
    private final Field y;
    private final long[] near = new long[CANDIDATE_COUNT_MAX];

    DrillShots(WorldContext world, Plan plan, Ledger ledger) {
        this.schema = world.entities().schema();
        this.ledger = ledger;
        this.quietFromTick = plan.faultTicks();
        this.armed = world.entities().query(schema.type(Position.class), schema.type(Gun.class));
        this.x = schema.field(Position.class, "x");
        this.y = schema.field(Position.class, "y");
    }

    void shoot(CellContext cell) {
        if (cell.tick() >= quietFromTick) {
            return;
        }
        for (Table table : armed) {
            for (int row = 0; row < table.size(); row++) {
                if (cell.rng().nextInt(SHOOT_ONE_IN) == 0) {
                    shoot(
                            cell,
                            table.entity(row),
                            table.floats(x).get(row),
                            table.floats(y).get(row));
                }
            }
        }
    }

    private void shoot(CellContext cell, long shooter, float fromX, float fromY) {
        if (cell.rng().nextInt(BLAST_ONE_IN) == 0) {
            detonate(cell, fromX, fromY);
            return;
        }
        boolean abroad = cell.rng().chance(0.7f);
        int count = abroad
                ? cell.ghosts().near(fromX, fromY, RANGE_METRES, near)
                : cell.near(fromX, fromY, RANGE_METRES, near);
        if (count == 0) {
            return;
        }
        long chosen = near[cell.rng().nextInt(count)];
        long target = abroad ? cell.ghosts().idOf(chosen) : cell.idOf(chosen);
        long self = cell.idOf(shooter);
        if (target == self) {
            return;
        }
        long number = ledger.nextNumber();
        if (cell.intend(target, new Bullet(number, self))) {
            ledger.shot(new Ledger.Shot(number, cell.cell(), target));
            int before = cell.entities().get(shooter, schema.type(Gun.class)).shotCount();
            cell.entities().set(shooter, schema.type(Gun.class), new Gun(before + 1));
        }
    }

    private void detonate(CellContext cell, float x, float y) {
        long number = ledger.nextNumber();
        if (cell.intendAround(x, y, RANGE_METRES, new Blast(number))) {
            ledger.blast(new Ledger.Blast(number, cell.cell(), touched(cell, x, y)));
        }
    }

    /** The regions of some points well within the circle. */
    private static List<RegionId> touched(CellContext cell, float x, float y) {
        TreeSet<RegionId> regions = new TreeSet<>();
        float step = RANGE_METRES / 2;
        for (int i = -1; i <= 1; i++) {
            for (int j = -1; j <= 1; j++) {
                regions.add(cell.map().partition().regionAt(cell.worldX(x + i * step), cell.worldY(y + j * step)));
            }
        }
        return List.copyOf(regions);
    }

    void blast(CellContext cell, float x, float y, float radiusMetres, Blast blast) {
        ledger.burst(new Ledger.Burst(blast.number(), cell.cell()));
    }

    void hit(CellContext cell, long target, Bullet bullet) {
        Identity identity = cell.entities().get(target, schema.type(Identity.class));
        ledger.hit(new Ledger.Hit(bullet.number(), cell.cell(), identity.id()));
        if (!cell.entities().has(target, schema.type(Wounds.class))) {
            return;
        }
        int count = cell.entities().get(target, schema.type(Wounds.class)).count() + 1;
        cell.entities().set(target, schema.type(Wounds.class), new Wounds(count));
        Position at = cell.entities().get(target, schema.type(Position.class));
        cell.emit(new Bang(bullet.number()), at.x(), at.y());
        boolean mortal = !cell.entities().has(target, schema.type(Drill.Diary.class));
        if (mortal && count == WOUNDS_MAX) {
            ledger.died(cell.tick(), identity.id());
            cell.despawn(target);
        }
    }
}
