package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.HandoffAck;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Splits and merges that go wrong on their way. */
final class BrokenLayers {
    private BrokenLayers() {}

    static final class LosingMerges implements Tamper {
        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            return message instanceof CellInput.Merge ? List.of() : List.of(message);
        }
    }

    /** Loses whoever goes from one layer to another, and tells the source that all is well. */
    static final class LosingMembers implements Tamper {
        private record Lie(CellId source, HandoffAck ack) {}

        private final List<Lie> lies = new ArrayList<>();

        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            if (message instanceof HandoffOffer offer && offer.source().region().equals(target.region())) {
                lies.add(new Lie(
                        offer.source(),
                        new HandoffAck(target, Long.MAX_VALUE, offer.sourceEpoch(), offer.seq(), offer.seq())));
                return List.of();
            }
            return List.of(message);
        }

        @Override
        public void tick(Roads roads) {
            lies.forEach(lie -> roads.offer(null, lie.source, CellPort.ANY_EPOCH, lie.ack));
            lies.clear();
        }
    }

    /** Whoever changes cells is on the road for some ticks. */
    static final class Dawdling implements Tamper {
        private static final int TICKS = 3;

        private record Late(long dueTick, CellId target, HandoffOffer offer) {}

        private final List<Late> underway = new ArrayList<>();
        private long now;

        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            if (message instanceof HandoffOffer offer && sender != null) {
                underway.add(new Late(now + TICKS, target, offer));
                return List.of();
            }
            return List.of(message);
        }

        @Override
        public void tick(Roads roads) {
            now++;
            for (Iterator<Late> all = underway.iterator(); all.hasNext(); ) {
                Late late = all.next();
                if (late.dueTick <= now) {
                    all.remove();
                    roads.offer(null, late.target, CellPort.ANY_EPOCH, late.offer);
                }
            }
        }
    }
}
