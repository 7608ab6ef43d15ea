package dev.terrane.simulation.books;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one schema has committed and others have not been told yet, row by row; and, for the checkers, all events that ever stood there. */
final class Outbox {
    private final SortedMap<Long, Row> rows = new TreeMap<>();
    private final List<EventEnvelope> everEvents = new ArrayList<>();
    private long nextId = 1;

    private record Row(List<CommandEnvelope> sent, List<EventEnvelope> events) {}

    record Waiting(List<Long> ids, List<CommandEnvelope> sent, List<EventEnvelope> events) {}

    void add(List<CommandEnvelope> sent, List<EventEnvelope> events) {
        if (!sent.isEmpty() || !events.isEmpty()) {
            rows.put(nextId++, new Row(List.copyOf(sent), List.copyOf(events)));
            everEvents.addAll(events);
        }
    }

    Waiting peek(int countMax) {
        Waiting waiting = new Waiting(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        rows.forEach((id, row) -> {
            if (waiting.ids.size() < countMax) {
                waiting.ids.add(id);
                waiting.sent.addAll(row.sent);
                waiting.events.addAll(row.events);
            }
        });
        return waiting;
    }

    void drop(List<Long> ids) {
        ids.forEach(rows::remove);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    List<EventEnvelope> everEvents() {
        return everEvents;
    }
}
