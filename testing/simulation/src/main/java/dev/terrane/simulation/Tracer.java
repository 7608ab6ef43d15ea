package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.EntityId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Writes down what passes, for whoever looks into a red run. Frames and single inputs are left out: they are too many. */
final class Tracer implements Witness {
    private final Consumer<String> lines;
    private final LongSupplier tick;

    Tracer(Consumer<String> lines, LongSupplier tick) {
        this.lines = lines;
        this.tick = tick;
    }

    @Override
    public void offered(@Nullable CellId sender, CellId target, CellInput message, Admission answer) {
        String what = switch (message) {
            case CellInput.PlayerInput _ -> "";
            case CellInput.HandoffOffer offer ->
                "HandoffOffer " + offer.seq() + " of " + new EntityId(offer.entity()) + " ownership "
                        + offer.ownership() + " session " + offer.session() + " acked " + offer.ackedSeq();
            case CellInput.Watch watch -> "Watch by " + watch.gateway() + " of " + watch.chunks().length;
            case CellInput.Unwatch watch -> "Unwatch by " + watch.gateway() + " of " + watch.chunks().length;
            case CellInput.GhostSubscribe ask ->
                "GhostSubscribe stream " + ask.stream() + " version " + ask.version() + " chunks "
                        + Arrays.toString(ask.chunks()) + " entities " + ask.entities().length;
            case CellInput.GhostBatch batch ->
                "GhostBatch stream " + batch.stream() + " seq " + batch.seq() + " of " + batch.length() + " bytes";
            case CellInput.Layers layers ->
                "Layers of " + layers.region() + ": " + Arrays.toString(layers.layers()) + ", newcomers to "
                        + layers.newcomers();
            default -> message.toString();
        };
        if (!what.isEmpty()) {
            lines.accept(tick.getAsLong() + " " + (sender == null ? "-" : sender) + " > " + target + " " + what + " "
                    + answer);
        }
    }

    @Override
    public void told(CellId sender, int gateway, CellOutput message, boolean taken) {
        if (!(message instanceof CellFrame)) {
            lines.accept(tick.getAsLong() + " " + sender + " > gateway " + gateway + " " + message
                    + (taken ? "" : " REFUSED"));
        } else if (!taken) {
            lines.accept(tick.getAsLong() + " " + sender + " > gateway " + gateway + " frame REFUSED");
        }
    }

    @Override
    public void opened(CellId cell, long epoch) {
        lines.accept(tick.getAsLong() + " " + cell + " opens under epoch " + epoch);
    }

    @Override
    public void died(CellId cell, long epoch) {
        lines.accept(tick.getAsLong() + " " + cell + " dies, epoch " + epoch);
    }

    @Override
    public void closed(CellId cell, long epoch) {
        lines.accept(tick.getAsLong() + " " + cell + " closes, epoch " + epoch);
    }
}
