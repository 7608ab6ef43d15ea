package dev.terrane.space;

/** Reads what {@link Partition#describe} wrote. */
final class PartitionText {
    private PartitionText() {}

    static Partition parse(String description) {
        throw new UnsupportedOperationException(description);
    }
}
