package dev.terrane.games.skirmish.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChatTextTest {
    private static Optional<String> shown(String typed) {
        return ChatText.of(typed.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void leavesWhatPeopleWrite() {
        assertThat(shown("Grüße, 你好 <b>&amp; 👋🏽!")).contains("Grüße, 你好 <b>&amp; 👋🏽!");
    }

    @Test
    void makesOneLineOfIt() {
        assertThat(shown("  one\r\ntwo\t\u2028 \u00a0three  ")).contains("one two three");
    }

    @Test
    void takesOutWhatNobodySeesOrWhatTurnsItsNeighbours() {
        assertThat(shown("a\u202eb\u200bc\u0007d\ue000e\u001b[31m")).contains("abcde[31m");
    }

    @Test
    void refusesWhatIsEmptyTooLongOrNoText() {
        assertThat(shown("")).isEmpty();
        assertThat(shown(" \u200b\n")).isEmpty();
        assertThat(shown("x".repeat(255))).isPresent();
        assertThat(shown("x".repeat(256))).isEmpty();
        assertThat(ChatText.of(new byte[] {'a', (byte) 0xc3})).isEmpty();
        assertThat(ChatText.of(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}))
                .as("half a pair")
                .isEmpty();
    }

    @Test
    void neverBreaksAndNeverGrows() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] typed = new byte[random.nextInt(40)];
            random.nextBytes(typed);
            for (int j = 0; j < typed.length; j++) {
                typed[j] &= random.nextInt(8) == 0 ? (byte) 0xff : 0x7f; // mostly text
            }
            ChatText.of(typed).ifPresent(text -> {
                assertThat(text).isNotBlank().doesNotContainPattern("[\\p{Cntrl}\\u202e]");
                assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(typed.length);
            });
        }
    }
}
