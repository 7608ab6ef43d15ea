package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.CellSystem;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.CommandBodies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cell's shell: what other threads may touch, the writer's seat, life and death. The tick itself is {@link TickLine}. */
final class LiveCell implements Cell {
    private final CellSpec spec;
    private final Body body;
    private final Lanes lanes;
    private final TickLine line;
    private final SingleWriter writer;

    private volatile Phase phase = Phase.RUNNING;
    private volatile boolean imageWanted = true; // the first tick's, so that a genesis is never repeated
    private volatile long lastTick;
    private volatile boolean drained;
    private final Gate gate = new Gate();
    private final TapLine tap;
    /** What a twin is told to do again; null in a cell that is none. */
    private @Nullable TickLog replayed;

    private LiveCell(CellSpec spec, CellState state, List<PluginModule> plugins, CellPorts ports, boolean newborn) {
        TapLine.Answers answers = new TapLine.Answers();
        CellTap wanted = ports.taps().open(spec);
        Body body = new Body(spec, wanted == null ? ports : answers.overhear(ports), state);
        this.spec = spec;
        this.body = body;
        this.writer = new SingleWriter(spec.cell());
        this.lanes = new Lanes(
                spec.settings().inboxes(), body.ports.meters(), spec.cell().toString());
        Rules rules = Rules.configure(spec, plugins, body.population.store, body.ports);
        body.intents.obey(rules);
        body.commands.obey(rules);
        body.conduct.obey(rules);
        this.line = new TickLine(body, rules, lanes, new Turn(body, writer), newborn);
        this.tap = new TapLine(wanted, body, rules.intentBodies(), answers);
        this.lastTick = body.tick;
    }

    static LiveCell open(CellSpec spec, List<PluginModule> plugins, CellPorts ports) {
        LiveCell cell = new LiveCell(spec, CellState.newborn(spec), plugins, ports, begins(spec));
        cell.writer.run(cell::prepareDrafts);
        return cell;
    }

    /** Only a region's first cell fills it: further layers take in who is handed to them. */
    private static boolean begins(CellSpec spec) {
        return spec.cell().layer() == 0;
    }

    /** @param lastTick of the world: the cell goes on after it, however old its image is */
    static LiveCell restore(Revival revival, long lastTick, List<PluginModule> plugins, CellPorts ports) {
        boolean newborn = revival.state().isNewborn() && begins(revival.spec());
        LiveCell cell = new LiveCell(revival.spec(), revival.state(), plugins, ports, newborn);
        cell.body.tick = lastTick;
        cell.lastTick = lastTick;
        cell.writer.run(() -> {
            revival.revive(cell.body);
            cell.prepareDrafts();
            cell.body.flushReports(); // before anybody asks where to join: else a second avatar would be made
        });
        return cell;
    }

    private void prepareDrafts() {
        body.images.prepare();
        tap.prepare();
    }

    /** A twin, which goes on as the cell whose running image it is. */
    static LiveCell resume(
            CellSpec spec, RunningImage image, List<PluginModule> plugins, CellPorts ports, CommandBodies commands) {
        RunningFormat.require(spec, image);
        ByteReader in = new ByteReader(image.state());
        CellState state = RunningFormat.sound(image, () -> RunningFormat.readState(spec, in));
        LiveCell cell = new LiveCell(spec, state, plugins, ports, false);
        cell.writer.run(() -> RunningFormat.sound(image, () -> {
            RunningFormat.readInto(cell.body, state, cell.tap.words(commands), in);
            return state;
        }));
        cell.lastTick = cell.body.tick;
        return cell;
    }

    /** The twin becomes the cell; it is of no use itself afterwards. */
    static LiveCell promote(LiveCell twin, CellSpec next, List<PluginModule> plugins, CellPorts ports) {
        Promotion.require(twin.spec, next);
        twin.writer.run(() -> twin.requireRunning("promotion"));
        twin.phase = Phase.SEALED;
        LiveCell cell = new LiveCell(next, Promotion.state(twin.body, next), plugins, ports, false);
        cell.writer.run(() -> {
            Promotion.carryOver(twin.body, cell.body, cell.tap.words());
            cell.body.flushReports(); // memory for drafts is fetched when one is wanted: now players wait
        });
        cell.lastTick = cell.body.tick;
        cell.imageWanted = false; // it could not be stored before its fence is raised
        return cell;
    }

    boolean remembersUnstored() {
        return body.commands.remembersUnstored();
    }

    /** Ticks with what a log says, past all doors: what is in it was let in once. */
    void replay(TickLog log) {
        if (log.tick() <= lastTick) {
            throw new MalformedBytesException("a log of tick " + log.tick() + " behind that of tick " + lastTick);
        }
        for (CellInput message : log.messages()) {
            if (!lanes.offer(message)) {
                throw new MalformedBytesException("a log of " + spec.cell() + " at tick " + log.tick()
                        + " has more messages than a lane has room for");
            }
        }
        replayed = log;
        tick(log.tick(), log.simulatedAtMillis());
    }

    RunningImage runningImage() {
        RunningDraft[] draft = new RunningDraft[1];
        writer.run(() -> draft[0] = RunningFormat.draft(body, tap.words()));
        return draft[0].finish();
    }

    long pulse(int parts) {
        return Pulse.of(body, parts);
    }

    EntityStore entities() {
        return body.population.store;
    }

    @Override
    public CellId id() {
        return spec.cell();
    }

    @Override
    public long epoch() {
        return spec.epoch();
    }

    @Override
    public Admission offer(long epoch, CellInput message) {
        if (phase != Phase.RUNNING) {
            return Admission.SEALED;
        }
        if (epoch != CellPort.ANY_EPOCH && epoch != spec.epoch()) {
            return Admission.STALE_EPOCH;
        }
        if (message instanceof CellInput.IntentBatch && body.intents.congested()) {
            return Admission.FULL;
        }
        if (message instanceof CellInput.Commands && body.commands.backlogged()) {
            return Admission.FULL;
        }
        if (!Gate.concerns(message)) {
            return lanes.offer(message) ? Admission.ACCEPTED : Admission.FULL;
        }
        if (!gate.enter()) {
            return Admission.SEALED;
        }
        try {
            return lanes.offer(message) ? Admission.ACCEPTED : Admission.FULL;
        } finally {
            gate.leave();
        }
    }

    @Override
    public void tick(long tick, long simulatedAtMillis) {
        if (tick <= lastTick) {
            throw new IllegalArgumentException(
                    "cell " + spec.cell() + " is asked for tick " + tick + " after " + lastTick);
        }
        writer.run(() -> {
            requireRunning("tick");
            try {
                boolean tight = gate.tight();
                lanes.note(tap.begin(tick, simulatedAtMillis));
                line.run(tick, simulatedAtMillis);
                settleGate(tight);
                lastTick = tick;
                tap.end(handOutImage());
            } catch (RuntimeException | Error e) {
                phase = Phase.FAILED;
                tap.fail();
                throw new CellFailedException(
                        spec.cell(), spec.epoch(), tick, line.where(), body.commands.running(), e);
            }
        });
    }

    /** Who came in before the gate was closed was heard in a tick that began after that: only then is an empty cell empty for good. */
    private void settleGate(boolean tight) {
        boolean quiet = body.layers.quiet();
        if (quiet) {
            gate.close();
        } else if (body.layers.mergesInto() == null) {
            gate.open();
        }
        drained = quiet && tight;
    }

    /** Whether it did. */
    private boolean handOutImage() {
        boolean last = line.sealing();
        if (last) {
            phase = Phase.SEALED;
        }
        boolean wanted = imageWanted || line.imageWanted() || body.images.due();
        if (last || (replayed == null ? wanted : replayed.imageTaken())) {
            imageWanted = false;
            body.ports.listener().image(body.images.take(), last);
            return true;
        }
        return false;
    }

    @Override
    public void requestImage() {
        imageWanted = true;
    }

    @Override
    public CellImage image() {
        ImageDraft[] draft = new ImageDraft[1];
        writer.run(() -> draft[0] = body.images.take());
        tap.interrupted(); // it remembers that it was taken
        return draft[0].finish();
    }

    @Override
    public long stateHash() {
        long[] hash = new long[1];
        writer.run(() -> hash[0] = ImageFormat.hash(body));
        return hash[0];
    }

    @Override
    public void visit(CellSystem visitor) {
        writer.run(() -> {
            requireRunning("visit");
            line.visit(visitor);
            tap.interrupted();
        });
    }

    private void requireRunning(String what) {
        if (phase != Phase.RUNNING) {
            throw new IllegalStateException("cell " + spec.cell() + " is " + phase + " and has no " + what
                    + "; open it anew from its checkpoint");
        }
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public long lastTick() {
        return lastTick;
    }

    @Override
    public int movingCount() {
        return body.meters.moving();
    }

    @Override
    public int waitingCount() {
        return lanes.size();
    }

    @Override
    public boolean drained() {
        return drained;
    }

    @Override
    public long softNanos() {
        return body.meters.softNanos();
    }

    @Override
    public long opportunisticNanos() {
        return body.meters.opportunisticNanos();
    }

    @Override
    public int entityCount() {
        return body.meters.entities();
    }

    @Override
    public int avatarCount() {
        return body.meters.avatars();
    }

    @Override
    public int playerCount() {
        return body.meters.players();
    }
}
