package dev.terrane.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StateHashTest {
    @Test
    void equalHistoriesHashEqual() {
        assertThat(new StateHash().add(1).add(bytes("ship"), 0, 4).value())
                .isEqualTo(new StateHash().add(1).add(bytes("a ship"), 2, 4).value());
    }

    @Test
    void orderCounts() {
        assertThat(new StateHash().add(1).add(2).value())
                .isNotEqualTo(new StateHash().add(2).add(1).value());
    }

    @Test
    void whereOneByteRangeEndsAndTheNextBeginsCounts() {
        byte[] text = bytes("abcd");
        assertThat(new StateHash().add(text, 0, 2).add(text, 2, 2).value())
                .isNotEqualTo(new StateHash().add(text, 0, 3).add(text, 3, 1).value());
    }

    @Test
    void everySingleBitCounts() {
        byte[] state = new byte[64];
        Set<Long> seen = new HashSet<>();
        seen.add(new StateHash().add(state, 0, state.length).value());
        for (int bit = 0; bit < state.length * 8; bit++) {
            state[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(seen.add(new StateHash().add(state, 0, state.length).value()))
                    .isTrue();
            state[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }
}
