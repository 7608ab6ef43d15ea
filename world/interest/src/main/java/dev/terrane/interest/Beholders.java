package dev.terrane.interest;

import dev.terrane.ecs.Audience;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.RowMarks;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.kit.Allegiance;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Veiled;
import dev.terrane.protocol.cluster.SliceAudience;
import org.jspecify.annotations.Nullable;

/** Who may see one face of the entities of a table, by the columns that say so. */
final class Beholders {
    private final Audience face;
    private final boolean driven;
    private final @Nullable IntColumn squad;
    private final @Nullable IntColumn team;
    private final @Nullable IntColumn veil;
    private final RowMarks[] marks;

    private Beholders(Schema schema, Table table, Audience face) {
        this.face = face;
        ComponentType<Allegiance> allegiance = schema.type(Allegiance.class);
        ComponentType<Veiled> veiled = schema.type(Veiled.class);
        boolean grouped = table.has(allegiance);
        boolean hides = table.has(veiled) && face == Audience.ALL;
        this.driven = table.has(schema.type(Avatar.class));
        this.squad = grouped ? table.ints(allegiance.field("squad")) : null;
        this.team = grouped ? table.ints(allegiance.field("team")) : null;
        this.veil = hides ? table.ints(veiled.field("to")) : null;
        RowMarks[] ofGroup = grouped && (hides || face != Audience.ALL)
                ? new RowMarks[] {table.changed(allegiance.field("squad")), table.changed(allegiance.field("team"))}
                : new RowMarks[0];
        this.marks = new RowMarks[ofGroup.length + (hides ? 1 : 0)];
        System.arraycopy(ofGroup, 0, marks, 0, ofGroup.length);
        if (hides) {
            marks[ofGroup.length] = table.changed(veiled.field("to"));
        }
    }

    static Beholders of(Schema schema, Table table, Audience face) {
        return new Beholders(schema, table, face);
    }

    long marks(int word) {
        long any = 0;
        for (RowMarks each : marks) {
            any |= each.word(word);
        }
        return any;
    }

    int squad(int row) {
        return squad == null ? 0 : squad.read()[row];
    }

    int team(int row) {
        return team == null ? 0 : team.read()[row];
    }

    long of(int row, TableView.Seat seat) {
        return switch (face) {
            case ALL -> veil == null ? SliceAudience.EVERYBODY : behindVeil(veil.read()[row], row, seat);
            case SQUAD -> squad(row) == 0 ? TableView.NOBODY : SliceAudience.squad(squad(row));
            case TEAM -> team(row) == 0 ? TableView.NOBODY : SliceAudience.team(team(row));
            case OWNER -> throw new IllegalStateException("what is for the driver alone is in no slice");
        };
    }

    private long behindVeil(int to, int row, TableView.Seat seat) {
        if (to == Veiled.NOT) {
            return SliceAudience.EVERYBODY;
        }
        if (to == Veiled.SQUAD && squad(row) != 0) {
            return SliceAudience.squad(squad(row));
        }
        if (to == Veiled.TEAM && team(row) != 0) {
            return SliceAudience.team(team(row));
        }
        return driven ? SliceAudience.driverOf(seat.id().read()[row]) : TableView.NOBODY;
    }
}
