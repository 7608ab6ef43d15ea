package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.plugin.CellSystem;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.List;

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

    private LiveCell(Body body, List<PluginModule> plugins, boolean newborn) {
        this.spec = body.spec;
        this.body = body;
        this.writer = new SingleWriter(spec.cell());
        this.lanes = new Lanes(
                spec.settings().inboxes(), body.ports.meters(), spec.cell().toString());
        Rules rules = Rules.configure(spec, plugins, body.population.store, body.ports);
        body.intents.obey(rules);
        body.commands.obey(rules);
        this.line = new TickLine(body, rules, lanes, new Turn(body, writer), newborn);
        this.lastTick = body.tick;
    }

    static LiveCell open(CellSpec spec, List<PluginModule> plugins, CellPorts ports) {
        return new LiveCell(new Body(spec, ports, CellState.newborn(spec)), plugins, begins(spec));
    }

    /** Only a region's first cell fills it: further layers take in who is handed to them. */
    private static boolean begins(CellSpec spec) {
        return spec.cell().layer() == 0;
    }

    /** @param lastTick of the world: the cell goes on after it, however old its image is */
    static LiveCell restore(Revival revival, long lastTick, List<PluginModule> plugins, CellPorts ports) {
        Body body = new Body(revival.spec(), ports, revival.state());
        body.tick = lastTick;
        LiveCell cell = new LiveCell(body, plugins, revival.state().isNewborn() && begins(revival.spec()));
        cell.writer.run(() -> {
            revival.revive(body);
            body.flushReports(); // before anybody asks where to join: else a second avatar would be made
        });
        return cell;
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
                line.run(tick, simulatedAtMillis);
                settleGate(tight);
                lastTick = tick;
                handOutImage();
            } catch (RuntimeException | Error e) {
                phase = Phase.FAILED;
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

    private void handOutImage() {
        boolean last = line.sealing();
        if (last) {
            phase = Phase.SEALED;
        }
        if (last || imageWanted || line.imageWanted() || body.images.due()) {
            imageWanted = false;
            body.ports.listener().image(body.images.take(), last);
        }
    }

    @Override
    public void requestImage() {
        imageWanted = true;
    }

    @Override
    public CellImage image() {
        ImageDraft[] draft = new ImageDraft[1];
        writer.run(() -> draft[0] = body.images.take());
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
    public int entityCount() {
        return body.meters.entities();
    }

    @Override
    public int avatarCount() {
        return body.meters.avatars();
    }
}
