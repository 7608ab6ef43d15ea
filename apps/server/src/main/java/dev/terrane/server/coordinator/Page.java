package dev.terrane.server.coordinator;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A part of a long list, as {@code ?limit=} and {@code ?after=} ask for it.
 *
 * @param after the last that was had; empty: from the beginning
 */
record Page(int limit, String after) {
    static final int LIMIT_MAX = 1_000;

    /** @throws IllegalArgumentException if the limit is none */
    static Page of(Map<String, String> query) {
        String limit = query.getOrDefault("limit", Integer.toString(LIMIT_MAX));
        if (!limit.matches("\\d{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > LIMIT_MAX) {
            throw new IllegalArgumentException("limit must be 1 to " + LIMIT_MAX + ", not '" + limit + "'");
        }
        return new Page(Integer.parseInt(limit), query.getOrDefault("after", ""));
    }

    /** @param next what to ask for as {@code after}; null: that was all */
    record Cut<T>(List<T> items, @Nullable String next) {}

    /** @param isLater whether an item comes after the one that {@link #after} names; asked only if it names one */
    <T> Cut<T> cut(List<T> all, Predicate<T> isLater, Function<T, String> name) {
        List<T> rest = after.isEmpty() ? all : all.stream().filter(isLater).toList();
        if (rest.size() <= limit) {
            return new Cut<>(List.copyOf(rest), null);
        }
        List<T> items = List.copyOf(rest.subList(0, limit));
        return new Cut<>(items, name.apply(items.getLast()));
    }
}
