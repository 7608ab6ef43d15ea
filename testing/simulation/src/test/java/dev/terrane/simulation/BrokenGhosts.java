package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.GhostBatch;
import dev.terrane.protocol.cluster.CellInput.GhostSubscribe;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Talk about ghosts that goes wrong on its way. */
final class BrokenGhosts {
    private static final int CHUNKS = 200;

    private BrokenGhosts() {}

    static final class LosingNeeds implements Tamper {
        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            return message instanceof GhostSubscribe ? List.of() : List.of(message);
        }
    }

    /** Only the first push arrives; later batches come empty. */
    static final class Freezing implements Tamper {
        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            return message instanceof GhostBatch batch && batch.seq() > 1
                    ? List.of(new GhostBatch(
                            batch.source(),
                            batch.sourceEpoch(),
                            batch.stream(),
                            batch.seq(),
                            batch.tick(),
                            new byte[0],
                            0))
                    : List.of(message);
        }
    }

    /** Broadcast: whoever asks for something is told everything. */
    static final class Broadcasting implements Tamper {
        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            return message instanceof GhostSubscribe ask
                    ? List.of(new GhostSubscribe(
                            ask.subscriber(),
                            ask.subscriberEpoch(),
                            ask.stream(),
                            ask.version(),
                            IntStream.range(0, CHUNKS).toArray(),
                            ask.entities(),
                            ask.ttlTicks()))
                    : List.of(message);
        }
    }
}
