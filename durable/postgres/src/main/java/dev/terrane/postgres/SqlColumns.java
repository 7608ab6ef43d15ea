package dev.terrane.postgres;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** Columns of many rows as one parameter each, for {@code unnest}: a statement then costs the same trip for a thousand rows as for one. */
final class SqlColumns {
    private SqlColumns() {}

    static <R> Argument texts(List<R> rows, Function<R, @Nullable String> column) {
        return of("text", rows.stream().map(column).toArray(String[]::new));
    }

    static <R> Argument ints(List<R> rows, Function<R, @Nullable Integer> column) {
        return of("int4", rows.stream().map(column).toArray(Integer[]::new));
    }

    static <R> Argument longs(List<R> rows, ToLongFunction<R> column) {
        return of("int8", rows.stream().map(column::applyAsLong).toArray(Long[]::new));
    }

    static <R> Argument bytes(List<R> rows, Function<R, byte @Nullable []> column) {
        return of("bytea", rows.stream().map(column).toArray(byte[][]::new));
    }

    private static Argument of(String type, @Nullable Object[] values) {
        return (position, statement, _) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }
}
