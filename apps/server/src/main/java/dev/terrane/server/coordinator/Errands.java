package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.AdminOverride;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.server.witness.TraceWish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the leader does for administrators: moves cells in their name, and forgets what they have looked at. */
final class Errands {
    private Errands() {}

    /** Traces that are over, and that nobody can read any more. */
    static List<Command> forgotten(CoordinatorState state, long nowMillis) {
        List<Command> forgotten = new ArrayList<>();
        for (TraceWish wish : AdminTraces.wishes(state)) {
            if (nowMillis > wish.untilMillis() + TraceWish.KEPT_MILLIS) {
                forgotten.add(new Command.PutValue(wish.key(), Command.PutValue.ANY, new byte[0]));
            }
        }
        return forgotten;
    }

    /** The entry; one that moves a cell names whoever wanted that, when it was somebody. */
    static Entry named(Entry entry, CoordinatorState state) {
        if (!(entry.command() instanceof Command.BeginMove(CellId cell, long _, NodeId _))) {
            return entry;
        }
        for (String kind : new String[] {PlannedSeating.MOVE, PlannedSeating.PIN}) {
            Optional<AdminOverride> wish = state.overrides().stream()
                    .filter(each -> each.name().equals(kind + cell))
                    .findFirst();
            if (wish.isPresent()) {
                return entry.by("leader for " + wish.get().author(), wish.get().reason());
            }
        }
        NodeId owner = state.tenure(cell).owner();
        return owner == null
                ? entry
                : state.drainedBy(owner)
                        .map(drain ->
                                entry.by("leader for " + drain.author(), "drain of " + owner + ": " + drain.reason()))
                        .orElseGet(() -> entry.by(entry.author(), "headroom, by the plan"));
    }
}
