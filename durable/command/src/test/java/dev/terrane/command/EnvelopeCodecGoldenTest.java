package dev.terrane.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.bytes.MalformedBytesException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands in databases is read for ever: these bytes may gain versions, but never change. */
class EnvelopeCodecGoldenTest {
    private static final List<CommandEnvelope> COMMANDS = List.of(
            command("buy", 1, "k", new CommandEnvelope.Trace("e", "e", "", "n", 300), "{}"),
            command("buy", 1, "ü", new CommandEnvelope.Trace("f", "e", "e", "n", 301), "{}"),
            command("buy", 2, "k", new CommandEnvelope.Trace("g", "g", "", "m", 302), ""));

    private static final String PACKED = "0103"
            + "04" + "0362757901" + "016b" + "0161" + "0172" + "0165" + "00" + "016e" + "ac02" + "027b7d"
            + "03" + "02c3bc" + "0161" + "0172" + "0166" + "0165" + "0165" + "ad02" + "027b7d"
            + "04" + "0362757902" + "016b" + "0161" + "0172" + "0167" + "00" + "016d" + "ae02" + "00";

    private static final List<CommandAnswer> ANSWERS = List.of(
            CommandAnswer.to(COMMANDS.get(0), new CommandResult.Done("{}".getBytes(UTF_8))),
            CommandAnswer.to(COMMANDS.get(1), new CommandResult.Refused("POOR", "no", 300)));

    private static final String PACKED_ANSWERS = "0102" + "0161" + "0172" + "03627579" + "0165" + "00" + "027b7d"
            + "0161" + "0172" + "03627579" + "0165" + "01" + "04504f4f52" + "026e6f" + "ac02";

    private static final List<EventEnvelope> EVENTS = List.of(
            new EventEnvelope("evt.a.b", "k", "e", "c", 300, "{}".getBytes(UTF_8)),
            new EventEnvelope("evt.a.c", "ü", "f", "", 301, new byte[0]));

    private static final String PACKED_EVENTS = "0102" + "076576742e612e62" + "016b" + "0165" + "0163" + "ac02"
            + "027b7d" + "076576742e612e63" + "02c3bc" + "0166" + "00" + "ad02" + "00";

    private static CommandEnvelope command(
            String type, int version, String key, CommandEnvelope.Trace trace, String payload) {
        CommandEnvelope.Origin origin = new CommandEnvelope.Origin("a", "r");
        return new CommandEnvelope(type, version, key, origin, trace, payload.getBytes(UTF_8));
    }

    @Test
    void writesTheDocumentedBytes() {
        assertThat(HexFormat.of().formatHex(EnvelopeCodec.pack(COMMANDS))).isEqualTo(PACKED);
        assertThat(HexFormat.of().formatHex(EnvelopeCodec.packAnswers(ANSWERS))).isEqualTo(PACKED_ANSWERS);
        assertThat(HexFormat.of().formatHex(EnvelopeCodec.packResult(new CommandResult.Done(new byte[] {7}))))
                .isEqualTo("01000107");
        assertThat(HexFormat.of().formatHex(EnvelopeCodec.packResult(new CommandResult.Refused("A", "b", 1))))
                .isEqualTo("01010141016201");
        assertThat(HexFormat.of().formatHex(EnvelopeCodec.packEvents(EVENTS))).isEqualTo(PACKED_EVENTS);
    }

    @Test
    void readsWhatWasWritten() {
        assertThat(EnvelopeCodec.unpack(EnvelopeCodec.pack(COMMANDS)))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(COMMANDS);
        assertThat(EnvelopeCodec.unpack(HexFormat.of().parseHex(PACKED)))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(COMMANDS);
        assertThat(EnvelopeCodec.unpackAnswers(HexFormat.of().parseHex(PACKED_ANSWERS)))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(ANSWERS);
        assertThat(EnvelopeCodec.unpackEvents(HexFormat.of().parseHex(PACKED_EVENTS)))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(EVENTS);
        assertThat(EnvelopeCodec.unpackResult(HexFormat.of().parseHex("01010141016201")))
                .isEqualTo(new CommandResult.Refused("A", "b", 1));
        assertThat(EnvelopeCodec.unpack(EnvelopeCodec.pack(List.of()))).isEmpty();
    }

    @Test
    void refusesDamage() {
        byte[] packed = EnvelopeCodec.pack(COMMANDS);
        for (int length = 0; length < packed.length; length++) {
            byte[] torn = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> EnvelopeCodec.unpack(torn)).isInstanceOf(MalformedBytesException.class);
        }
        assertThatThrownBy(() -> EnvelopeCodec.unpack(Arrays.copyOf(packed, packed.length + 1)))
                .hasMessageContaining("follow");
        assertThatThrownBy(() -> EnvelopeCodec.unpack(new byte[] {9, 0})).hasMessageContaining("version 9");
        assertThatThrownBy(() -> EnvelopeCodec.unpackResult(new byte[] {1, 7})).hasMessageContaining("kind 7");
    }

    @Test
    void aReasonIsWhatEveryStoreCanKeep() {
        assertThat(new CommandResult.Refused("CODE", "'a\0b\n' is no name").reason())
                .isEqualTo("'a b ' is no name");
        assertThat(new CommandResult.Refused("CODE", "x".repeat(2000)).reason()).hasSize(1024);
    }

    @Test
    void refusesAResultThatCouldNotBeReadAgain() {
        CommandResult.Done longest = new CommandResult.Done(new byte[CommandLimits.RESULT_BYTES_MAX]);
        assertThat(EnvelopeCodec.unpackResult(EnvelopeCodec.packResult(longest)))
                .usingRecursiveComparison()
                .isEqualTo(longest);
        assertThatThrownBy(() -> new CommandResult.Done(new byte[CommandLimits.RESULT_BYTES_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8193 bytes");
    }

    @Test
    void refusesAnEventThatCouldNotBeReadAgain() {
        assertThatThrownBy(() -> new EventEnvelope("evt.a.b", "k", "e", "", 0, new byte[65_537]))
                .hasMessageContaining("65537 bytes");
        assertThatThrownBy(() -> new EventEnvelope("evt.a.b", "k".repeat(129), "e", "", 0, new byte[0]))
                .hasMessageContaining("key");
    }

    @Test
    void namesWhatKeepsAnEnvelopeFromBeingPacked() {
        CommandEnvelope.Trace trace = new CommandEnvelope.Trace("e", "e", "", "n", 1);
        assertThat(EnvelopeCodec.faultOf(COMMANDS.getFirst())).isEmpty();
        assertThat(EnvelopeCodec.faultOf(command("buy", 1, "k".repeat(129), trace, "")))
                .contains("key");
        assertThat(EnvelopeCodec.faultOf(command("buy", 1, "", trace, ""))).contains("key");
        assertThat(EnvelopeCodec.faultOf(command("buy", 1, "a\0b", trace, ""))).contains("key");
        assertThat(EnvelopeCodec.faultOf(command("buy", 1, "k", trace, " ".repeat(8_193))))
                .contains("8193 bytes");
        assertThatThrownBy(() -> EnvelopeCodec.pack(List.of(command("buy", 1, "", trace, ""))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
