package dev.terrane.server.coordinator;

import dev.terrane.base.NodeId;
import dev.terrane.coordinator.Agreement;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.Release;
import java.util.ArrayList;
import java.util.List;

/**
 * Of one leadership: proposes to agree on a release when that is wanted and nobody is in the way, one entry at a time. A wish that cannot be carried out is taken back and does not wait: a node that is lost for a
 * moment would not be in the way then, and would be refused when it comes back. The coordinator's thread.
 */
final class AgreementDesk {
    private final long term;
    private final List<NodeId> coordinators;
    private boolean underway;

    AgreementDesk(long term, List<NodeId> coordinators) {
        this.term = term;
        this.coordinators = coordinators;
    }

    List<Entry> step(CoordinatorState state) {
        List<Entry> entries = new ArrayList<>();
        if (!underway) {
            Agreement.due(state, coordinators, Release.OWN)
                    .ifPresent(agree -> entries.add(new Entry(term, "leader", "all nodes are of it", agree)));
            Agreement.wish(state)
                    .filter(_ -> entries.isEmpty())
                    .ifPresent(wanted -> entries.add(new Entry(
                            term,
                            "leader",
                            Agreement.obstacle(state, coordinators, wanted).orElse("it is agreed on"),
                            new Command.SetOverride(Agreement.WISH, ""))));
            underway = !entries.isEmpty();
        }
        return entries;
    }

    /** Also when nobody knows what became of it: if it is still due, it is proposed again. */
    void answered(Entry entry) {
        underway &= !(entry.command() instanceof Command.PutValue)
                && !(entry.command() instanceof Command.SetOverride(String name, String _)
                        && name.equals(Agreement.WISH));
    }
}
