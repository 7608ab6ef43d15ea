package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.IntentBatch;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Inputs, intents and watches that go wrong on their way. */
final class BrokenTalk {
    private BrokenTalk() {}

    /** Whatever is sent a second time is lost: what the old cell had taken and not applied. */
    static final class NoResend implements Tamper {
        private final Map<Long, Integer> newest = new HashMap<>();

        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            if (message instanceof PlayerInput input) {
                if (input.seq() <= newest.getOrDefault(input.session(), 0)) {
                    return List.of();
                }
                newest.put(input.session(), input.seq());
            }
            return List.of(message);
        }
    }

    static final class Repeating implements Tamper {
        private static final int EVERY = 50;

        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            return message instanceof PlayerInput input && input.seq() % EVERY == 0
                    ? List.of(message, next(input))
                    : List.of(message);
        }

        private static PlayerInput next(PlayerInput input) {
            return new PlayerInput(
                    input.session(),
                    input.seq() + 1,
                    input.clientTick(),
                    input.viewTick(),
                    input.moveX(),
                    input.moveY(),
                    input.aim(),
                    input.held(),
                    input.pressed());
        }
    }

    static final class DoublingIntents implements Tamper {
        private final Map<List<CellId>, Long> added = new HashMap<>();

        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            if (!(message instanceof IntentBatch batch)) {
                return List.of(message);
            }
            int count = batch.intents().size();
            long shift = added.merge(List.of(batch.source(), target), (long) count, Long::sum) - count;
            return List.of(shifted(batch, shift), shifted(batch, shift + count));
        }

        private static IntentBatch shifted(IntentBatch batch, long shift) {
            return new IntentBatch(
                    batch.source(),
                    batch.senderEpoch(),
                    batch.sourceEpoch(),
                    batch.oldest(),
                    batch.seq() + shift,
                    batch.tick(),
                    batch.after(),
                    batch.intents());
        }
    }

    static final class LosingIntents implements Tamper {
        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            return message instanceof IntentBatch ? List.of() : List.of(message);
        }
    }

    static final class LosingWatches implements Tamper {
        private int watchCount;

        @Override
        public List<CellInput> toCell(@Nullable CellId sender, CellId target, CellInput message) {
            return message instanceof CellInput.Watch && ++watchCount > 2 ? List.of() : List.of(message);
        }
    }
}
