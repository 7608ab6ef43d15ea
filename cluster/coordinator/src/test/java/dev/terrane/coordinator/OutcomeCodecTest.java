package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.NodeId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeCodecTest {
    private static final CellGrant GRANT =
            new CellGrant(RandomEntries.CELLS.getLast(), new NodeId("sim-1"), 1L << 40, 7);

    private static byte[] bytes(Outcome outcome) {
        ByteWriter writer = new ByteWriter(64);
        OutcomeCodec.write(writer, outcome);
        return writer.toBytes();
    }

    private static Outcome again(Outcome outcome) {
        ByteReader reader = new ByteReader(bytes(outcome));
        Outcome read = OutcomeCodec.read(reader);
        assertThat(reader.remaining()).isZero();
        return read;
    }

    @Test
    void bringsEveryOutcomeAcross() {
        assertThat(again(new Outcome.Done())).isEqualTo(new Outcome.Done());
        Outcome granted = new Outcome.Granted(List.of(GRANT, GRANT));
        assertThat(again(granted)).isEqualTo(granted);
        assertThat(bytes(new Outcome.Done())).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Outcome.Reason.class)
    void bringsEveryReasonAcross(Outcome.Reason reason) {
        Outcome refused = new Outcome.Refused(reason, "because of ä");
        assertThat(again(refused)).isEqualTo(refused);
    }

    @Test
    void cutsALongExplanation() {
        Outcome refused = new Outcome.Refused(Outcome.Reason.TOO_MUCH, "ä".repeat(5_000));
        assertThat(again(refused))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class, read -> assertThat(read.why()).hasSize(1_000));
    }

    @Test
    void refusesWhatItDoesNotKnowAndWhatIsCutShort() {
        assertThatThrownBy(() -> OutcomeCodec.read(new ByteReader(new byte[] {9})))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("outcome 9");
        byte[] whole = bytes(new Outcome.Granted(List.of(GRANT)));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> OutcomeCodec.read(new ByteReader(cut)))
                    .isInstanceOf(MalformedBytesException.class);
        }
        ByteWriter writer = new ByteWriter(16);
        writer.u8(3);
        writer.utf8("NO_SUCH_REASON");
        assertThatThrownBy(() -> OutcomeCodec.read(new ByteReader(writer.toBytes())))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("NO_SUCH_REASON");
    }
}
