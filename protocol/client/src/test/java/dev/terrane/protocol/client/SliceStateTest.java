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
            SliceWriter.parts(out, SliceWriter.PART_ENTERED);
            SliceWriter.count(out, 1);
            bare(out, 128, 50);
        });
    }

    @Test
    void refusesAnEntityTwice() {
        refusesDelta("is in slot 0", out -> {
            SliceWriter.parts(out, SliceWriter.PART_ENTERED);
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
            SliceWriter.parts(out, SliceWriter.PART_ENTERED);
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
            SliceWriter.parts(out, SliceWriter.PART_ENTERED);
            SliceWriter.count(out, 1);
            bare(out, 9, 0);
        });
    }

    @Test
    void refusesChangesOfAnEmptySlot() {
        refusesDelta("slot 7 is empty", out -> {
            SliceWriter.parts(out, SliceWriter.PART_CHANGED);
            changed(out, 7, 1);
        });
        refusesDelta("slot 99 is empty", out -> {
            SliceWriter.parts(out, SliceWriter.PART_LEFT);
            SliceWriter.count(out, 1);
            SliceWriter.left(out, 99, LeftReason.MOVED);
        });
    }

    @Test
    void refusesFieldsAndComponentsThatAreNotThere() {
        refusesDelta("does not fit an entity of 4 fields", out -> {
            SliceWriter.parts(out, SliceWriter.PART_CHANGED);
            changed(out, 5, 1 << 4);
        });
        refusesDelta("without public fields", out -> {
            SliceWriter.parts(out, SliceWriter.PART_ENTERED);
            SliceWriter.count(out, 1);
            SliceWriter.full(out, 9, 50, 0, 1L << GoldenWorld.VELOCITY);
        });
    }

    @Test
    void refusesUnknownReasonsCountsAndEvents() {
        refusesDelta("reason 4", out -> {
            SliceWriter.parts(out, SliceWriter.PART_LEFT);
            SliceWriter.count(out, 1);
            SliceWriter.left(out, 5, LeftReason.ABSENT);
        });
        refusesDelta("does not fit", out -> {
            SliceWriter.parts(out, SliceWriter.PART_LEFT);
            SliceWriter.count(out, 1000);
        });
        refusesDelta("more than 128", out -> {
            SliceWriter.parts(out, SliceWriter.PART_LEFT);
            SliceWriter.count(out, 129);
            out.raw(new byte[300], 0, 300);
        });
        refusesDelta("event 2 is unknown", out -> {
            SliceWriter.parts(out, SliceWriter.PART_EVENTS);
            SliceWriter.events(out, new byte[] {2}, 1);
        });
        refusesDelta("beyond the 1 bytes", out -> {
            SliceWriter.parts(out, SliceWriter.PART_EVENTS);
            SliceWriter.events(out, new byte[] {0}, 1); // its fields would be missing
            out.raw(new byte[4], 0, 4);
        });
        refusesDelta("parts 0x10", out -> SliceWriter.parts(out, 16));
        refusesDelta("follow the changes", out -> {
            SliceWriter.parts(out, 0);
            out.u8(0);
        });
    }

    @Test
    void refusesSlotsThatAreNoSet() {
        refusesDelta("slot 3 follows 3", out -> group(out, 0x83, 3));
        refusesDelta("bitmap of 17 bytes", out -> group(out, 0xFF, 17));
        refusesDelta("bitmap of 0 bytes", out -> group(out, 0xFF, 0));
    }

    private static void group(ByteWriter out, int... slots) {
        SliceWriter.parts(out, SliceWriter.PART_CHANGED);
        out.varulong(1L << ChangeGroups.MASK_SHIFT);
        for (int each : slots) {
            out.u8(each);
        }
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

    private static void changed(ByteWriter out, int slot, long mask) {
        ChangeGroups changes = new ChangeGroups();
        changes.add(slot, mask).u8(0);
        changes.write(out, 99);
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
