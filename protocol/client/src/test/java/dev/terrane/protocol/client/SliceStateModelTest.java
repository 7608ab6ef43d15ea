package dev.terrane.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of a slice: deltas and keyframes must lead where the naive model is, and the listener must hear enough to follow. */
class SliceStateModelTest {
    private static final int STEP_COUNT = 400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void followsAnyHistory(long seed) {
        Rng rng = new Rng(seed);
        SliceState state = new SliceState(GoldenWorld.LAYOUT);
        Follower follower = new Follower();
        SliceModel model = new SliceModel();
        for (int step = 0; step < STEP_COUNT; step++) {
            SliceModel next = model.next(rng, 1 + 10 * step);
            if (rng.chance(0.7f)) {
                state.applyDelta(new ByteReader(model.deltaTo(next)), follower);
            } else {
                state.applyKeyframe(new ByteReader(next.keyframe()), follower);
            }
            assertThat(SliceModel.of(state).slots)
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(next.slots);
            assertThat(follower.beings).as("seed %d, step %d", seed, step).isEqualTo(next.slots);
            assertThat(state.entityCount()).isEqualTo(next.slots.size());
            ByteWriter again = new ByteWriter(64);
            state.writeKeyframe(again);
            assertThat(again.toBytes()).as("seed %d, step %d", seed, step).isEqualTo(next.keyframe());
            model = next;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void healsFromAnyStateByKeyframe(long seed) {
        Rng rng = new Rng(seed);
        SliceState state = new SliceState(GoldenWorld.LAYOUT);
        List<SliceModel> models = new ArrayList<>(List.of(new SliceModel()));
        for (int step = 1; step < 60; step++) {
            models.add(models.getLast().next(rng, 1 + 10 * step));
        }
        Follower follower = new Follower();
        for (int step = 0; step < STEP_COUNT; step++) {
            SliceModel any = models.get(rng.nextInt(models.size()));
            state.applyKeyframe(new ByteReader(any.keyframe()), follower);
            assertThat(follower.beings).as("seed %d, step %d", seed, step).isEqualTo(any.slots);
            assertThat(SliceModel.of(state).slots)
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(any.slots);
        }
    }

    /** Knows only what it is told, and only the fields it is told about. */
    private static final class Follower implements SliceListener {
        final Map<Integer, SliceModel.Being> beings = new TreeMap<>();

        @Override
        public void entered(SliceState slice, int slot) {
            assertThat(beings.put(slot, SliceModel.being(slice, slot))).isNull();
        }

        @Override
        public void changed(SliceState slice, int slot, long fieldMask) {
            SliceModel.Being before = Objects.requireNonNull(beings.get(slot));
            SliceModel.Being after = SliceModel.being(slice, slot);
            List<Object> values = new ArrayList<>(before.values());
            for (int i = 0; i < values.size(); i++) {
                if ((fieldMask >>> i & 1) != 0) {
                    values.set(i, after.values().get(i));
                }
            }
            beings.put(slot, new SliceModel.Being(before.id(), before.ownership(), before.layout(), values));
        }

        @Override
        public void left(SliceState slice, int slot, LeftReason reason) {
            assertThat(Objects.requireNonNull(beings.remove(slot)).id()).isEqualTo(slice.entity(slot));
        }
    }
}
