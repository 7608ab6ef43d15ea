package dev.terrane.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.bytes.MalformedBytesException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Damaged bytes are read as something or refused; nothing else ever comes out. {@code -Dfuzz.seed=N} repeats one. */
class EnvelopeCodecFuzz {
    private static final int SEED_COUNT = 30_000;

    @Test
    void readsOrRefuses() {
        byte[] commands = EnvelopeCodec.pack(List.of(
                LaneContract.command("ann", 1), LaneContract.command("bob", 2), LaneContract.command("ann", 3)));
        byte[] answers = EnvelopeCodec.packAnswers(List.of(
                CommandAnswer.to(LaneContract.command("ann", 1), new CommandResult.Done(new byte[9])),
                CommandAnswer.to(LaneContract.command("bob", 2), new CommandResult.Refused("POOR", "too poor", 5))));
        long only = Long.getLong("fuzz.seed", -1);
        int refused = 0;
        for (long seed = only < 0 ? 1 : only; seed <= (only < 0 ? SEED_COUNT : only); seed++) {
            Rng rng = new Rng(Rng.mix(seed));
            byte[] mutated = (rng.chance(0.5f) ? commands : answers).clone();
            for (int n = 1 + rng.nextInt(4); n > 0; n--) {
                mutated[rng.nextInt(mutated.length)] = (byte) rng.nextInt(256);
            }
            try {
                EnvelopeCodec.unpack(mutated);
                EnvelopeCodec.unpackAnswers(mutated);
            } catch (MalformedBytesException _) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("repeat by -Dfuzz.seed=" + seed, e);
            }
        }
        assertThat(only >= 0 || refused > SEED_COUNT / 4).isTrue();
    }
}
