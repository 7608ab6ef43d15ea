package dev.terrane.games.skirmish;

import dev.terrane.base.RegionId;
import dev.terrane.cell.WorldSchema;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.MovementRule;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Crafts that nothing but the movement rule moves; by number, in the order in which they came. */
final class Crafts {
    static final float TICK_SECONDS = 1f / 20;

    private final WorldSchema world = WorldSchema.of(List.of(new Skirmish()));
    private final EntityStore store = new EntityStore(world.components());
    private final MovementRule rule;
    private final List<Long> handles = new ArrayList<>();

    /** @param partition they are in its region 0,0 */
    Crafts(Partition partition) {
        rule = Objects.requireNonNull(world.rule()).start(partition.openSides(RegionId.ORIGIN));
    }

    int ship() {
        return add(new Craft(Craft.SHIP, 0, 3), Vitals.SHIP_FULL, new Pilot(0, 0, Pilot.ENERGY_MAX, 0));
    }

    int drone() {
        return add(new Craft(Craft.DRONE, 0, 2), Vitals.DRONE_FULL);
    }

    private int add(Record... components) {
        List<Record> all = new ArrayList<>(List.of(components));
        all.addAll(List.of(new Position(0, 0, 0), new Heading(0), new Velocity(0, 0), new Controls(0, 0, 0, 0, 0)));
        handles.add(store.spawn(all.toArray(Record[]::new)));
        store.flush();
        return handles.size() - 1;
    }

    <C extends Record> C get(int craft, Class<C> component) {
        return store.get(handles.get(craft), store.schema().type(component));
    }

    <C extends Record> void set(int craft, C value) {
        @SuppressWarnings("unchecked") // a record's own class
        Class<C> component = (Class<C>) value.getClass();
        store.set(handles.get(craft), store.schema().type(component), value);
    }

    boolean changed(int craft, Class<? extends Record> component, String name) {
        Field field = store.schema().field(component, name);
        long handle = handles.get(craft);
        return store.tableOf(handle).changed(field).get(store.rowOf(handle));
    }

    /** @param solids x, y and radius of each */
    void bounce(int craft, float... solids) {
        long handle = handles.get(craft);
        rule.bounce(store.tableOf(handle), store.rowOf(handle), solids, solids.length / 3);
    }

    void fly(int ticks) {
        for (int i = 0; i < ticks; i++) {
            store.clearChanges();
            for (Table table : store.query(store.schema().type(Controls.class))) {
                rule.step(table, TICK_SECONDS);
            }
        }
    }
}
