package dev.terrane.protocol.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellInputCodecTest {
    private final CellInputCodec codec = new CellInputCodec(Messages.WORLD, Messages.BODIES, Messages.COMMANDS);
    private final CellOutputCodec outputs = new CellOutputCodec(Messages.WORLD);

    private byte[] bytes(CellInput message) {
        ByteWriter out = new ByteWriter(64);
        codec.write(message, out);
        return out.toBytes();
    }

    private CellInput read(byte... bytes) {
        return codec.read(new ByteReader(bytes));
    }

    @Test
    void knowsEveryKindOfMessageThereIs() {
        List<Class<?>> covered = new ArrayList<>();
        Messages.toCells().forEach(message -> covered.add(message.getClass()));
        assertThat(covered).containsExactlyInAnyOrder(CellInput.class.getPermittedSubclasses());
        covered.clear();
        Messages.toGateways().forEach(message -> covered.add(message.getClass()));
        covered.add(CellFrame.class);
        assertThat(covered).containsExactlyInAnyOrder(CellOutput.class.getPermittedSubclasses());
    }

    @Test
    void readsBackWhatItWrote() {
        for (CellInput message : Messages.toCells()) {
            byte[] bytes = bytes(message);
            ByteReader in = new ByteReader(bytes);
            CellInput read = codec.read(in);
            assertThat(read).isInstanceOf(message.getClass());
            assertThat(in.remaining()).as("%s", message).isZero();
            assertThat(bytes(read)).as("%s", message).isEqualTo(bytes);
        }
        for (CellOutput message : Messages.toGateways()) {
            ByteWriter out = new ByteWriter(64);
            outputs.write(message, out);
            ByteReader in = new ByteReader(out.toBytes());
            ByteWriter again = new ByteWriter(64);
            outputs.write(outputs.read(in), again);
            assertThat(in.remaining()).as("%s", message).isZero();
            assertThat(again.toBytes()).as("%s", message).isEqualTo(out.toBytes());
        }
    }

    @Test
    void aJoinThatIsNumberedElsewhereIsAMessageOfItsOwnToOtherReleases() {
        CellInput.Join plain = (CellInput.Join) Messages.toCells().getFirst();
        CellInput.Join numbered = new CellInput.Join(7, 2, plain.character(), 3, "ünsal", 77, 1.5f, -2, 41);
        assertThat(read(bytes(numbered))).isEqualTo(numbered);
        assertThat(bytes(numbered)[0]).isEqualTo((byte) 26);
        assertThat(read(bytes(plain))).isEqualTo(plain);
        assertThat(bytes(plain)[0]).isEqualTo((byte) 1);
    }

    @Test
    void anOfferThatTellsItsTickIsAMessageOfItsOwnToOtherBuilds() {
        CellInput.HandoffOffer plain = Messages.toCells().stream()
                .filter(CellInput.HandoffOffer.class::isInstance)
                .map(CellInput.HandoffOffer.class::cast)
                .findFirst()
                .orElseThrow();
        byte[] bytes = bytes(plain.madeIn(4711));
        assertThat(bytes[0]).isEqualTo((byte) 28);
        CellInput.HandoffOffer read = (CellInput.HandoffOffer) read(bytes);
        assertThat(read.madeTick()).isEqualTo(4711);
        assertThat(bytes(read)).isEqualTo(bytes);
        assertThat(bytes(plain)[0]).isEqualTo((byte) 8);
        assertThat(((CellInput.HandoffOffer) read(bytes(plain))).madeTick())
                .isEqualTo(CellInput.HandoffOffer.UNKNOWN_TICK);
    }

    @Test
    void refusesATickOfAnythingButAnOffer() {
        assertThatThrownBy(() -> read(new byte[] {28, 5, 20}))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("kind 20");
    }

    @Test
    void tellsACellThatGoesOnFromOneThatBeginsAnew() {
        ByteWriter out = new ByteWriter(64);
        for (boolean goesOn : new boolean[] {true, false}) {
            CellOutput up = new CellOutput.CellUp(Messages.CELL, 6, goesOn);
            outputs.write(up, out.clear());
            assertThat(outputs.read(new ByteReader(out.toBytes()))).isEqualTo(up);
        }
    }

    @Test
    void keepsTheValuesOfMembers() {
        CellInput.IntentBatch batch =
                (CellInput.IntentBatch) read(bytes(Messages.toCells().get(14)));
        assertThat(batch.source()).isEqualTo(Messages.CELL);
        assertThat(batch.intents())
                .containsExactly(
                        new Intent.ToEntity(77, new Messages.Poke(5, "ann"), 1),
                        new Intent.ToArea(1.5, -2.5, 4, new Messages.Poke(6, "bob")));
        assertThat(read(bytes(Messages.toCells().get(0))))
                .isEqualTo(Messages.toCells().get(0));
        assertThat(read(bytes(Messages.toCells().get(2))))
                .isEqualTo(Messages.toCells().get(2));
        assertThat(read(bytes(Messages.toCells().get(18))))
                .isEqualTo(Messages.toCells().get(18));
    }

    @Test
    void writesTheBytesThatRecordingsAndLinksAreMadeOf() {
        List<String> golden = new ArrayList<>();
        Messages.toCells().forEach(message -> golden.add(HexFormat.of().formatHex(bytes(message))));
        assertThat(golden).containsExactly(GOLDEN);
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThatThrownBy(() -> read()).isInstanceOf(MalformedBytesException.class);
        assertThatThrownBy(() -> read((byte) 99)).hasMessageContaining("kind 99");
        byte[] input = bytes(Messages.toCells().get(2));
        assertThatThrownBy(() -> read(Arrays.copyOf(input, input.length - 1)))
                .isInstanceOf(MalformedBytesException.class);
        ByteWriter notFinite = new ByteWriter(64);
        codec.write(new CellInput.PlayerInput(1, 1, 1, Float.NaN, 0, 0, 0, 0, 0), notFinite);
        assertThatThrownBy(() -> read(notFinite.toBytes())).hasMessageContaining("viewTick must be finite");
        assertThatThrownBy(() -> read(bytes(new CellInput.Layers(RegionId.ORIGIN, new int[] {1, 1}, 0))))
                .hasMessageContaining("ascending");
        assertThatThrownBy(() -> read(bytes(new CellInput.Pace(1, 0, Shed.NOTHING))))
                .hasMessageContaining("dilation");
    }

    @Test
    void refusesToSpeakOfAnotherWorld() {
        CellId foreign = new CellId(new WorldId("other"), RegionId.ORIGIN, 0);
        assertThatThrownBy(() -> bytes(new CellInput.Merge(foreign))).hasMessageContaining("not of world w");
    }

    private static final String[] GOLDEN = {
        "010700000000000000040b000000000000000c000000000000000606c3bc6e73616c4d000000000000000000c03f000000c0",
        "02070000000000000001",
        "0307000000000000001012000028410000803f000080bf0000003fffffffff0f03",
        "040700000000000000080a020102",
        "05040200d804",
        "06040102",
        "0704",
        "0804010312100e0000000000010000040000803f00000040010304000000000000000a0c",
        "090401030a080604",
        "0a0401030a080604",
        "0b0401030c",
        "0c0401030a80808080a0010402020401090000000000000078",
        "0d0401030a",
        "0e0401030a80808080a00182808080208c0103010203",
        "0f0401030c0a06088c010a1802004d00000000000000010a03616e6e01000000000000f83f00000000000004c0000080400c03626f62",
        "10020402000402",
        "110401030000003f",
        "12040103",
        "13a0010000003f02",
        "14",
        "1578",
        "177a",
        "16010900000000000000010d636d642e746573742e706f6b65010b726567696f6e3a322c2d312e6368617261637465723a303030303030"
                + "30302d303030302d303030622d303030302d30303030303030303030306303722d3103652d3103632d3100066e6f64652d310068e5cf8b010000027b7d",
        "180401030c0a08",
        "190401030e",
        "1b0b000000000000000c000000000000001e0103000e04"
    };
}
