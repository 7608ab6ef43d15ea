package dev.terrane.gateway;

/** What an avatar may be called: 1 to 24 characters that can be seen, no space at either end. */
public final class PlayerName {
    public static final int LENGTH_MAX = 24;

    private PlayerName() {}

    /** Counts code points, so a name of 24 emoji is as long as one of 24 letters. */
    public static boolean valid(String name) {
        int length = name.codePointCount(0, name.length());
        return length >= 1
                && length <= LENGTH_MAX
                && name.equals(name.strip())
                && name.codePoints().allMatch(PlayerName::visible);
    }

    /** Control and format characters could forge log lines or turn the text around; lone surrogates cannot be encoded. */
    private static boolean visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
