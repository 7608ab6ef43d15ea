package dev.terrane.coordinator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of Terrane. Nodes of two releases that follow each other work in one cluster, see docs/adr on rolling upgrades: 0.2 speaks with 0.1 and with 0.3, and 0.1 not with 0.3. A new major release does not work with
 * the one before.
 *
 * @param patch nodes that differ in this alone are alike
 */
public record Release(int major, int minor, int patch) implements Comparable<Release> {
    /** The first one that had clusters, and what a node is that says nothing. */
    public static final Release FIRST = new Release(0, 1, 0);

    /** This build. */
    public static final Release OWN = new Release(0, 1, 0);

    private static final int MINOR_MAX = 999;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,5})\\.(\\d{1,3})(?:\\.(\\d{1,5}))?(?:[-+].*)?");

    public Release {
        if (major < 0 || minor < 0 || minor > MINOR_MAX || patch < 0 || major == 0 && minor == 0) {
            throw new IllegalArgumentException("there is no release %d.%d.%d".formatted(major, minor, patch));
        }
    }

    /** What a node or an administrator has said; {@link #FIRST} if it is no release. */
    public static Release of(String text) {
        Matcher numbers = TEXT.matcher(text);
        try {
            return numbers.matches()
                    ? new Release(
                            Integer.parseInt(numbers.group(1)),
                            Integer.parseInt(numbers.group(2)),
                            numbers.group(3) == null ? 0 : Integer.parseInt(numbers.group(3)))
                    : FIRST;
        } catch (IllegalArgumentException none) {
            return FIRST;
        }
    }

    /** Whether the text is one, as {@code 0.2} or {@code 0.2.1}. */
    public static boolean isOne(String text) {
        return TEXT.matcher(text).matches() && !text.matches("0+\\.0+(\\D.*)?");
    }

    /** Version of what nodes say to each other and to the log: 1 for 0.1, 1002 for 1.2. */
    public int language() {
        return major * (MINOR_MAX + 1) + minor;
    }

    /** The oldest {@link #language} that it knows. */
    public int oldestLanguage() {
        return minor == 0 || language() == FIRST.language() ? language() : language() - 1;
    }

    /** Whether a node of this release can be in a cluster whose nodes have agreed on that one. */
    public boolean speaks(Release agreed) {
        return oldestLanguage() <= agreed.language() && agreed.language() <= language();
    }

    @Override
    public int compareTo(Release other) {
        int byLanguage = Integer.compare(language(), other.language());
        return byLanguage == 0 ? Integer.compare(patch, other.patch) : byLanguage;
    }

    /** As {@code 0.2}: what counts for others. */
    public String family() {
        return major + "." + minor;
    }

    @Override
    public String toString() {
        return family() + "." + patch;
    }
}
