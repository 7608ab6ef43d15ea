package dev.terrane.command;

import java.util.List;

/**
 * Whoever carries commands out: a service, or the cells of a world.
 *
 * <p><b>Exactly once.</b> A command may be delivered any number of times, and by a consumer that has just lost its lease at the same time as by its
 * successor. The receiver commits effect, idempotency key and result in one step; for a key that it finds committed it gives the recorded
 * result, or {@link CommandErrors#CONFLICT} when the payload's hash differs.
 */
public interface CommandReceiver {
    /**
     * Carries a batch out and tells the answer: soon, on any thread, exactly once. Must not block the caller.
     *
     * @param batch of one partition, in order; commands with one key must be carried out in this order
     */
    void deliver(List<Delivery> batch, Reply reply);

    /** @param attempt 1 for the first time */
    record Delivery(long offset, CommandEnvelope command, int attempt) {}

    /** Where the answer goes. Any thread may call it. */
    interface Reply {
        /** @param verdicts one per delivery, in their order */
        void answered(List<Verdict> verdicts);

        /** Nothing is known to have happened, by a fault of the infrastructure: the batch will come again. */
        void unavailable(String why);
    }

    /** What became of one delivery. */
    sealed interface Verdict {
        /** Its result is committed, now or by an earlier delivery. */
        record Settled(CommandResult result) implements Verdict {}

        /** The handler threw: a bug. Nothing was changed; the key is put aside, and the command tried again later. */
        record Threw(String what) implements Verdict {}

        /** Whoever has to carry it out cannot be reached, unlike others of the batch: nothing was tried. The key is put aside as if it had thrown, and others go on. */
        record Unreached(String why) implements Verdict {}

        /** A command before it with the same key threw or was not reached: nothing was tried. */
        record Behind() implements Verdict {}
    }
}
