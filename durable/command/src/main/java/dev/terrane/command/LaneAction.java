package dev.terrane.command;

import java.util.List;

/** What a {@link LaneConsumer} wants done by whoever drives it. */
public sealed interface LaneAction {
    /** A call that waits for the store: carry it out on a thread that may wait, then tell the consumer what came of it. At most one is on its way. */
    sealed interface StoreCall extends LaneAction {
        /** Tells the answer from that of a call that has been given up. */
        long ticket();

        /** Blocks. Whatever the store throws comes back as {@link LaneEvent.Away}. */
        default LaneEvent carryOut(LaneStore store) {
            try {
                return switch (this) {
                    case Acquire call ->
                        new LaneEvent.Acquired(
                                ticket(), store.acquire(call.partition(), call.holder(), call.ttlMillis()));
                    case Renew call ->
                        new LaneEvent.Renewed(
                                ticket(), store.renew(call.lease(), call.settledNumber(), call.ttlMillis()));
                    case Read call ->
                        new LaneEvent.WasRead(
                                ticket(), store.read(call.partition(), call.fromOffset(), call.countMax()));
                    case Settle call ->
                        new LaneEvent.Settled(
                                ticket(), store.settle(call.lease(), call.ttlMillis(), call.settlement()));
                    case Release call -> {
                        store.release(call.lease());
                        yield new LaneEvent.Released(ticket());
                    }
                };
            } catch (LaneUnavailableException e) {
                return new LaneEvent.Away(ticket(), String.valueOf(e.getMessage()), false);
            } catch (RuntimeException e) {
                // A refusal by the store itself is a bug, but one that a repaired database may heal: the lane waits.
                return new LaneEvent.Away(ticket(), String.valueOf(e), true);
            }
        }
    }

    /** {@link LaneStore#acquire}. */
    record Acquire(long ticket, LanePartition partition, String holder, long ttlMillis) implements StoreCall {}

    /** {@link LaneStore#renew}. */
    record Renew(long ticket, LaneLease lease, long settledNumber, long ttlMillis) implements StoreCall {}

    /** {@link LaneStore#read}. */
    record Read(long ticket, LanePartition partition, long fromOffset, int countMax) implements StoreCall {}

    /** {@link LaneStore#settle}. */
    record Settle(long ticket, LaneLease lease, long ttlMillis, Settlement settlement) implements StoreCall {}

    /** {@link LaneStore#release}. */
    record Release(long ticket, LaneLease lease) implements StoreCall {}

    /** For {@link CommandReceiver#deliver}; the answer comes back as {@link LaneEvent.Answered} or {@link LaneEvent.Unavailable} with the ticket. */
    record Deliver(long ticket, List<CommandReceiver.Delivery> batch) implements LaneAction {}

    /** Results that are final: tell whoever asked. The same result may be published again after a takeover. */
    record Publish(List<CommandAnswer> answers) implements LaneAction {}
}
