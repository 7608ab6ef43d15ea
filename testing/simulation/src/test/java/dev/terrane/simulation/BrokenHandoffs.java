package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.HandoffAck;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Hand-offs that go wrong on their way. */
final class BrokenHandoffs {
    private static final int OUTER_LAYER = 255;

    private BrokenHandoffs() {}

    static Tamper unraised() {
        return each(offer -> with(offer, offer.source(), offer.seq(), offer.ownership() - 1));
    }

    static Tamper renumbered() {
        return each(offer -> offer.seq() < 2 ? offer : with(offer, offer.source(), 1, offer.ownership()));
    }

    private static Tamper each(UnaryOperator<HandoffOffer> change) {
        return new Tamper() {
            @Override
            public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
                return List.of(message instanceof HandoffOffer offer ? change.apply(offer) : message);
            }
        };
    }

    private static HandoffOffer with(HandoffOffer offer, CellId source, long seq, int ownership) {
        return new HandoffOffer(
                source,
                offer.senderEpoch(),
                offer.sourceEpoch(),
                seq,
                offer.entity(),
                ownership,
                offer.x(),
                offer.y(),
                offer.image(),
                offer.session(),
                offer.gateway(),
                offer.ackedSeq(),
                offer.madeTick());
    }

    /** Hands an entity back to its source by a stranger, while its target has it too. */
    static final class Thawing implements Tamper {
        private @Nullable HandoffOffer first;
        private boolean thawed;

        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            if (message instanceof HandoffOffer offer && first == null) {
                first = offer;
            }
            return List.of(message);
        }

        @Override
        public void tick(Roads roads) {
            HandoffOffer offer = first;
            if (offer != null && !thawed) {
                thawed = true;
                CellId home = offer.source();
                CellId stranger = new CellId(home.world(), home.region(), OUTER_LAYER);
                roads.offer(null, home, CellPort.ANY_EPOCH, with(offer, stranger, 1, offer.ownership()));
            }
        }
    }

    /** Loses an offer on its way, and tells the source that all is well. */
    static final class DroppingKept implements Tamper {
        private final List<HandoffAck> acks = new ArrayList<>();
        private @Nullable CellId source;

        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            if (message instanceof HandoffOffer offer && source == null) {
                source = offer.source();
                acks.add(new HandoffAck(target, Long.MAX_VALUE, offer.sourceEpoch(), offer.seq(), offer.seq()));
                return List.of();
            }
            return List.of(message);
        }

        @Override
        public void tick(Roads roads) {
            CellId home = source;
            if (home != null) {
                acks.forEach(ack -> roads.offer(null, home, CellPort.ANY_EPOCH, ack));
                acks.clear();
            }
        }
    }

    /** Delivers the first offer's entity once more, by a stranger, to the same target. */
    static final class Doubling implements Tamper {
        private @Nullable HandoffOffer first;
        private @Nullable CellId target;
        private boolean doubled;

        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId to, CellInput message) {
            if (message instanceof HandoffOffer offer
                    && first == null
                    && !offer.source().equals(to)) {
                first = offer;
                target = to;
            }
            return List.of(message);
        }

        @Override
        public void tick(Roads roads) {
            HandoffOffer offer = first;
            CellId to = target;
            if (offer != null && to != null && !doubled) {
                doubled = true;
                CellId stranger = new CellId(to.world(), to.region(), OUTER_LAYER);
                roads.offer(null, to, CellPort.ANY_EPOCH, with(offer, stranger, 1, offer.ownership()));
            }
        }
    }
}
