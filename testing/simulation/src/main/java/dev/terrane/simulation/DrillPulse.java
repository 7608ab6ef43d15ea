package dev.terrane.simulation;

import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.simulation.Drill.Pulse;

/** Every entity of the {@link Drill} knows when it was last simulated, and tells when a tick was left out or came twice. */
final class DrillPulse {
    private final Ledger ledger;
    private final Query beating;
    private final Field tick;
    private final Field ownershipThen;
    private final Field ownership;
    private final Field id;

    DrillPulse(WorldContext world, Ledger ledger) {
        Schema schema = world.entities().schema();
        this.ledger = ledger;
        this.beating = world.entities().query(schema.type(Identity.class), schema.type(Pulse.class));
        this.tick = schema.field(Pulse.class, "tick");
        this.ownershipThen = schema.field(Pulse.class, "ownership");
        this.ownership = schema.field(Identity.class, "ownership");
        this.id = schema.field(Identity.class, "id");
    }

    void beat(CellContext cell) {
        for (Table table : beating) {
            for (int row = 0; row < table.size(); row++) {
                int last = table.ints(tick).get(row);
                int now = table.ints(ownership).get(row);
                long gap = cell.tick() - last;
                if (last != 0 && gap != 1) {
                    int moves = now - table.ints(ownershipThen).get(row);
                    ledger.skipped(new Ledger.Skip(cell.tick(), table.longs(id).get(row), cell.cell(), gap, moves));
                }
                table.ints(tick).set(row, (int) cell.tick());
                table.ints(ownershipThen).set(row, now);
            }
        }
    }
}
