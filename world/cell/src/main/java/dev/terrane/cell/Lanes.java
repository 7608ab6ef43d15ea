package dev.terrane.cell;

import dev.terrane.base.Meters;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.queue.Inbox;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cell's inbox, in lanes: a flood of inputs cannot keep a join or a hand-off out. A full lane refuses; the sender decides what then
 * (a gateway drops or tells its client, a cell keeps the entity home).
 */
final class Lanes {
    /** One kind of message each, with a limit of its own. */
    enum Lane {
        /** Inputs and game messages of players. */
        INPUT,
        /** Sessions and watches. */
        CONTROL,
        /** Other cells and the steward. */
        CELL
    }

    private final Inbox<CellInput> inputs;
    private final Inbox<CellInput> controls;
    private final Inbox<CellInput> cells;
    /** Where to note what the running tick takes out. */
    private @Nullable TickLog log;

    private final Meters.Count[] refused = new Meters.Count[Lane.values().length];

    Lanes(CellSettings.Inboxes limits, Meters meters, String cell) {
        this.inputs = new Inbox<>(limits.inputCount());
        this.controls = new Inbox<>(limits.controlCount());
        this.cells = new Inbox<>(limits.cellCount());
        for (Lane lane : Lane.values()) {
            String name = lane.name().toLowerCase(Locale.ROOT);
            refused[lane.ordinal()] =
                    meters.count("cell_inbox_refused", "cell", cell, "lane", name, "policy", "refuse");
            meters.gauge("cell_inbox_messages", inbox(lane)::size, "cell", cell, "lane", name);
        }
    }

    static Lane laneOf(CellInput message) {
        return switch (message) {
            case CellInput.PlayerInput _, CellInput.PlayerMessage _ -> Lane.INPUT;
            case CellInput.Join _,
                    CellInput.Leave _,
                    CellInput.Watch _,
                    CellInput.Unwatch _,
                    CellInput.GatewayGone _,
                    CellInput.ConductReport _ -> Lane.CONTROL;
            case CellInput.HandoffOffer _,
                    CellInput.HandoffAck _,
                    CellInput.DeparturesStable _,
                    CellInput.PeerRestarting _,
                    CellInput.PeerContinues _,
                    CellInput.GhostSubscribe _,
                    CellInput.GhostUnsubscribe _,
                    CellInput.GhostBatch _,
                    CellInput.IntentBatch _,
                    CellInput.IntentAck _,
                    CellInput.Layers _,
                    CellInput.Divide _,
                    CellInput.Merge _,
                    CellInput.Pace _,
                    CellInput.Seal _,
                    CellInput.Commands _,
                    CellInput.FactsStored _,
                    CellInput.CheckpointStored _ -> Lane.CELL;
        };
    }

    /** Any thread. False when the message's lane is full. */
    boolean offer(CellInput message) {
        Lane lane = laneOf(message);
        boolean accepted = inbox(lane).offer(message);
        if (!accepted) {
            refused[lane.ordinal()].one();
        }
        return accepted;
    }

    /** Hands over what waits, at most one full lane: what comes meanwhile may wait for the next tick. The cell's tick only. */
    void drain(Lane lane, Consumer<CellInput> reader) {
        Inbox<CellInput> inbox = inbox(lane);
        TickLog noted = log;
        if (noted == null) {
            inbox.drain(reader, inbox.capacity());
            return;
        }
        inbox.drain(
                message -> {
                    noted.add(message);
                    reader.accept(message);
                },
                inbox.capacity());
    }

    /** From now on, notes what is taken out; null: nobody wants to know. The cell's tick only. */
    void note(@Nullable TickLog tickLog) {
        log = tickLog;
    }

    /** Messages that wait, all lanes together. Any thread. */
    int size() {
        return inputs.size() + controls.size() + cells.size();
    }

    private Inbox<CellInput> inbox(Lane lane) {
        return switch (lane) {
            case INPUT -> inputs;
            case CONTROL -> controls;
            case CELL -> cells;
        };
    }
}
