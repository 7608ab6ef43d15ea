package dev.terrane.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One delta made of several leads where they lead. */
class DeltaMergerModelTest {
    private static final int ROUND_COUNT = 300;

    private final DeltaMerger merger = new DeltaMerger();
    private final ByteWriter out = new ByteWriter(64);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theMergedDeltaLeadsWhereTheChainLeads(long seed) {
        Rng rng = new Rng(seed);
        SliceModel model = new SliceModel();
        for (int i = 0; i < 20; i++) {
            model = model.next(rng, 1 + 10 * i);
        }
        for (int round = 0; round < ROUND_COUNT; round++) {
            byte[] start = model.keyframe();
            List<byte[]> chain = new ArrayList<>();
            int length = 1 + rng.nextInt(DeltaMerger.DELTA_COUNT_MAX);
            for (int step = 0; step < length; step++) {
                // Only the first may let somebody leave or enter.
                SliceModel next =
                        step == 0 && rng.chance(0.6f) ? model.next(rng, 1000 + 10 * round) : model.stirred(rng);
                chain.add(withEvent(model.deltaTo(next), rng));
                model = next;
            }
            SliceState stepwise = applied(start, chain, SliceListener.NONE);
            Described.Log steps = new Described.Log();
            applied(start, chain, steps);
            merger.begin(stepwise);
            for (byte[] each : chain) {
                assertThat(merger.add(each, 0, each.length)).isTrue();
            }
            merger.finish(out.clear());
            Described.Log one = new Described.Log();
            SliceState merged = applied(start, List.of(out.toBytes()), one);
            assertThat(SliceModel.of(merged).slots)
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(model.slots);
            assertThat(events(one)).as("seed %d, round %d", seed, round).isEqualTo(events(steps));
            assertThat(merger.entityCount()).isLessThanOrEqualTo(merged.entityCount());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7})
    void refusesALaterOneByWhichSomebodyComesOrGoes(long seed) {
        Rng rng = new Rng(seed);
        SliceModel first = new SliceModel().next(rng, 1);
        SliceModel second = first.stirred(rng);
        SliceModel third = second.next(rng, 100);
        byte[] stays = first.deltaTo(second);
        byte[] comes = second.deltaTo(third);
        merger.begin(applied(first.keyframe(), List.of(stays, comes), SliceListener.NONE));
        assertThat(merger.add(stays, 0, stays.length)).isTrue();
        assertThat(merger.add(comes, 0, comes.length)).isFalse();
    }

    private static byte[] withEvent(byte[] delta, Rng rng) {
        if (rng.chance(0.5f)) {
            return delta;
        }
        ByteWriter out = new ByteWriter(64);
        out.raw(delta, 0, delta.length);
        SliceWriter.events(out, GoldenWorld.events(), GoldenWorld.events().length);
        byte[] bytes = out.toBytes();
        bytes[0] |= SliceWriter.PART_EVENTS;
        return bytes;
    }

    private static SliceState applied(byte[] start, List<byte[]> chain, SliceListener listener) {
        SliceState state = new SliceState(GoldenWorld.LAYOUT);
        state.applyKeyframe(new ByteReader(start), SliceListener.NONE);
        chain.forEach(each -> state.applyDelta(new ByteReader(each), listener));
        return state;
    }

    private static List<Object> events(Described.Log log) {
        return log.lines.stream()
                .filter(line -> ((List<?>) line).getFirst().equals("event"))
                .toList();
    }
}
