package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Tenure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes lived and did not follow a cell, so that its owner did without: the plan prefers others for a while. What a leader has seen, and no other; one thread.
 *
 * <p>That a node has died, begun another life or is being emptied is no fault of it, nor is anything under another owner.
 */
final class GivenUp {
    /** Looks for which it is remembered: as long as cells rest. By then the plan may try that node again, where it has a reason to. */
    static final int STEPS = 60;

    static final int NODES_MAX = 8;

    /** Who had the copies when last looked. */
    private final Map<CellId, Copy> copies = new TreeMap<>();

    private final Map<CellId, List<Failure>> failures = new TreeMap<>();

    /** @param slot of the node's life */
    private record Copy(long epoch, NodeId node, int slot) {}

    private record Failure(Copy copy, long step) {}

    /** The state may have changed: has to hear of each time at which a cell is without a standby, or takes no notice. */
    void look(CoordinatorState state, long step) {
        for (Tenure tenure : state.tenures()) {
            NodeId standby = tenure.standby();
            Copy before = standby == null
                    ? copies.remove(tenure.cell())
                    : copies.put(tenure.cell(), new Copy(tenure.epoch(), standby, state.slot(standby)));
            if (standby == null && before != null && hasLeft(state, tenure, before)) {
                remember(tenure.cell(), new Failure(before, step));
            }
        }
        failures.values().forEach(all -> all.removeIf(each -> step - each.step >= STEPS));
        failures.values().removeIf(List::isEmpty);
    }

    /** While nothing has happened to the node or the owner. */
    private static boolean hasLeft(CoordinatorState state, Tenure tenure, Copy before) {
        return tenure.isHeld()
                && tenure.epoch() == before.epoch
                && state.slot(before.node) == before.slot
                && !state.isDraining(before.node);
    }

    private void remember(CellId cell, Failure failure) {
        List<Failure> all = failures.computeIfAbsent(cell, _ -> new ArrayList<>());
        all.removeIf(each -> each.copy.epoch != failure.copy.epoch || each.copy.node.equals(failure.copy.node));
        all.add(failure);
        if (all.size() > NODES_MAX) {
            all.removeFirst();
        }
    }

    /** Under its present owner, the last one last; {@value #NODES_MAX} at most. */
    List<NodeId> of(Tenure tenure, long step) {
        @Nullable List<Failure> known = failures.get(tenure.cell());
        return known == null
                ? List.of()
                : known.stream()
                        .filter(each -> each.copy.epoch == tenure.epoch() && step - each.step < STEPS)
                        .map(each -> each.copy.node)
                        .toList();
    }
}
