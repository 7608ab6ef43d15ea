package dev.terrane.games.skirmish;

import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.Ghosts;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/**
 * Finds what each bolt met on its way since the last tick: the first of ships, drones and asteroids. It ends there; what that means, the
 * target's owner decides by {@link Strike}.
 *
 * <p>A bolt lives in its shooter's time: it meets others where he sees them ({@link SeenTargets}), in each tick of its flight, and follows when his time changes. Rocks do not turn, so
 * where he sees one is worked out.
 */
final class BoltHits implements CellSystem {
    static final String DRONE_NAME = "Drone";
    /**
     * By how much in a tick a bolt follows its shooter's time. An honest client lets its own ship's time, and that of others, run up to 5 % slower or faster; whoever says that his runs
     * otherwise would choose, with his bolts on their way, when to see others in it.
     */
    private static final float LAG_CHANGE_MAX = 0.125f;

    private final EntityStore entities;
    private final boolean tellsShooters;
    private final Query bolts;
    private final ComponentType<Bolt> bolt;
    private final ComponentType<Craft> craft;
    private final ComponentType<Velocity> velocity;
    private final Field kind;
    private final Field lag;
    private final Field size;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final Targets targets;
    private final SeenTargets seenTargets;
    private final ComponentType<Pilot> pilot;
    private final long[] near = new long[256];
    /** Whom the bolt in question met first so far. */
    private final Meeting first = new Meeting();

    /** @param tellsShooters by {@link Judged}, for development */
    BoltHits(EntityStore entities, boolean tellsShooters) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.tellsShooters = tellsShooters;
        this.bolts = entities.query(schema.type(Bolt.class), schema.type(Position.class), schema.type(Velocity.class));
        this.bolt = schema.type(Bolt.class);
        this.craft = schema.type(Craft.class);
        this.velocity = schema.type(Velocity.class);
        this.lag = schema.field(Bolt.class, "lagTicks");
        this.kind = schema.field(Craft.class, "kind");
        this.size = schema.field(Craft.class, "size");
        this.positionX = schema.field(Position.class, "x");
        this.positionY = schema.field(Position.class, "y");
        this.velocityX = schema.field(Velocity.class, "x");
        this.velocityY = schema.field(Velocity.class, "y");
        this.targets = new Targets(schema);
        this.seenTargets = new SeenTargets(entities, targets);
        this.pilot = schema.type(Pilot.class);
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : bolts) {
            for (int row = 0; row < table.size(); row++) {
                Bolt flying = entities.get(table.entity(row), bolt);
                if (flying.firedTick() < cell.tick()) {
                    follow(cell, table, row, flying);
                }
            }
        }
    }

    /** Looks at it from each neighbour's point of view, so that fast targets are met as well; neighbours of other cells are ghosts. */
    private void follow(CellContext cell, Table table, int row, Bolt fired) {
        float lagBefore = fired.lagTicks();
        Bolt flying = followed(cell, table, row, fired);
        float seconds = cell.dtSeconds();
        float x = table.floats(positionX).get(row);
        float y = table.floats(positionY).get(row);
        float stepX = table.floats(velocityX).get(row) * seconds;
        float stepY = table.floats(velocityY).get(row) * seconds;
        Flown flown = new Flown(x, y, stepX, stepY, seconds);
        first.clear();
        int count = cell.near(flown.middleX(), flown.middleY(), flown.reach(), near);
        for (int i = 0; i < count; i++) {
            meet(entities, near[i], cell.idOf(near[i]), flying, flown);
        }
        Ghosts ghosts = cell.ghosts();
        count = ghosts.near(flown.middleX(), flown.middleY(), flown.reach(), near);
        for (int i = 0; i < count; i++) {
            long id = ghosts.idOf(near[i]);
            if (cell.find(id) == 0) { // it may have come in since it was last seen
                meet(ghosts.entities(), near[i], id, flying, flown);
            }
        }
        if (flying.lagTicks() > 0) {
            seenTargets.meet(cell, flying, lagBefore, flown, first);
        }
        if (first.id != 0) {
            float back = 1 - first.time;
            end(cell, table.entity(row), flying, x - stepX * back, y - stepY * back);
        }
    }

    /** As its shooter sees others at this tick. Of one who is elsewhere or has gone nothing is known: his time runs on as it did. */
    private Bolt followed(CellContext cell, Table table, int row, Bolt flying) {
        long shooter = cell.find(flying.shooter());
        float told = shooter == 0 ? 0 : cell.viewLagTicks(shooter);
        float before = flying.lagTicks();
        if (before == 0 || told == 0 || told == before) {
            return flying;
        }
        float now = Math.clamp(told, before - LAG_CHANGE_MAX, before + LAG_CHANGE_MAX);
        table.floats(lag).set(row, now);
        return flying.withLag(now);
    }

    /** The bolt ends here. If the way to the target's owner is full, it flies on instead: no hit without damage. */
    private void end(CellContext cell, long self, Bolt flying, float x, float y) {
        if (first.mortal) {
            Strike strike = new Strike(
                    flying.shooter(),
                    flying.shooterName(),
                    flying.weapon(),
                    cell.worldX(x),
                    cell.worldY(y),
                    cell.tick(),
                    flying.lagTicks());
            if (!cell.intend(first.id, strike)) {
                return;
            }
            long shooter = cell.find(flying.shooter());
            if (entities.has(shooter, pilot)) {
                cell.highlight(shooter, first.id);
                if (tellsShooters && flying.lagTicks() > 0) {
                    tell(cell, shooter, flying, x, y);
                }
            }
        }
        cell.despawn(self);
    }

    private void tell(CellContext cell, long shooter, Bolt flying, float x, float y) {
        cell.tell(
                shooter,
                new Judged(
                        first.id,
                        first.seenX,
                        first.seenY,
                        first.x,
                        first.y,
                        first.radius,
                        x,
                        y,
                        flying.lagTicks(),
                        (int) flying.firedTick()));
    }

    private void meet(EntityStore store, long entity, long id, Bolt flying, Flown flown) {
        if (!store.alive(entity) || !store.has(entity, craft)) {
            return;
        }
        boolean rock = store.tableOf(entity).ints(kind).get(store.rowOf(entity)) == Craft.ASTEROID;
        boolean target =
                flying.lagTicks() == 0 && id != flying.shooter() && targets.hostile(store, entity, flying.team());
        if (rock || target) {
            first.offer(id, meeting(store, entity, flown, flying.lagTicks()), !rock);
        }
    }

    private float meeting(EntityStore store, long entity, Flown flown, float lagTicks) {
        Table table = store.tableOf(entity);
        int row = store.rowOf(entity);
        boolean moves = table.has(velocity);
        float stepX = moves ? table.floats(velocityX).get(row) * flown.seconds() : 0;
        float stepY = moves ? table.floats(velocityY).get(row) * flown.seconds() : 0;
        return flown.meets(
                table.floats(positionX).get(row) - stepX * lagTicks,
                table.floats(positionY).get(row) - stepY * lagTicks,
                stepX,
                stepY,
                table.floats(size).get(row));
    }
}
