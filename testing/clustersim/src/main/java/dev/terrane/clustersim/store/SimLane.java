package dev.terrane.clustersim.store;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The lane of the cells' commands, as a table: whoever consumes it is given the oldest of each key until it is settled, in each of its lives. */
public final class SimLane {
    private final List<Delivery> waiting = new ArrayList<>();
    private final Bookkeeper bookkeeper;
    private long lastOffset;

    /** Hears of what is settled, in the order in which that is so. */
    @FunctionalInterface
    public interface Bookkeeper {
        void settled(CommandEnvelope command, CommandResult result);
    }

    public SimLane(Bookkeeper bookkeeper) {
        this.bookkeeper = bookkeeper;
    }

    /** From now on it is in the lane for good. */
    public void append(CommandEnvelope command) {
        waiting.add(new Delivery(++lastOffset, command, 1));
    }

    /** Commands that are not settled. */
    public int waitingCount() {
        return waiting.size();
    }

    List<Delivery> heads() {
        Set<String> keys = new HashSet<>();
        return waiting.stream().filter(each -> keys.add(each.command().key())).toList();
    }

    void settle(Delivery delivery, CommandResult result) {
        if (waiting.removeIf(each -> each.offset() == delivery.offset())) {
            bookkeeper.settled(delivery.command(), result);
        }
    }
}
