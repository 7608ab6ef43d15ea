package dev.terrane.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SliceStateTest {
    private final SliceState state = GoldenWorld.state();

    @Test
    void refusesASlotBeyondTheLast() {
        refusesDelta("slot 128 is beyond 127", out -> {
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 1);
            bare(out, 128, 50);
        });
    }

    @Test
    void refusesAnEntityTwice() {
        refusesDelta("is in slot 0", out -> {
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 1);
            bare(out, 9, GoldenWorld.ALICE);
        });
        assertThatThrownBy(() -> state.applyKeyframe(
                        bytes(out -> {
                            SliceWriter.count(out, 2);
                            bare(out, 9, 50);
                            bare(out, 10, 50);
                        }),
                        SliceListener.NONE))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("slots 9 and 10");
    }

    @Test
    void refusesToEnterATakenSlot() {
        refusesDelta("has not left it", out -> {
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 1);
            bare(out, 5, 50);
        });
        assertThatThrownBy(() -> state.applyKeyframe(
                        bytes(out -> {
                            SliceWriter.count(out, 2);
                            bare(out, 9, 50);
                            bare(out, 9, 51);
                        }),
                        SliceListener.NONE))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("filled twice");
    }

    @Test
    void refusesNobody() {
        refusesDelta("entity 0 names nobody", out -> {
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 1);
            bare(out, 9, 0);
        });
    }

    @Test
    void refusesChangesOfAnEmptySlot() {
        refusesDelta("slot 7 is empty", out -> {
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 1);
            SliceWriter.changed(out, 7, 1);
            out.u8(0);
        });
        refusesDelta("slot 99 is empty", out -> {
            SliceWriter.count(out, 1);
            SliceWriter.left(out, 99, LeftReason.MOVED);
        });
    }

    @Test
    void refusesFieldsAndComponentsThatAreNotThere() {
        refusesDelta("does not fit an entity of 4 fields", out -> {
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 1);
            SliceWriter.changed(out, 5, 1 << 4);
            out.u8(0);
        });
        refusesDelta("without public fields", out -> {
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 1);
            SliceWriter.full(out, 9, 50, 0, 1L << GoldenWorld.VELOCITY);
        });
    }

    @Test
    void refusesUnknownReasonsCountsAndEvents() {
        refusesDelta("reason 4", out -> {
            SliceWriter.count(out, 1);
            SliceWriter.left(out, 5, LeftReason.ABSENT);
        });
        refusesDelta("does not fit", out -> SliceWriter.count(out, 1000));
        refusesDelta("more than 128", out -> {
            SliceWriter.count(out, 129);
            out.raw(new byte[300], 0, 300);
        });
        refusesDelta("event 2 is unknown", out -> {
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 0);
            SliceWriter.count(out, 0);
            SliceWriter.event(out, 2);
        });
    }

    @Test
    void cutsLongTextsBetweenCharacters() {
        ByteWriter out = new ByteWriter(16);
        SliceWriter.text(out, "a" + "é".repeat(200));
        ByteReader in = new ByteReader(out.toBytes());

        assertThat(in.utf8(255)).isEqualTo("a" + "é".repeat(127));
        assertThat(in.remaining()).isZero();
    }

    @Test
    void isEmptyOnceCleared() {
        state.clear();

        assertThat(state.entityCount()).isZero();
        assertThat(state.entity(0)).isZero();
        state.applyKeyframe(new ByteReader(GoldenWorld.keyframe()), SliceListener.NONE);
        assertThat(state.entityCount()).isEqualTo(3);
    }

    private void refusesDelta(String why, Consumer<ByteWriter> delta) {
        assertThatThrownBy(() -> GoldenWorld.state().applyDelta(bytes(delta), SliceListener.NONE))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining(why);
    }

    private static void bare(ByteWriter out, int slot, long entity) {
        SliceWriter.full(out, slot, entity, 0, 0);
    }

    private static ByteReader bytes(Consumer<ByteWriter> content) {
        ByteWriter out = new ByteWriter(64);
        content.accept(out);
        return new ByteReader(out.toBytes());
    }
}
