package dev.terrane.cell;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandType;
import dev.terrane.command.EventEnvelope;
import dev.terrane.plugin.CommandCall;
import dev.terrane.plugin.CommandHandler;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInputCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Durable commands of this cell, and what has to be durable of its ticks.
 *
 * <pre>
 *   Commands ─► carryOut ─► handler ─► outcome, kept entities ─┐
 *                           systems ─► keep, send, publish ────┴─close─► TickFacts ─► listener ─► FactsStored
 * </pre>
 *
 * <p>The desk knows nothing of what was carried out before: whoever delivers has looked that up, and a second effect is refused when it is to be made durable.
 */
final class CommandDesk {
    /** Ticks whose facts wait for the store, before nothing more is taken on: half a minute at 20 Hz when every tick has some. */
    static final int UNSTORED_TICKS_MAX = 600;
    /** Entities to keep, and commands and events, that systems may ask for in one tick. */
    static final int PER_TICK_MAX = 1024;
    /** Commands carried out in one tick; those of one delivery never have to wait for each other longer than that. */
    static final int CARRIED_OUT_PER_TICK_MAX = 2048;

    private final Body body;
    private final List<CellCommand> waiting = new ArrayList<>();
    private final List<CellCommand> elsewhere = new ArrayList<>();
    private final FactsWriter facts;
    private final UnstoredFacts unstored = new UnstoredFacts();

    private List<TickFacts.CarriedOut> carriedOut = new ArrayList<>();
    private List<TickFacts.Sent> sent = new ArrayList<>();
    private List<TickFacts.Published> published = new ArrayList<>();
    private long[] keptHandles = new long[16];
    /** Of each kept one: its end is a fact, too. */
    private long[] keptIds = new long[16];

    private int[] keptOwnerships = new int[16];

    private int keptCount;
    /** Whom the facts of this tick are about. */
    private long[] about = new long[16];

    private int aboutCount;
    private Rules rules = Rules.none();
    /** Before the beginning is stored commands wait: after a crash it would happen anew, beside what a journal brings back of the first. */
    private boolean begun;

    /** The tick with which this cell went on where a twin was; its former self may have stored facts up to this one. */
    private long takenOverTick = Long.MIN_VALUE;
    /** Nobody has said yet how far those are stored. */
    private boolean unsure;

    private volatile boolean backlogged;
    private @Nullable CellCommand running;

    /** @param begun false: nothing of the region is stored yet, and without its beginning a journal would be of no use */
    CommandDesk(Body body, boolean begun) {
        this.body = body;
        this.begun = begun;
        this.facts = new FactsWriter(body.population);
    }

    void obey(Rules rules) {
        this.rules = rules;
    }

    /** So much waits for the store that no more is taken on. Any thread. */
    boolean backlogged() {
        return backlogged;
    }

    void take(CellInput.Commands commands) {
        waiting.addAll(commands.commands());
    }

    void stored(CellInput.FactsStored stored) {
        unstored.stored(stored.tick());
        if (unsure) {
            recover(stored.tick());
        }
        judgeBacklog();
    }

    /** No command is taken on either while facts of the cell's former self are not stored: one of them may be of that very command. */
    private void judgeBacklog() {
        boolean recovering = unsure || unstored.beginBy(takenOverTick);
        backlogged = recovering || unstored.tickCount() >= UNSTORED_TICKS_MAX;
    }

    /** What the former self did not get into the store is handed out again, in this cell's name. */
    private void recover(long storedTick) {
        if (storedTick > takenOverTick) {
            throw lacking("facts are stored up to tick " + storedTick
                    + ", and the copy that it goes on from stood at tick " + takenOverTick);
        }
        unsure = false;
        for (UnstoredFacts.OfTick each : unstored) {
            TickFacts facts = each.facts();
            if (facts == null) {
                throw lacking("facts of tick " + each.tick()
                        + " were not stored by its former owner, and the copy that it goes on from began later");
            }
            body.ports.listener().facts(facts.under(body.spec.epoch()));
        }
    }

    private IllegalStateException lacking(String what) {
        return new IllegalStateException("cell " + body.spec.cell() + " cannot go on: " + what
                + "; start it from its checkpoint and its journal");
    }

    /** Whether this desk could hand out again whatever is not stored. */
    boolean remembersUnstored() {
        for (UnstoredFacts.OfTick each : unstored) {
            if (each.facts() == null) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether something durable that was done to the entity, which would leave now, is not decided yet: it must stay. Elsewhere the command would be delivered once more to somebody
     * who has its effect already, before the store knows it.
     */
    boolean staysUndecided(long entity) {
        return unstored.hold(entity);
    }

    /** Goes on where the twin is. Commands that wait there are left to whoever delivers them, who will find no outcome of theirs. */
    void continueFrom(CommandDesk twin) {
        begun = twin.begun;
        unstored.addAll(twin.unstored);
        takenOverTick = body.tick;
        unsure = true;
        judgeBacklog();
    }

    /** A state of this cell is in the store. */
    void checkpointStored() {
        begun = true;
    }

    /** Carries out what came, in order. */
    void carryOut(Turn turn) {
        if (!begun || unsure) {
            return;
        }
        int count = Math.min(waiting.size(), CARRIED_OUT_PER_TICK_MAX);
        for (int i = 0; i < count; i++) {
            running = waiting.get(i);
            carryOut(turn, waiting.get(i));
            body.settle(); // the next one sees what this one has spawned
        }
        running = null;
        waiting.subList(0, count).clear();
    }

    /** The command whose handler runs, or threw. */
    @Nullable
    CellCommand running() {
        return running;
    }

    private void carryOut(Turn turn, CellCommand command) {
        CellKey key = CellKey.parse(command.envelope().key()).orElse(null);
        long avatar = 0;
        boolean here = switch (key) {
            case CellKey.OfRegion of ->
                of.region().equals(body.spec.cell().region())
                        && body.spec.cell().layer() == 0;
            case CellKey.OfCharacter of -> {
                Driver driver = body.drivers.ofCharacter(of.character());
                avatar = driver == null || driver.dismissed ? 0 : driver.handle;
                yield avatar != 0;
            }
            case null -> false;
        };
        if (here) {
            if (avatar != 0) {
                about(body.population.idOf(avatar));
            }
            settle(command, handle(turn, command, avatar));
        } else {
            elsewhere.add(command);
        }
    }

    @SuppressWarnings("unchecked") // Rules keeps handlers under the type whose payload they take
    private CommandOutcome handle(Turn turn, CellCommand command, long avatar) {
        CommandHandler<Record> handler = (CommandHandler<Record>)
                rules.command(command.envelope().type(), command.envelope().version());
        if (handler == null) {
            return CommandOutcome.refused(
                    "UNKNOWN_COMMAND",
                    "the cells of this world do not carry out "
                            + command.envelope().type() + " version "
                            + command.envelope().version());
        }
        return handler.handle(
                turn,
                new CommandCall<>(command.payload(), command.envelope().origin().clientId(), avatar));
    }

    private void settle(CellCommand command, CommandOutcome outcome) {
        switch (outcome) {
            case CommandOutcome.Done(Record _, long[] kept) -> {
                for (long handle : kept) {
                    keep(handle);
                }
            }
            case CommandOutcome.Refused refused ->
                CommandLimits.requireName(
                        "the error code of a refusal", refused.errorCode(), CommandLimits.ERROR_CODE_CHARS_MAX);
        }
        carriedOut.add(new TickFacts.CarriedOut(command, outcome));
    }

    /** False when nothing more can be kept now. */
    boolean keep(long handle) {
        long id = body.population.idOf(handle);
        if (id == 0) {
            throw new IllegalArgumentException("entity " + handle + " is not one of cell " + body.spec.cell());
        }
        for (int i = 0; i < keptCount; i++) {
            if (keptHandles[i] == handle) {
                return true;
            }
        }
        if (running == null && (!begun || backlogged || keptCount >= PER_TICK_MAX || unstored.held(id))) {
            return refused();
        }
        about(id);
        if (keptCount == keptHandles.length) {
            keptHandles = Arrays.copyOf(keptHandles, keptCount * 2);
            keptIds = Arrays.copyOf(keptIds, keptCount * 2);
            keptOwnerships = Arrays.copyOf(keptOwnerships, keptCount * 2);
        }
        keptHandles[keptCount] = handle;
        keptOwnerships[keptCount] = body.population.store.alive(handle)
                ? body.population.ownershipOf(handle)
                : Population.OWNERSHIP_FIRST; // spawned a moment ago
        keptIds[keptCount++] = id;
        return true;
    }

    /** The facts of this tick are about this entity, too. */
    private void about(long entity) {
        if (aboutCount == about.length) {
            about = Arrays.copyOf(about, aboutCount * 2);
        }
        about[aboutCount++] = entity;
    }

    /** Of a system's wishes to keep, send or publish: more than can be made durable now. */
    private boolean refused() {
        body.meters.wishesRefused.one();
        return false;
    }

    /** @throws IllegalArgumentException for what no lane would take: it must fail here, where the game is told, and not when it is to be written */
    <P extends Record> boolean send(CommandType<P> type, String requestId, P payload) {
        String key = type.keyRule().keyOf(type.payload().cast(payload), TickFacts.clientId(body.spec.cell()));
        CommandLimits.requireName("the key of " + type, key, CommandLimits.KEY_CHARS_MAX);
        CommandLimits.requireName("the request id of " + type, requestId, CommandLimits.REQUEST_ID_CHARS_MAX);
        if (running == null && (backlogged || sent.size() >= PER_TICK_MAX)) {
            return refused();
        }
        sent.add(new TickFacts.Sent(type, key, requestId, payload));
        return true;
    }

    /** @throws IllegalArgumentException see {@link #send} */
    boolean publish(String topic, String key, Record payload) {
        EventEnvelope.requireNames(topic, key);
        if (running == null && (backlogged || published.size() >= PER_TICK_MAX)) {
            return refused();
        }
        published.add(new TickFacts.Published(topic, key, payload, published.size()));
        return true;
    }

    /** Hands out what the tick wants to be durable. After the systems, before anybody leaves: who is kept is still here, or has died. */
    void close() {
        for (int i = 0; i < elsewhere.size(); i++) {
            CellCommand command = elsewhere.get(i);
            body.report(listener -> listener.commandElsewhere(body.spec.cell(), command));
        }
        elsewhere.clear();
        unstored.letGo();
        if (keptCount == 0 && carriedOut.isEmpty() && sent.isEmpty() && published.isEmpty()) {
            return;
        }
        for (int i = 0; i < keptCount; i++) {
            if (body.population.store.alive(keptHandles[i])) {
                facts.keep(keptHandles[i]);
            } else {
                facts.gone(keptIds[i], keptOwnerships[i]);
            }
        }
        keptCount = 0;
        TickFacts told = new TickFacts(
                body.spec.cell(),
                body.spec.epoch(),
                body.tick,
                body.population.store.schema().fingerprint(),
                facts.take(),
                carriedOut,
                sent,
                published);
        carriedOut = new ArrayList<>();
        sent = new ArrayList<>();
        published = new ArrayList<>();
        unstored.add(new UnstoredFacts.OfTick(body.tick, Arrays.copyOf(about, aboutCount), told));
        aboutCount = 0;
        judgeBacklog();
        body.images.carriedOut(told.carriedOut().size());
        // At once, unlike other news: who is handed over next may take something along that nobody kept, and no image
        // of
        // his new cell may be stored before this.
        body.ports.listener().facts(told);
    }

    /** What waits, and what decides whether the next ticks may send. */
    void write(ByteWriter out) {
        out.bool(begun);
        out.varuint(waiting.size());
        for (int i = 0; i < waiting.size(); i++) {
            out.utf8(waiting.get(i).envelope().type());
            out.utf8(waiting.get(i).envelope().key());
        }
        writeUnstored(out);
    }

    private void writeUnstored(ByteWriter out) {
        unstored.write(out);
        out.varlong(takenOverTick);
        out.bool(unsure);
    }

    /** All that waits, for a twin of the cell. */
    void writeRunning(CellInputCodec codec, ByteWriter out) {
        out.bool(begun);
        int batches = (waiting.size() + CommandLimits.BATCH_COUNT_MAX - 1) / CommandLimits.BATCH_COUNT_MAX;
        out.varuint(batches);
        for (int i = 0; i < batches; i++) {
            int from = i * CommandLimits.BATCH_COUNT_MAX;
            int to = Math.min(waiting.size(), from + CommandLimits.BATCH_COUNT_MAX);
            codec.write(new CellInput.Commands(waiting.subList(from, to)), out);
        }
        writeUnstored(out);
    }

    void readRunning(CellInputCodec codec, ByteReader in) {
        begun = in.bool();
        for (int rest = in.count(2); rest > 0; rest--) {
            if (!(codec.read(in) instanceof CellInput.Commands commands)) {
                throw in.malformed("commands are expected");
            }
            take(commands);
        }
        unstored.read(in);
        takenOverTick = in.varlong();
        unsure = in.bool();
        judgeBacklog();
    }
}
