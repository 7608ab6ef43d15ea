package dev.terrane.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.command.PayloadRefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Mutated payloads are read or refused; nothing else ever comes out. {@code -Dfuzz.seed=N} repeats one. */
class JsonPayloadsFuzz {
    private static final int SEED_COUNT = 40_000;
    private static final String[] PIECES = {
        "null",
        "[",
        "]",
        "{",
        "}",
        "\"",
        ":",
        ",",
        "1e999",
        "-",
        "99999999999999999999",
        "\\u0000",
        "\\uDC00",
        "true",
        "\"lines\":",
        "0.5",
        "\\",
        "//",
        "NaN"
    };

    private final JsonPayloads payloads = new JsonPayloads();

    @Test
    void readsOrRefuses() throws PayloadRefusedException {
        long only = Long.getLong("fuzz.seed", -1);
        int refused = 0;
        for (long seed = only < 0 ? 1 : only; seed <= (only < 0 ? SEED_COUNT : only); seed++) {
            byte[] mutated = mutated(new Rng(Rng.mix(seed)));
            try {
                Order read = payloads.decode(Order.TYPE, mutated);
                assertThat(payloads.decode(Order.TYPE, payloads.encode(read))).isEqualTo(read);
            } catch (PayloadRefusedException e) {
                assertThat(e).hasMessageNotContaining("JsonParse");
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("repeat by -Dfuzz.seed=" + seed + ": " + new String(mutated, UTF_8), e);
            }
        }
        assertThat(only >= 0 || refused > SEED_COUNT / 2 && refused < SEED_COUNT)
                .as("some are read, more are refused")
                .isTrue();
    }

    private byte[] mutated(Rng rng) {
        Order order = new Order(
                new UUID(rng.nextLong(), rng.nextLong()),
                rng.nextLong(),
                rng.nextInt(1000) - 500,
                rng.chance(0.5f),
                Order.Speed.FAST,
                rng.chance(0.5f) ? rng.nextLong() : null,
                List.of(new Order.Line("ore", 1 + rng.nextInt(9), new Order.Line("coal", 1, null))));
        byte[] bytes = payloads.encode(order);
        for (int n = 1 + rng.nextInt(3); n > 0 && bytes.length > 0; n--) {
            int at = rng.nextInt(bytes.length);
            bytes = switch (rng.nextInt(4)) {
                case 0 -> spliced(bytes, at, at + 1, new byte[] {(byte) rng.nextInt(256)});
                case 1 -> spliced(bytes, at, Math.min(bytes.length, at + rng.nextInt(20)), new byte[0]);
                case 2 -> spliced(bytes, at, at, PIECES[rng.nextInt(PIECES.length)].getBytes(UTF_8));
                default -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, rng.nextInt(at + 1), at));
            };
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int until, byte[] piece) {
        byte[] result = new byte[bytes.length - (until - from) + piece.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(bytes, until, result, from + piece.length, bytes.length - until);
        return result;
    }
}
