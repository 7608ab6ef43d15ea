package dev.terrane.standby;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.Rng;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.PluginModule;
import dev.terrane.ecs.EntityStore;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.GatewayPort;
import dev.terrane.recorder.RecordingHeader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One cell on one node, the gate before it, its standby on another node, and what is underway between the two. */
final class SimOwner {
    private static final int HASH_TICKS = 20;
    private static final int LINK_PIECES_MAX = 12;

    final CellSpec spec;
    final int node;
    boolean alive = true;
    int standbyNode;

    private final FailoverFault fault;
    private final Rng rng;
    private final OutputGate gate;
    private final CellPorts ports;
    private final StandbyStream stream;
    private StandbyTwin twin = new StandbyTwin(FailoverWorld.game(store -> twinStore = store));
    private final Deque<Piece> out = new ArrayDeque<>();
    private final Deque<Reply> back = new ArrayDeque<>();
    private @Nullable Cell cell;
    private @Nullable EntityStore store;
    private @Nullable EntityStore twinStore;
    private boolean held;

    /** Where messages go, and who hears of the cell. */
    record Surroundings(SimWays ways, GatewayPort gateways, CellListener listener, FailoverFault fault, Rng rng) {}

    SimOwner(CellSpec spec, int node, int standbyNode, Surroundings around) {
        this.spec = spec;
        this.node = node;
        this.standbyNode = standbyNode;
        this.fault = around.fault();
        this.rng = around.rng();
        List<RecordingHeader.Module> modules = List.of(
                new RecordingHeader.Module("skirmish", new TreeMap<>(FailoverWorld.OPTIONS)),
                new RecordingHeader.Module("relay", new TreeMap<>()));
        this.stream = new StandbyStream(
                RecordingHeader.of(spec, modules, HASH_TICKS),
                FailoverWorld.game(_ -> {}).codec());
        CellPorts real = new CellPorts(
                (to, _, message) -> around.ways().offer(node, to, message),
                around.gateways(),
                around.listener(),
                Meters.none(),
                () -> 0,
                _ -> stream);
        this.gate = new OutputGate(real);
        this.ports = fault == FailoverFault.NOTHING_IS_HELD
                ? real
                : fault == FailoverFault.ACKNOWLEDGED_TOO_SOON ? hasty(real, gate.ports()) : gate.ports();
    }

    private static CellPorts hasty(CellPorts real, CellPorts held) {
        return new CellPorts(
                (to, epoch, message) -> (message instanceof CellInput.IntentAck ? real : held)
                        .cells()
                        .offer(to, epoch, message),
                held.gateways(),
                held.listener(),
                held.meters(),
                held.stopwatchNanos(),
                held.taps());
    }

    Cell cell() {
        return Objects.requireNonNull(cell);
    }

    CellId id() {
        return spec.cell();
    }

    void open() {
        List<PluginModule> modules = FailoverWorld.modules(opened -> store = opened);
        cell = Cell.open(spec, modules, ports);
    }

    /** The cell's entities, to be looked at. */
    EntityStore store() {
        return Objects.requireNonNull(store);
    }

    /** Becomes what the standby of the one before was. */
    void promoted(SimOwner before, long storedTick) {
        Cell promoted = before.twin.promote(spec.epoch(), spec.incarnation(), ports);
        cell = promoted;
        store = before.twinStore;
        promoted.offer(CellPort.ANY_EPOCH, new CellInput.FactsStored(storedTick));
    }

    /** Whether nothing would be lost if it died now. */
    boolean whole() {
        boolean holds = fault == FailoverFault.NOTHING_IS_HELD
                ? twin.promotableTick() >= 0
                : held && twin.promotableTick() >= gate.holdsFromTick() - 1;
        return holds && twin.remembersFacts();
    }

    long twinTick() {
        return twin.promotableTick();
    }

    /** Messages that have not left. */
    int heldCount() {
        return gate.heldCount();
    }

    /** The standby's node is gone: another takes over. */
    void moveStandby(int toNode) {
        standbyNode = toNode;
        twin = new StandbyTwin(FailoverWorld.game(store -> twinStore = store));
        out.clear();
        back.clear();
        stream.reconnected();
    }

    /** What of the stream is still underway when the owner dies arrives, or not. */
    void die() {
        alive = false;
        for (int left = rng.nextInt(out.size() + 1); left > 0; left--) {
            twin.take(out.remove());
        }
        back.clear();
    }

    void carry(boolean wild) {
        if (wild && rng.chance(0.01f)) {
            out.clear();
            back.clear();
            stream.reconnected();
        }
        stream.send(piece -> {
            if (out.size() >= LINK_PIECES_MAX) {
                return false;
            }
            out.add(piece);
            return true;
        });
        for (int left = wild ? rng.nextInt(4) : Integer.MAX_VALUE; left > 0 && !out.isEmpty(); left--) {
            @Nullable Reply reply = twin.take(out.remove());
            if (reply != null) {
                back.add(reply);
            }
        }
        for (int left = wild ? rng.nextInt(4) : Integer.MAX_VALUE; left > 0 && !back.isEmpty(); left--) {
            stream.on(back.remove());
        }
        if (twin.differenceCount() > 0) {
            throw new AssertionError(id() + " and its twin differ at tick " + cell().lastTick());
        }
        if (fault == FailoverFault.NOTHING_IS_HELD) {
            return;
        }
        if (!held && stream.stableTick() != Long.MIN_VALUE) {
            gate.hold();
            held = true;
        }
        gate.release(fault == FailoverFault.SENT_TAKEN_FOR_STABLE ? stream.sentTick() : stream.stableTick());
    }

    Admission offer(CellInput message) {
        return alive ? cell().offer(CellPort.ANY_EPOCH, message) : Admission.SEALED;
    }
}
