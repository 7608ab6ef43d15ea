package dev.terrane.base;

/** Names a node (one JVM) in its cluster. */
public record NodeId(String name) implements Comparable<NodeId> {
    public NodeId {
        if (!name.matches("[a-z0-9.-]{1,64}")) {
            throw new IllegalArgumentException("node name '" + name + "' must be 1 to 64 of a-z, 0-9, '.' and '-'");
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
