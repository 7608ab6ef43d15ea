package dev.terrane.server.witness;

import dev.terrane.base.CellId;
import dev.terrane.cell.CellPorts;
import dev.terrane.node.Telling;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.GatewayPort;
import dev.terrane.protocol.cluster.Intent;
import java.util.Locale;

/** Notes for traces what goes by on the ways between gateways and cells. In ticks and on gateways' threads; costs one look while nobody is traced. */
public final class TracedWays {
    private final Traces traces;

    public TracedWays(Traces traces) {
        this.traces = traces;
    }

    /** A gateway's way to cells. */
    public CellPort ofGateway(CellPort real) {
        return cells(real, "sent", "");
    }

    /** A cell's own ways out. */
    public CellPorts ofCell(CellPorts real) {
        return new CellPorts(
                cells(real.cells(), "sent", "by a cell, "),
                gateways(real.gateways()),
                real.listener(),
                real.meters(),
                real.stopwatchNanos(),
                real.taps());
    }

    private CellPort cells(CellPort real, String what, String by) {
        return new CellPort() {
            @Override
            public Admission offer(CellId cell, long epoch, CellInput message) {
                Admission admission = real.offer(cell, epoch, message);
                if (traces.any()) {
                    note(what, by, cell, epoch, message, admission);
                }
                return admission;
            }

            @Override
            public void flush() {
                real.flush();
            }
        };
    }

    private GatewayPort gateways(GatewayPort real) {
        return (gateway, message) -> {
            boolean taken = real.offer(gateway, message);
            if (traces.any()) {
                note(message, taken);
            }
            return taken;
        };
    }

    /** Something of another node for a cell of this one. */
    public void came(CellId cell, long epoch, CellInput message, Admission admission) {
        if (traces.any()) {
            note("came", "", cell, epoch, message, admission);
        }
    }

    private void note(String what, String by, CellId cell, long epoch, CellInput message, Admission admission) {
        Telling.Place place = new Telling.Place(cell.toString(), epoch, -1);
        String fate = " " + admission.name().toLowerCase(Locale.ROOT);
        switch (message) {
            case CellInput.PlayerInput input ->
                traces.write(place, input.session(), 0, null, what, by + "input " + input.seq() + fate);
            case CellInput.PlayerMessage game ->
                traces.write(place, game.session(), 0, null, what, by + "message of type " + game.type() + fate);
            case CellInput.Join join ->
                traces.write(
                        place,
                        join.session(),
                        0,
                        join.character(),
                        what,
                        by + "join of generation " + join.generation() + fate);
            case CellInput.Leave leave -> traces.write(place, leave.session(), 0, null, what, by + "leave" + fate);
            case CellInput.HandoffOffer offer ->
                traces.write(
                        place,
                        offer.session(),
                        offer.entity(),
                        null,
                        what,
                        by + "hand-off " + offer.seq() + " from " + offer.source() + fate);
            case CellInput.IntentBatch batch -> {
                for (Intent intent : batch.intents()) {
                    if (intent instanceof Intent.ToEntity one) {
                        String kind = one.body().getClass().getSimpleName();
                        traces.write(place, 0, one.target(), null, what, by + "intent " + kind + fate);
                    }
                }
            }
            default -> {
                // Of nobody in particular.
            }
        }
    }

    private void note(CellOutput message, boolean taken) {
        String fate = taken ? " taken" : " not taken";
        switch (message) {
            case CellOutput.Joined joined ->
                traces.write(
                        new Telling.Place(joined.cell().toString(), joined.epoch(), -1),
                        joined.session(),
                        joined.avatar(),
                        null,
                        "told",
                        "joined, inputs up to " + joined.ackedSeq() + fate);
            case CellOutput.Moved moved ->
                traces.write(
                        new Telling.Place(moved.from().toString(), -1, -1),
                        moved.session(),
                        moved.avatar(),
                        null,
                        "told",
                        "moved to " + moved.to() + ", inputs up to " + moved.ackedSeq() + fate);
            case CellOutput.JoinRefused refused ->
                traces.write(
                        new Telling.Place(refused.cell().toString(), -1, -1),
                        refused.session(),
                        0,
                        null,
                        "told",
                        "join refused, " + refused.reason() + fate);
            case CellOutput.SessionEnded ended ->
                traces.write(
                        new Telling.Place("", -1, -1),
                        ended.session(),
                        0,
                        ended.character(),
                        "told",
                        "session ended, " + ended.reason() + fate);
            default -> {
                // Frames are noted when they leave for the client.
            }
        }
    }
}
