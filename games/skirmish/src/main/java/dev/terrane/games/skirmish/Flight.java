package dev.terrane.games.skirmish;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.MovementRule;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;

/** Ships and drones obey their controls and move, by the rule that pages have, too: {@code rule/flight.ts}. */
final class Flight implements CellSystem {
    private final Query crafts;
    private final MovementRule rule;

    Flight(EntityStore entities, MovementRule rule) {
        Schema schema = entities.schema();
        this.crafts = entities.query(
                schema.type(Craft.class),
                schema.type(Vitals.class),
                schema.type(Controls.class),
                schema.type(Heading.class),
                schema.type(Velocity.class),
                schema.type(Position.class));
        this.rule = rule;
    }

    @Override
    public void run(CellContext cell) {
        for (Table table : crafts) {
            rule.step(table, cell.dtSeconds());
        }
    }
}
