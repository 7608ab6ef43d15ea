package dev.terrane.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parked commands of a partition, key by key in the order of their offsets, and when each key is tried again. */
final class ParkedKeys {
    private final SortedMap<String, Row> rows = new TreeMap<>();
    private int size;

    /** One key's. */
    static final class Row {
        private final String key;
        private final Deque<ParkedCommand> commands = new ArrayDeque<>();
        private long dueNanos;

        private Row(String key, long dueNanos) {
            this.key = key;
            this.dueNanos = dueNanos;
        }

        String key() {
            return key;
        }

        Iterable<ParkedCommand> commands() {
            return commands;
        }

        int size() {
            return commands.size();
        }
    }

    int size() {
        return size;
    }

    boolean holds(String key) {
        return size > 0 && rows.containsKey(key);
    }

    /** @param dueNanos counts only if nothing of its key is parked yet */
    void add(ParkedCommand command, long dueNanos) {
        rows.computeIfAbsent(command.command().key(), key -> new Row(key, dueNanos))
                .commands
                .add(command);
        size++;
    }

    /** Its handler threw again: the same place in the row, later. */
    void postpone(ParkedCommand command, long dueNanos) {
        Row row = rows.get(command.command().key());
        if (row != null) {
            int count = row.commands.size();
            for (int i = 0; i < count; i++) {
                ParkedCommand next = row.commands.remove();
                row.commands.add(next.offset() == command.offset() ? command : next);
            }
            row.dueNanos = dueNanos;
        }
    }

    /** The key goes on at once. Returns false if the command is not parked. */
    boolean remove(String key, long offset, long nowNanos) {
        Row row = size == 0 ? null : rows.get(key);
        if (row == null || !row.commands.removeIf(command -> command.offset() == offset)) {
            return false;
        }
        size--;
        row.dueNanos = nowNanos;
        if (row.commands.isEmpty()) {
            rows.remove(key);
        }
        return true;
    }

    @Nullable
    ParkedCommand find(String key, long offset) {
        Row row = size == 0 ? null : rows.get(key);
        if (row != null) {
            for (ParkedCommand command : row.commands) {
                if (command.offset() == offset) {
                    return command;
                }
            }
        }
        return null;
    }

    /** The longest due first. */
    List<Row> due(long nowNanos) {
        List<Row> due = new ArrayList<>();
        for (Row row : rows.values()) {
            if (row.dueNanos <= nowNanos) {
                due.add(row);
            }
        }
        due.sort(Comparator.comparingLong((Row row) -> row.dueNanos).thenComparing(Row::key));
        return due;
    }

    long nextDueNanos() {
        long next = Long.MAX_VALUE;
        for (Row row : rows.values()) {
            next = Math.min(next, row.dueNanos);
        }
        return next;
    }
}
