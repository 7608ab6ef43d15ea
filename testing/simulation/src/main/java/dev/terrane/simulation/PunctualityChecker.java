package dev.terrane.simulation;

import java.util.List;

/**
 * Where nobody is hindered, every entity is simulated in every tick, once; only who changes cells may miss one. That holds over borders, through splits and merges. Nobody loses a
 * connection.
 */
final class PunctualityChecker extends Checker {
    private final Ledger ledger;
    private final boolean calm;
    private final List<SimClient> clients;
    private int read;

    PunctualityChecker(Plan plan, Ledger ledger, List<SimClient> clients) {
        this.calm = plan.faults().none();
        this.ledger = ledger;
        this.clients = clients;
    }

    @Override
    void afterTick(Observation world) {
        for (; read < ledger.skips().size(); read++) {
            Ledger.Skip skip = ledger.skips().get(read);
            require(
                    !calm || (skip.ticks() == 2 && skip.moves() > 0),
                    () -> name(skip.entity()) + " in " + skip.cell() + " was simulated in tick " + skip.tick() + ", "
                            + skip.moves() + " hand-offs and " + skip.ticks() + " ticks after the last time");
        }
        for (SimClient client : clients) {
            require(
                    !calm || client.refusalCount() == 0,
                    () -> client + " lost its connection although nothing went wrong: " + client.lastError());
        }
    }
}
