package dev.terrane.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeGroupsTest {
    private final ChangeGroups groups = new ChangeGroups();
    private final ByteWriter out = new ByteWriter(64);

    @Test
    void everybodyIsNamedByOneBit() {
        for (int slot = 0; slot < SliceWriter.SLOT_COUNT; slot++) {
            groups.add(slot, 0b11).raw(new byte[] {1, 2}, 0, 2);
        }
        groups.write(out, SliceWriter.SLOT_COUNT);
        assertThat(out.size()).isEqualTo(1 + 2 * SliceWriter.SLOT_COUNT);
    }

    @Test
    void manyAreNamedByABitmapAndFewByAList() {
        for (int slot = 0; slot < 60; slot++) {
            groups.add(slot, 1).u8(7);
        }
        groups.write(out, 61);
        assertThat(out.size()).isEqualTo(1 + 2 + 8 + 60);
        groups.clear();
        groups.add(100, 1).u8(7);
        groups.add(90, 1).u8(8);
        groups.write(out.clear(), 61);
        assertThat(out.toBytes()).containsExactly(4, 90 | 0x80, 100, 8, 7);
    }

    @Test
    void namesTheFieldsOncePerGroup() {
        groups.add(3, 0b1).u8(30);
        groups.add(2, 0b10).u8(20);
        groups.add(1, 0b1).u8(10);
        groups.write(out, 9);
        assertThat(out.toBytes()).containsExactly(4 | 1, 1 | 0x80, 3, 10, 30, 8, 2, 20);
    }

    @Test
    void refusesAnEntityTwice() {
        groups.add(3, 1);
        assertThatThrownBy(() -> groups.add(3, 1)).hasMessageContaining("slot 3 has changed already");
    }

    @Test
    void aSetOfSlotsIsReadAsItIsWritten() {
        for (int[] each : new int[][] {
            {0},
            {127},
            {63, 64},
            {0, 127},
            IntStream.range(0, 128).toArray(),
            IntStream.range(70, 100).toArray()
        }) {
            SlotSet set = new SlotSet();
            for (int slot : each) {
                set.add(slot);
            }
            set.write(out.clear());
            SlotSet read = new SlotSet();
            ByteReader in = new ByteReader(out.toBytes());
            read.read(in);
            assertThat(in.remaining()).isZero();
            assertThat(IntStream.range(0, 128).filter(read::has).toArray()).isEqualTo(each);
            assertThat(IntStream.iterate(read.next(0), slot -> slot >= 0, slot -> read.next(slot + 1))
                            .toArray())
                    .isEqualTo(each);
            assertThat(read.count()).isEqualTo(each.length);
        }
    }
}
