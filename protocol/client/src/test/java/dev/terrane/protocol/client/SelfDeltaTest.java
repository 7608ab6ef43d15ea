package dev.terrane.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireKind;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfDeltaTest {
    private static final WireLayout LAYOUT = GoldenWorld.LAYOUT;
    private static final int EVERY = 1 << GoldenWorld.POSITION | 1 << GoldenWorld.NAMEPLATE | 1 << GoldenWorld.ALL;

    private final SelfDelta delta = new SelfDelta(LAYOUT);
    private final ByteWriter out = new ByteWriter(16);

    @Test
    void whoeverHasTheOneComesToTheOtherWhateverTheValuesAre() {
        long seed = Long.getLong("self.seed", 11);
        Rng rng = new Rng(seed);
        byte[] before = random(rng, EVERY);
        SelfValues client = new SelfValues(LAYOUT).read(new ByteReader(before));
        int wholeCount = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] now = random(rng, EVERY);
            out.clear();
            if (delta.write(before, before.length, now, 0, now.length, out)) {
                client.change(new ByteReader(out.toBytes()));
            } else {
                wholeCount++; // some float was no number
                client.read(new ByteReader(now));
            }
            SelfValues expected = new SelfValues(LAYOUT).read(new ByteReader(now));
            assertThat(values(client)).as("-Dself.seed=" + seed + ", step " + i).isEqualTo(values(expected));
            before = now;
        }
        assertThat(wholeCount).isBetween(1, 200);
    }

    @Test
    void isOneByteWhenNothingDiffersAndFewWhenAnAvatarMoves() {
        byte[] here = GoldenWorld.self();
        delta.write(here, here.length, here, 0, here.length, out);
        assertThat(out.toBytes()).containsExactly(0);
        assertThat(GoldenWorld.selfChanges().length).isLessThan(here.length / 2);
    }

    @Test
    void refusesWhenComponentsCameOrWent() {
        Rng rng = new Rng(1);
        byte[] before = random(rng, EVERY);
        byte[] now = random(rng, EVERY & ~(1 << GoldenWorld.NAMEPLATE));
        assertThat(delta.write(before, before.length, now, 0, now.length, out)).isFalse();
        assertThat(out.size()).isZero();
    }

    @Test
    void refusesMoreFieldsThanAMaskHasBits() {
        List<WireRecord> wide = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            List<WireField> fields = new ArrayList<>();
            for (int f = 0; f < 33; f++) {
                fields.add(new WireField("f" + f, WireKind.INT, true, 0));
            }
            wide.add(new WireRecord("wide" + c, 1, fields));
        }
        WireLayout layout = new WireLayout(new WireSchema(wide, List.of()));
        byte[] body = new byte[1 + 66];
        body[0] = 3;
        assertThat(new SelfDelta(layout).write(body, body.length, body, 0, body.length, out))
                .isFalse();
    }

    @Test
    void changesThatNameOtherFieldsAreRefused() {
        SelfValues client = new SelfValues(LAYOUT).read(new ByteReader(random(new Rng(1), EVERY)));
        assertThatThrownBy(() -> client.change(new ByteReader(new byte[] {(byte) 0x80, (byte) 0x80, 1})))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("names more than");
        assertThatThrownBy(() -> client.change(new ByteReader(new byte[] {0, 1})))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("bytes follow");
    }

    private static byte[] random(Rng rng, long components) {
        ByteWriter out = new ByteWriter(64);
        SliceWriter.self(out, components);
        for (long rest = components; rest != 0; rest &= rest - 1) {
            for (FieldCode code : LAYOUT.componentCodes(Long.numberOfTrailingZeros(rest))) {
                switch (code) {
                    case TEXT -> SliceWriter.text(out, rng.chance(0.5f) ? "Ada" : "Bob " + rng.nextInt(3));
                    case BOOLEAN -> SliceWriter.exact(out, code, rng.nextInt(2));
                    case LONG -> SliceWriter.exact(out, code, rng.nextLong());
                    case INT, FLOAT, QUANTISED ->
                        SliceWriter.exact(out, code, rng.chance(0.3f) ? 7 : (int) rng.nextLong());
                }
            }
        }
        return out.toBytes();
    }

    private static List<Object> values(SelfValues self) {
        List<Object> all = new ArrayList<>();
        for (int c = 0; c < LAYOUT.schema().components().size(); c++) {
            for (int f = 0; self.has(c) && f < LAYOUT.componentCodes(c).length; f++) {
                all.add(self.bits(c, f));
                all.add(self.text(c, f));
            }
        }
        return all;
    }
}
