package dev.terrane.cell;

import dev.terrane.base.StateHash;

/**
 * A cheap fingerprint of a tick's end: all that is small, and of the entities one part after the other, so that each has taken part after {@code parts} ticks.
 * A divergence shows at once where it touches chance or numbers of things, else within {@code parts} ticks.
 */
final class Pulse {
    private Pulse() {}

    static long of(Body body, int parts) {
        StateHash hash = new StateHash();
        hash.add(body.tick).add(body.rng.state()).add(body.population.mintedCount());
        hash.add(body.population.store.slotLimit()).add(body.drivers.count());
        hash.add(body.handoffs.keptCount()).add(body.handoffs.arrivalCount());
        hash.add(body.intents.waitingCount()).add(body.ghosts.count());
        body.population.store.hashPart(hash, (int) (body.tick % parts), parts);
        return hash.value();
    }
}
