package dev.terrane.standby;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTap;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.Passage;
import dev.terrane.cell.RunningDraft;
import dev.terrane.cell.TickFacts;
import dev.terrane.cell.TickLog;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Output commit: what a cell says stays here until its standby has the tick in which it was said, so that nobody ever saw an effect of a tick that is lost with the
 * owner.
 *
 * <pre>
 *   cell ─tick─► the tick's row ─its end─► rows ─release(stable)─► cells, gateways, listener
 *                                                      └─ refused: waits at its target's head, all behind it too
 *   frames ───────────────────────────────────────────────────────► gateways, at once
 * </pre>
 *
 * <p>Held is everything but frames: messages to cells and gateways, facts, images, reports. A cell hears ACCEPTED when something is held, so hand-offs leave and intents
 * are under way; when {@link #HELD_COUNT_MAX} are held it hears FULL for messages to cells (hand-offs stay home, intents and answers wait, ghosts coalesce) and
 * no for messages to gateways (they wait in the cell's outbox). Facts, images and reports cannot be refused; they are as few as joins and commands, which
 * do not come through when answers do not leave, and of images only the two latest are kept.
 *
 * <p>When released, what a target refuses waits with all behind it for the next release, and the cell hears that the target is full; where there is no such cell it is dropped and counted: hand-offs and
 * intents repeat themselves. For some ticks afterwards that target is UNKNOWN to the cell at once, as it would hear without a gate.
 *
 * <p><b>Threading.</b> The tick uses the ports. Any thread may call the rest; what is released is handed over by whichever of them comes first, one at a time, and
 * no one waits. Whoever releases has to wake the cells and gateways.
 */
public final class OutputGate {
    /** Messages that may be held. */
    public static final int HELD_COUNT_MAX = 65_536;
    /** How long a cell that was not there is not asked again. */
    static final int MISSING_TICKS = 20;

    private final CellPorts ports;
    private final Release release;
    private final AtomicInteger held = new AtomicInteger();
    private final ConcurrentHashMap<CellId, Long> missingUntilTick = new ConcurrentHashMap<>();
    private volatile boolean followed;
    private volatile boolean holding;
    private volatile boolean tapped;
    private volatile long holdsFromTick = Long.MAX_VALUE;
    private volatile long lastTick = -1;
    // The tick's own.
    private HeldRow row = new HeldRow();
    private Held.@Nullable Image newest;
    private Held.@Nullable Image secondNewest;

    /** @param ports the real ones; their taps hear what the standby's stream is made of */
    public OutputGate(CellPorts ports) {
        this.ports = ports;
        this.release = new Release(ports, held, this::missing);
    }

    /** For the cell. */
    public CellPorts ports() {
        return new CellPorts(
                (cell, epoch, message) -> offer(cell, epoch, message),
                this::offer,
                new Listener(),
                ports.meters(),
                ports.stopwatchNanos(),
                spec -> tap(spec));
    }

    /**
     * Somebody follows: from the next tick on everything is held. The standby must not be called whole before it has acknowledged the tick before {@link #holdsFromTick}.
     *
     * @throws IllegalStateException if the cell has no tap: then nobody can follow
     */
    public void hold() {
        if (!tapped) {
            throw new IllegalStateException("nobody hears what this cell consumes, so nobody can follow it");
        }
        followed = true;
    }

    /** The first tick that is held as a whole; {@link Long#MAX_VALUE}: none is. Any thread. */
    public long holdsFromTick() {
        return holdsFromTick;
    }

    /**
     * Nobody follows any more: from the end of the next tick on everything passes. Only when it is settled that the standby will not be promoted, by the coordinator's
     * log: an owner that is merely cut off from its standby cannot know.
     */
    public void pass() {
        followed = false;
    }

    /** The standby has every tick up to this one: what was said in them leaves. */
    public void release(long stableTick) {
        if (holding) {
            release.upTo(stableTick);
        } else {
            release.again();
        }
    }

    /** There is no such gateway any more: what waits for it is dropped. Any thread. */
    public void gatewayGone(int gateway) {
        release.gatewayGone(gateway);
    }

    /** Messages and reports that have not left. Any thread. */
    public int heldCount() {
        return held.get();
    }

    /** Messages dropped because there was no such cell. Any thread. */
    public long droppedCount() {
        return release.droppedCount();
    }

    /** Nothing waits that this one could overtake. */
    private boolean passes() {
        return !holding && held.get() == 0;
    }

    private void missing(CellId cell, boolean isMissing) {
        if (isMissing) {
            missingUntilTick.put(cell, lastTick + MISSING_TICKS);
        } else {
            missingUntilTick.remove(cell);
        }
    }

    private Admission offer(CellId cell, long epoch, CellInput message) {
        if (passes()) {
            return ports.cells().offer(cell, epoch, message);
        }
        Long until = missingUntilTick.isEmpty() ? null : missingUntilTick.get(cell);
        if (until != null && lastTick < until) {
            return Admission.UNKNOWN;
        }
        if (held.get() >= HELD_COUNT_MAX || release.busy(cell)) {
            return Admission.FULL;
        }
        add(new Held.ToCell(cell, epoch, message));
        return Admission.ACCEPTED;
    }

    private boolean offer(int gateway, CellOutput message) {
        if (message instanceof CellFrame || passes()) {
            return ports.gateways().offer(gateway, message);
        }
        if (held.get() >= HELD_COUNT_MAX || release.busy(gateway)) {
            return false;
        }
        add(new Held.ToGateway(gateway, message));
        return true;
    }

    private void report(Runnable told) {
        if (passes()) {
            told.run();
        } else {
            add(new Held.Report(told));
        }
    }

    private void image(ImageDraft draft, boolean last) {
        if (passes()) {
            ports.listener().image(draft, last);
            return;
        }
        Held.Image image = new Held.Image(draft, last);
        add(image);
        if (secondNewest != null) {
            secondNewest.discard();
        }
        secondNewest = newest;
        newest = image;
    }

    private void add(Held message) {
        held.incrementAndGet();
        row.add(message);
    }

    private void endTick(TickLog log) {
        lastTick = log.tick();
        if (log.failed()) {
            held.addAndGet(-row.size());
            row.discard(); // what a failing tick did has not happened
            row = new HeldRow();
        } else if (row.size() > 0) {
            release.add(row.of(log.tick()));
            row = new HeldRow();
        }
        if (followed != holding) {
            holding = followed;
            holdsFromTick = holding ? log.tick() + 1 : Long.MAX_VALUE;
            if (holding) {
                release.holdAfter(log.tick());
            }
        }
        if (!holding && held.get() > 0) {
            release.upTo(Long.MAX_VALUE);
        }
    }

    private @Nullable CellTap tap(CellSpec spec) {
        CellTap inner = ports.taps().open(spec);
        tapped = inner != null;
        return inner == null ? null : new Tap(inner);
    }

    /** Ends the tick's row before the standby can hear of the tick. */
    private final class Tap implements CellTap {
        private final CellTap inner;

        Tap(CellTap inner) {
            this.inner = inner;
        }

        @Override
        public int hashTicks() {
            return inner.hashTicks();
        }

        @Override
        public void ticked(TickLog log) {
            endTick(log);
            inner.ticked(log);
        }

        @Override
        public boolean baseDue(long tick) {
            return inner.baseDue(tick);
        }

        @Override
        public void base(RunningDraft draft) {
            inner.base(draft);
        }

        @Override
        public void interrupted() {
            inner.interrupted();
        }
    }

    private final class Listener implements CellListener {
        private final CellListener real = ports.listener();

        @Override
        public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {
            report(() -> real.avatarHere(cell, character, entity, ownership));
        }

        @Override
        public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {
            report(() -> real.avatarLeft(to, character, entity, ownership));
        }

        @Override
        public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {
            report(() -> real.avatarGone(cell, character, entity, ownership));
        }

        @Override
        public void passed(Passage passage) {
            report(() -> real.passed(passage));
        }

        @Override
        public void loggedOut(CellId cell, CharacterId character, int generation) {
            report(() -> real.loggedOut(cell, character, generation));
        }

        @Override
        public void facts(TickFacts facts) {
            report(() -> real.facts(facts));
        }

        @Override
        public void commandElsewhere(CellId cell, CellCommand command) {
            report(() -> real.commandElsewhere(cell, command));
        }

        @Override
        public void image(ImageDraft draft, boolean last) {
            OutputGate.this.image(draft, last);
        }
    }
}
