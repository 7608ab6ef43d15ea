package dev.terrane.server.world;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One delivered batch on its way through cells: how each command stands. Guarded by its {@link CellReceiver}. */
final class CommandBatch {
    private enum State {
        /** An earlier delivery of it, given back since, is with a cell still. */
        ABROAD,
        /** Nobody may have it; the store has not been asked yet. */
        NEW,
        /** The store does not know it: some cell has to carry it out. */
        UNSENT,
        /** A cell has it. */
        SENT,
        /** Its cell died: the store is asked when that one has started again. */
        LOST,
        /** The same command stands before it in the batch: what comes of that one comes of this one. */
        TWIN,
        DONE
    }

    final long ticket;
    Reply reply;
    long deadlineNanos;
    /** Whoever delivers has lost patience once. */
    boolean redelivered;

    /** It has been answered: what is with cells still is only waited for, nothing more is sent. */
    boolean given;

    /** One step at a time: two could look up the same command, and send it twice. */
    boolean stepping;

    boolean stepDue;
    private final List<Delivery> deliveries;
    private final IdempotencyKey[] keys;
    private final State[] states;
    private final @Nullable CellCommand[] commands;
    private final @Nullable Verdict[] verdicts;
    private final @Nullable CellId[] holders;
    private final long[] epochs;
    /** Who would have had it when the store was last asked, and under which epoch. */
    private final @Nullable CellId[] askedCells;

    private final long[] askedEpochs;
    /** Where its key stands first. */
    private final int[] firsts;

    CommandBatch(long ticket, List<Delivery> deliveries, Reply reply, long deadlineNanos) {
        this.ticket = ticket;
        this.deliveries = deliveries;
        this.reply = reply;
        this.deadlineNanos = deadlineNanos;
        int count = deliveries.size();
        this.keys = new IdempotencyKey[count];
        this.states = new State[count];
        this.commands = new CellCommand[count];
        this.verdicts = new Verdict[count];
        this.holders = new CellId[count];
        this.epochs = new long[count];
        this.askedCells = new CellId[count];
        this.askedEpochs = new long[count];
        this.firsts = new int[count];
        Map<IdempotencyKey, Integer> places = new HashMap<>();
        for (int i = 0; i < count; i++) {
            keys[i] = deliveries.get(i).command().idempotencyKey();
            Integer first = places.putIfAbsent(keys[i], i);
            firsts[i] = first == null ? i : first;
            states[i] = first == null ? State.NEW : State.TWIN;
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

    /** Whether it is the one that stands where it says it does. */
    boolean contains(CellCommand command) {
        int i = command.index();
        return i < keys.length && keys[i].equals(command.envelope().idempotencyKey());
    }

    IdempotencyKey key(int i) {
        return keys[i];
    }

    void abroad(int i) {
        states[i] = State.ABROAD;
    }

    /** The earlier delivery is concluded: the store knows what came of it. @param concluded says so of a key */
    void arrive(Predicate<IdempotencyKey> concluded) {
        for (int i = 0; i < states.length; i++) {
            if (states[i] == State.ABROAD && concluded.test(keys[i])) {
                states[i] = State.NEW;
            }
        }
    }

    /** Nothing of this key is with a cell. */
    boolean concluded(IdempotencyKey key) {
        for (int i = 0; i < states.length; i++) {
            if (states[i] != State.DONE && keys[i].equals(key)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the store has to be asked, and may be: of a cell that died only after it has started again, when nothing that it did can become durable any more. */
    boolean toLookUp(int i, ToLongFunction<CellId> epochNow) {
        CellId holder = holders[i];
        return states[i] == State.NEW
                || (states[i] == State.LOST && (holder == null || epochNow.applyAsLong(holder) > epochs[i]));
    }

    /** The store is about to be asked. */
    void asking(int i, @Nullable CellId cell, long epoch) {
        askedCells[i] = cell;
        askedEpochs[i] = epoch;
    }

    /** Whether the store was asked when this cell ran here under this epoch already. What it said before may have been overtaken by a former owner, or by the cell where the avatar was. */
    boolean wasAsked(int i, CellId cell, long epoch) {
        return cell.equals(askedCells[i]) && epoch == askedEpochs[i];
    }

    /** What the store said of it is too old. */
    void askAgain(int i) {
        if (states[i] == State.UNSENT) {
            states[i] = State.NEW;
        }
    }

    /** What the store or the catalogue says of it. Needs no guard: it takes time. @param known null: the store does not know it */
    Found find(int i, TickRecord.@Nullable Outcome known, CommandCatalogue catalogue) {
        CommandEnvelope envelope = envelope(i);
        if (known != null) {
            return new Found(null, known.payloadHash(), known.result());
        }
        return switch (catalogue.decode(
                envelope.type(), envelope.version(), envelope.origin().clientId(), envelope.payload())) {
            case CommandCatalogue.Decoded.Good good ->
                new Found(new CellCommand(ticket, i, envelope, good.payload()), 0, null);
            case CommandCatalogue.Decoded.Bad bad -> new Found(null, envelope.payloadHash(), bad.refusal());
        };
    }

    /** Either a command or a result is there. @param payloadHash of what had this result */
    record Found(
            @Nullable CellCommand command,
            long payloadHash,
            @Nullable CommandResult result) {}

    void lookedUp(int i, Found found) {
        if (states[i] != State.NEW && states[i] != State.LOST) {
            return;
        }
        if (found.result != null) {
            settle(i, found.payloadHash, found.result);
        } else if (given) {
            verdict(i, unreached(holders[i], envelope(i).key()));
        } else {
            commands[i] = found.command;
            states[i] = State.UNSENT;
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
        if (states[i] == State.SENT && given) {
            verdict(i, unreached(holders[i], envelope(i).key()));
        } else if (states[i] == State.SENT) {
            states[i] = State.NEW; // its avatar may be carried from node to node, and the command carried out there
        }
    }

    /** Where its cell went from here with it: another node's now, which asks the store when nothing of ours can get there any more. */
    @Nullable
    CellId lostWith(int i) {
        return states[i] == State.LOST ? holders[i] : null;
    }

    /** It is for another node. Those behind it with its key come again behind it. */
    void giveUp(int i) {
        String key = envelope(i).key();
        verdict(i, unreached(holders[i], key));
        for (int later = i + 1; later < states.length; later++) {
            boolean isOut = states[later] == State.SENT || states[later] == State.LOST;
            if (!isOut && envelope(later).key().equals(key)) {
                verdict(later, new Verdict.Behind());
            }
        }
    }

    void lose(int i) {
        if (states[i] == State.SENT) {
            states[i] = State.LOST;
        }
    }

    void lose(CellId cell, long epoch) {
        for (int i = 0; i < states.length; i++) {
            if (cell.equals(holders[i]) && epochs[i] == epoch) {
                lose(i);
            }
        }
    }

    void settle(int i, CommandResult result) {
        settle(i, envelope(i).payloadHash(), result);
    }

    /** It, and its twins: whose payload is another than the one that had this result asked for something else. */
    void settle(int i, long payloadHash, CommandResult result) {
        for (int each = i; each < states.length; each++) {
            if (each == i || states[each] == State.TWIN && firsts[each] == i) {
                CommandEnvelope envelope = envelope(each);
                verdict(each, new Verdict.Settled(envelope.payloadHash() == payloadHash ? result : conflict(envelope)));
            }
        }
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

    /**
     * What is not done is given back, key by key, to come again; the rest is answered. What is with a cell stays known until that one has answered.
     *
     * @param cells says whose a key is; null: nobody can say now
     */
    List<Verdict> giveBack(Function<String, @Nullable CellId> cells) {
        given = true;
        List<Verdict> told = new ArrayList<>();
        Set<String> waiting = new HashSet<>();
        for (int i = 0; i < states.length; i++) {
            Verdict verdict = verdicts[i];
            if (verdict == null) {
                String key = envelope(i).key();
                verdict = waiting.add(key) ? unreached(cells.apply(key), key) : new Verdict.Behind();
                if (states[i] != State.SENT && states[i] != State.LOST) {
                    verdict(i, verdict);
                }
            }
            told.add(verdict);
        }
        return told;
    }

    private static Verdict unreached(@Nullable CellId cell, String key) {
        return new Verdict.Unreached((cell == null ? "the cell of " + key : "cell " + cell) + " cannot be reached");
    }

    private void verdict(int i, Verdict verdict) {
        if (states[i] != State.DONE) {
            states[i] = State.DONE;
            verdicts[i] = verdict;
        }
    }

    /** Some are still to be sent, or to be asked for. */
    boolean hasUnsent() {
        return has(State.UNSENT) || has(State.LOST) || has(State.NEW) || has(State.ABROAD);
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
