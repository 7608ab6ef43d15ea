package dev.terrane.games.skirmish.chat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a client typed, so far as others may be shown it. */
final class ChatText {
    /** Of UTF-8, as much as an event's text may have: so many letters of English, a third of Chinese. */
    static final int BYTES_MAX = 255;

    private ChatText() {}

    /**
     * One line without control characters, and without those that nobody sees or that turn the writing of what stands beside them; each run of blanks is one. Empty where nothing is
     * left, or it is too long, or no UTF-8.
     */
    static Optional<String> of(byte[] typed) {
        if (typed.length > BYTES_MAX) {
            return Optional.empty();
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(typed))
                    .toString();
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isBlank(point)) {
                if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                    line.append(' ');
                }
            } else if (isSeen(point)) {
                line.appendCodePoint(point);
            }
        });
        String shown = line.toString().strip();
        return shown.isEmpty() ? Optional.empty() : Optional.of(shown);
    }

    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point);
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
