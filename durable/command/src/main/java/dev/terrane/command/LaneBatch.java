package dev.terrane.command;

import java.util.List;

/**
 * Commands that are delivered together, and what became of them so far.
 */
final class LaneBatch {
    /** As the receiver is given them, if it is the first time. */
    final List<CommandReceiver.Delivery> deliveries;
    /** Taken from the row beside them, to stand behind parked commands of their keys. */
    final List<ParkedCommand> behind;
    /** Offset up to which the row is used up by this batch. */
    final long endOffset;

    /** 0: not on its way. */
    long ticket;

    long sentAtNanos;
    long deliverAtNanos;
    int faultCount;
    /** The receiver was unavailable, and it is not known yet whether our own store is, too. */
    boolean probing;

    boolean storeWasAway;
    String why = "";

    LaneBatch(List<CommandReceiver.Delivery> deliveries, List<ParkedCommand> behind, long endOffset) {
        this.deliveries = deliveries;
        this.behind = behind;
        this.endOffset = endOffset;
    }

    List<CommandReceiver.Delivery> toDeliver() {
        if (faultCount == 0) {
            return deliveries;
        }
        return deliveries.stream()
                .map(first ->
                        new CommandReceiver.Delivery(first.offset(), first.command(), first.attempt() + faultCount))
                .toList();
    }
}
