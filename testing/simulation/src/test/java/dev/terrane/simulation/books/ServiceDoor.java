package dev.terrane.simulation.books;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.CommandReceiver;
import java.util.List;

/** A service as the receiver of a lane: one transaction per batch. */
final class ServiceDoor implements CommandReceiver {
    private final SimNode node;
    private final ServiceTables tables;
    private long downUntilNanos;

    ServiceDoor(SimNode node, ServiceTables tables) {
        this.node = node;
        this.tables = tables;
    }

    @Override
    public void deliver(List<Delivery> batch, Reply reply) {
        BooksRun run = node.run;
        node.after(run.time.someMillis(6), () -> {
            if (run.time.rng.chance(run.faults.receiverFails() / 4)) {
                downUntilNanos = run.time.nanos() + run.time.someMillis(1_500);
            }
            if (run.time.nanos() < downUntilNanos || run.time.rng.chance(run.faults.receiverFails())) {
                if (run.time.rng.chance(0.8f)) {
                    reply.unavailable("down");
                }
                return; // or nobody ever says a word
            }
            if (run.sabotage == BooksSabotage.SETTLED_BEFORE_COMMIT) {
                hastily(batch, reply);
            } else {
                node.store(() -> carryOut(batch), reply::answered, () -> reply.unavailable("the database is away"));
            }
        });
    }

    private List<Verdict> carryOut(List<Delivery> batch) {
        BooksRun run = node.run;
        ServiceTables.Run transaction = tables.begin(batch, run.time.millis());
        if (run.sabotage == BooksSabotage.KEY_IN_ITS_OWN_TRANSACTION && run.time.rng.chance(run.faults.storeTears())) {
            transaction.commitEffects(); // and dies
            throw new StoreUnavailableException("torn", new IllegalStateException("torn"));
        }
        transaction.commit();
        return transaction.verdicts;
    }

    private void hastily(List<Delivery> batch, Reply reply) {
        ServiceTables.Run transaction = tables.begin(batch, node.run.time.millis());
        reply.answered(transaction.verdicts);
        node.store(
                () -> {
                    transaction.commit();
                    return true;
                },
                _ -> {},
                () -> {});
    }
}
