package dev.terrane.link;

/** The versions of the link protocol that a build speaks, both ends included. */
public record VersionWindow(int min, int max) {
    /** What {@link #common} says when there is none. */
    static final int NONE = 0;

    public VersionWindow {
        if (min < 1 || max < min) {
            throw new IllegalArgumentException(
                    "versions " + min + ".." + max + " must begin at 1 or above and not end before");
        }
    }

    /** The highest version that both speak, or {@link #NONE}. */
    int common(VersionWindow other) {
        int highest = Math.min(max, other.max);
        return highest >= Math.max(min, other.min) ? highest : NONE;
    }

    @Override
    public String toString() {
        return min + ".." + max;
    }
}
