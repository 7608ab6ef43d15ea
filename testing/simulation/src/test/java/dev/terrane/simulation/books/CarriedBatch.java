package dev.terrane.simulation.books;

import dev.terrane.base.CellId;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Reply;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.protocol.cluster.CellCommand;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One delivered batch on its way through cells: how each command stands. The server's own {@code CommandBatch} has the same states. */
final class CarriedBatch {
    private enum State {
        /** Nobody may have it; the store has not been asked yet. */
        NEW,
        /** The store does not know it: some cell has to carry it out. */
        UNSENT,
        /** A cell has it. */
        SENT,
        /** Its cell died: the store is asked when that one has started again. */
        LOST,
        DONE
    }

    final long ticket;
    Reply reply;
    final long deadlineNanos;
    boolean stepDue;
    /** A question to the store is on its way. */
    boolean asking;

    private final List<Delivery> deliveries;
    private final IdempotencyKey[] keys;
    /** Place of an earlier delivery of the same command, which has to be done first; -1: there is none. */
    private final int[] twins;

    private final State[] states;
    private final @Nullable CellCommand[] commands;
    private final @Nullable Verdict[] verdicts;
    private final @Nullable CellId[] holders;
    private final long[] epochs;

    CarriedBatch(long ticket, List<Delivery> deliveries, Reply reply, long deadlineNanos) {
        this.ticket = ticket;
        this.deliveries = deliveries;
        this.reply = reply;
        this.deadlineNanos = deadlineNanos;
        int count = deliveries.size();
        this.keys = new IdempotencyKey[count];
        this.twins = new int[count];
        this.states = new State[count];
        this.commands = new CellCommand[count];
        this.verdicts = new Verdict[count];
        this.holders = new CellId[count];
        this.epochs = new long[count];
        Arrays.fill(states, State.NEW);
        for (int i = 0; i < count; i++) {
            keys[i] = deliveries.get(i).command().idempotencyKey();
        }
        findTwins();
    }

    /** Whoever asks twice may stand in one batch twice: the cell must not get both. */
    private void findTwins() {
        Map<IdempotencyKey, Integer> seen = new HashMap<>();
        for (int i = 0; i < keys.length; i++) {
            Integer earlier = seen.put(keys[i], i);
            twins[i] = earlier == null ? -1 : earlier;
        }
    }

    List<IdempotencyKey> keys() {
        return List.of(keys);
    }

    int size() {
        return states.length;
    }

    CommandEnvelope envelope(int i) {
        return deliveries.get(i).command();
    }

    IdempotencyKey key(int i) {
        return keys[i];
    }

    /** Whether the store has to be asked, and may be: of a cell that died only after it has started again, when nothing that it did can become durable any more. */
    boolean toLookUp(int i, ToLongFunction<CellId> epochNow) {
        CellId holder = holders[i];
        return (states[i] == State.NEW && (twins[i] < 0 || done(twins[i])))
                || (states[i] == State.LOST && (holder == null || epochNow.applyAsLong(holder) > epochs[i]));
    }

    void lookedUp(int i, TickRecord.@Nullable Outcome known) {
        if (states[i] == State.DONE) {
            return;
        }
        CommandEnvelope envelope = envelope(i);
        if (known != null) {
            settle(i, known.payloadHash() == envelope.payloadHash() ? known.result() : conflict(envelope));
            return;
        }
        switch (Store.CATALOGUE.decode(
                envelope.type(), envelope.version(), envelope.origin().clientId(), envelope.payload())) {
            case CommandCatalogue.Decoded.Good good -> {
                commands[i] = new CellCommand(ticket, i, envelope, good.payload());
                states[i] = State.UNSENT;
            }
            case CommandCatalogue.Decoded.Bad bad -> settle(i, bad.refusal());
        }
    }

    private static CommandResult conflict(CommandEnvelope envelope) {
        return new CommandResult.Refused(
                CommandErrors.CONFLICT,
                "request " + envelope.origin().requestId() + " was used before with another payload; choose a new id");
    }

    boolean unsent(int i) {
        return states[i] == State.UNSENT;
    }

    CellCommand command(int i) {
        CellCommand command = commands[i];
        if (command == null) {
            throw new IllegalStateException("command " + i + " of ticket " + ticket + " is not decoded");
        }
        return command;
    }

    void sent(int i, CellId cell, long epoch) {
        states[i] = State.SENT;
        holders[i] = cell;
        epochs[i] = epoch;
    }

    void takeBack(int i) {
        if (states[i] == State.SENT) {
            states[i] = State.UNSENT;
        }
    }

    /** Its cell has it from somebody else: the store is asked what became of it before it is offered again. */
    void askAgain(int i) {
        states[i] = State.NEW;
    }

    void lose(int i) {
        if (states[i] == State.SENT) {
            states[i] = State.LOST;
        }
    }

    void lose(CellId cell, long epoch) {
        for (int i = 0; i < states.length; i++) {
            if (cell.equals(holders[i]) && epochs[i] <= epoch) {
                lose(i);
            }
        }
    }

    void settle(int i, CommandResult result) {
        verdict(i, new Verdict.Settled(result));
    }

    /** Those behind it with its key wait for it. */
    void threw(int i, String what) {
        verdict(i, new Verdict.Threw(what));
        for (int later = i + 1; later < states.length; later++) {
            if (envelope(later).key().equals(envelope(i).key())) {
                verdict(later, new Verdict.Behind());
            }
        }
    }

    private void verdict(int i, Verdict verdict) {
        if (states[i] != State.DONE) {
            states[i] = State.DONE;
            verdicts[i] = verdict;
        }
    }

    /** Some are still to be sent, or to be asked for. */
    boolean hasUnsent() {
        return has(State.UNSENT) || has(State.LOST) || has(State.NEW);
    }

    /** Some are with a cell, or may be. */
    boolean hasSent() {
        return has(State.SENT) || has(State.LOST);
    }

    boolean done(int i) {
        return states[i] == State.DONE;
    }

    boolean done() {
        for (State state : states) {
            if (state != State.DONE) {
                return false;
            }
        }
        return true;
    }

    private boolean has(State wanted) {
        return Arrays.asList(states).contains(wanted);
    }

    List<Verdict> verdicts() {
        return Arrays.stream(verdicts).map(Verdict.class::cast).toList();
    }
}
