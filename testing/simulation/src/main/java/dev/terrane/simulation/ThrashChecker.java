package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Borders are sticky: nobody is handed over more often per second than the cooldown lets. Between layers of one region other rules hold. */
final class ThrashChecker extends Checker {
    private static final int WINDOW_TICKS = Plan.SIMULATION_HZ;

    private final int cooldownTicks;
    private final int stallTicksMax;
    private final Map<Long, ArrayDeque<Long>> crossings = new HashMap<>();
    private final Map<Long, Integer> highest = new HashMap<>();
    private long handoffCount;

    ThrashChecker(Plan plan, int stallTicksMax) {
        this.cooldownTicks = plan.cells().borders().cooldownTicks();
        this.stallTicksMax = stallTicksMax;
    }

    @Override
    public void offered(@Nullable CellId sender, CellId target, CellInput message, Admission answer) {
        if (!(message instanceof HandoffOffer offer)
                || answer != Admission.ACCEPTED
                || offer.ownership() <= highest.getOrDefault(offer.entity(), 0)) {
            return; // refused, or sent again
        }
        highest.put(offer.entity(), offer.ownership());
        handoffCount++;
        if (offer.source().region().equals(target.region())) {
            return;
        }
        ArrayDeque<Long> recent = crossings.computeIfAbsent(offer.entity(), _ -> new ArrayDeque<>());
        recent.add(now());
        while (recent.element() <= now() - WINDOW_TICKS) {
            recent.remove();
        }
        // The first may leave at once; a cell that stood still makes up for it all in one round.
        int limit = 2 + (WINDOW_TICKS + stallTicksMax) / Math.max(1, cooldownTicks);
        require(
                cooldownTicks == 0 || recent.size() <= limit,
                () -> name(offer.entity()) + " crossed " + recent.size()
                        + " borders within a second, with a cooldown of " + cooldownTicks + " ticks");
    }

    long handoffCount() {
        return handoffCount;
    }
}
