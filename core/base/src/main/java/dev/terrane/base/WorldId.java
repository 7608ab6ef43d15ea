package dev.terrane.base;

/** Names a world (rules + space) within a cluster; {@code name} is 1 to 32 of {@code a-z 0-9 -}. */
public record WorldId(String name) implements Comparable<WorldId> {
    public WorldId {
        if (!name.matches("[a-z0-9-]{1,32}")) {
            throw new IllegalArgumentException("world name '" + name + "' must be 1 to 32 of a-z, 0-9 and '-'");
        }
    }

    @Override
    public int compareTo(WorldId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
