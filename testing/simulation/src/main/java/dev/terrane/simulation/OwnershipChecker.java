package dev.terrane.simulation;

import dev.terrane.base.CellId;
import java.util.HashMap;
import java.util.Map;

/** Ownership counters only rise, by one with each hand-off: of two copies the higher is true. A crash may take back what no image knew. */
final class OwnershipChecker extends Checker {
    private final Map<Long, Sighting> last = new HashMap<>();
    private boolean crashed;

    @Override
    public void died(CellId cell, long epoch) {
        crashed = true;
    }

    @Override
    void afterTick(Observation world) {
        for (Sighting sighting : world.all) {
            Sighting before = last.put(sighting.id(), sighting);
            if (before == null) {
                continue;
            }
            boolean moved = !before.cell().equals(sighting.cell());
            require(
                    crashed || sighting.ownership() >= before.ownership() + (moved ? 1 : 0),
                    () -> name(sighting.id()) + " had ownership " + before.ownership() + " in " + before.cell()
                            + " and has " + sighting.ownership() + " in " + sighting.cell());
        }
    }
}
