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
 */
final class BoltHits implements CellSystem {
    static final String DRONE_NAME = "Drone";

    private final EntityStore entities;
    private final Query bolts;
    private final ComponentType<Bolt> bolt;
    private final ComponentType<Craft> craft;
    private final ComponentType<Velocity> velocity;
    private final Field kind;
    private final Field size;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final Targets targets;
    private final ComponentType<Pilot> pilot;
    private final long[] near = new long[256];
    /** The id of whom the bolt in question met first so far, or 0. */
    private long first;

    private float firstTime;
    private boolean firstMortal;

    BoltHits(EntityStore entities) {
        Schema schema = entities.schema();
        this.entities = entities;
        this.bolts = entities.query(schema.type(Bolt.class), schema.type(Position.class), schema.type(Velocity.class));
        this.bolt = schema.type(Bolt.class);
        this.craft = schema.type(Craft.class);
        this.velocity = schema.type(Velocity.class);
        this.kind = schema.field(Craft.class, "kind");
        this.size = schema.field(Craft.class, "size");
        this.positionX = schema.field(Position.class, "x");
        this.positionY = schema.field(Position.class, "y");
        this.velocityX = schema.field(Velocity.class, "x");
        this.velocityY = schema.field(Velocity.class, "y");
        this.targets = new Targets(schema);
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
    private void follow(CellContext cell, Table table, int row, Bolt flying) {
        float seconds = cell.dtSeconds();
        float x = table.floats(positionX).get(row);
        float y = table.floats(positionY).get(row);
        float stepX = table.floats(velocityX).get(row) * seconds;
        float stepY = table.floats(velocityY).get(row) * seconds;
        float reach = Angles.length(stepX, stepY) / 2 + Craft.SIZE_MAX;
        first = 0;
        firstTime = Sweep.MISS;
        Path path = new Path(x, y, stepX, stepY, seconds);
        int count = cell.near(x - stepX / 2, y - stepY / 2, reach, near);
        for (int i = 0; i < count; i++) {
            meet(entities, near[i], cell.idOf(near[i]), flying, path);
        }
        Ghosts ghosts = cell.ghosts();
        count = ghosts.near(x - stepX / 2, y - stepY / 2, reach, near);
        for (int i = 0; i < count; i++) {
            long id = ghosts.idOf(near[i]);
            if (cell.find(id) == 0) { // it may have come in since it was last seen
                meet(ghosts.entities(), near[i], id, flying, path);
            }
        }
        if (first != 0) {
            float back = 1 - firstTime;
            end(cell, table.entity(row), flying, x - stepX * back, y - stepY * back);
        }
    }

    /** The bolt ends here. If the way to the target's owner is full, it flies on instead: no hit without damage. */
    private void end(CellContext cell, long self, Bolt flying, float x, float y) {
        if (firstMortal) {
            Strike strike =
                    new Strike(flying.shooter(), flying.shooterName(), flying.weapon(), cell.worldX(x), cell.worldY(y));
            if (!cell.intend(first, strike)) {
                return;
            }
            long shooter = cell.find(flying.shooter());
            if (entities.has(shooter, pilot)) {
                cell.highlight(shooter, first);
            }
        }
        cell.despawn(self);
    }

    private void meet(EntityStore store, long entity, long id, Bolt flying, Path path) {
        if (!store.alive(entity) || !store.has(entity, craft)) {
            return;
        }
        boolean rock = store.tableOf(entity).ints(kind).get(store.rowOf(entity)) == Craft.ASTEROID;
        if (rock || (id != flying.shooter() && targets.hostile(store, entity, flying.team()))) {
            float time = meeting(store, entity, path);
            if (time < firstTime) {
                firstTime = time;
                first = id;
                firstMortal = !rock;
            }
        }
    }

    /** Where a bolt is and how it came there in this tick. */
    private record Path(float x, float y, float stepX, float stepY, float seconds) {}

    private float meeting(EntityStore store, long entity, Path path) {
        Table table = store.tableOf(entity);
        int row = store.rowOf(entity);
        boolean moves = table.has(velocity);
        float relativeX = path.stepX() - (moves ? table.floats(velocityX).get(row) * path.seconds() : 0);
        float relativeY = path.stepY() - (moves ? table.floats(velocityY).get(row) * path.seconds() : 0);
        return Sweep.circle(
                path.x() - table.floats(positionX).get(row) - relativeX,
                path.y() - table.floats(positionY).get(row) - relativeY,
                relativeX,
                relativeY,
                table.floats(size).get(row) + Weapon.BOLT_SIZE);
    }
}
