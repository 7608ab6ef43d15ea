package dev.terrane.base;

/**
 * The name of an entity, valid in the whole world and for ever.
 *
 * <p>The upper half is the incarnation that the coordinator grants with a cell's epoch, the lower half counts up from 1 within it,
 * so two cells can never mint the same name, not even a cell and its own restored past. 0 names nobody. Columns and wire formats
 * carry {@link #value}; this record is for signatures that people read.
 */
public record EntityId(long value) implements Comparable<EntityId> {
    /** Names nobody. */
    public static final long NONE = 0L;

    public static EntityId of(int incarnation, int counter) {
        return new EntityId(pack(incarnation, counter));
    }

    public static long pack(int incarnation, int counter) {
        return ((long) incarnation << 32) | (counter & 0xFFFF_FFFFL);
    }

    public int incarnation() {
        return (int) (value >>> 32);
    }

    public int counter() {
        return (int) value;
    }

    @Override
    public int compareTo(EntityId other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** For people and logs, for example {@code 12:4711}. */
    @Override
    public String toString() {
        return Integer.toUnsignedString(incarnation()) + ":" + Integer.toUnsignedString(counter());
    }
}
