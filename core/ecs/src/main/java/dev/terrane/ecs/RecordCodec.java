package dev.terrane.ecs;

/**
 * Carries values between records of one class and the columns of its fields. Made once per component by {@link RecordCodecCompiler}.
 *
 * <p>{@code columns} are a table's by ordinal; the component's stand together from {@code firstOrdinal} on.
 */
abstract class RecordCodec {
    /** @throws IllegalArgumentException if a text is null or over its limit */
    abstract void verify(Record value);

    /** Stores all fields of a row that has just arrived, without marking. */
    abstract void put(Record value, Column[] columns, int firstOrdinal, int row);

    /** Writes all fields, marking those that differ. */
    abstract void set(Record value, Column[] columns, int firstOrdinal, int row);

    abstract Record get(Column[] columns, int firstOrdinal, int row);
}
