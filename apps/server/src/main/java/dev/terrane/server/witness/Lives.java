package dev.terrane.server.witness;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.cell.Passage;
import dev.terrane.node.Question;
import dev.terrane.node.Telling;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What became of entities at this node: the last passages, in one ring. Any thread, ticking ones too: writing is two stores, and nobody waits for readers. */
public final class Lives {
    /** About 8 MB when it is full; a busy sim fills it in some minutes. */
    static final int PASSAGE_COUNT_MAX = 1 << 16;

    private final Clock clock;
    private final AtomicLong next = new AtomicLong();
    private final AtomicReferenceArray<@Nullable Lived> ring = new AtomicReferenceArray<>(PASSAGE_COUNT_MAX);

    private record Lived(long number, long atMillis, Passage passage) {}

    public Lives(Clock clock) {
        this.clock = clock;
    }

    public void passed(Passage passage) {
        long number = next.incrementAndGet();
        ring.set((int) (number % PASSAGE_COUNT_MAX), new Lived(number, clock.epochMillis(), passage));
    }

    /** The newest that there is room for, oldest first. */
    Telling.Events of(Question.Life life) {
        long last = next.get();
        long first = Math.max(1, last - PASSAGE_COUNT_MAX + 1);
        CharacterId character = life.character();
        Set<Long> entities = new HashSet<>();
        if (life.entity() != 0) {
            entities.add(life.entity());
        }
        if (character != null) {
            for (long number = first; number <= last; number++) {
                Lived lived = at(number);
                if (lived != null && character.equals(lived.passage.character())) {
                    entities.add(lived.passage.entity());
                }
            }
        }
        ArrayDeque<Telling.Event> events = new ArrayDeque<>();
        boolean isCut = first > 1;
        for (long number = last; number >= first; number--) {
            Lived lived = at(number);
            if (lived == null || !entities.contains(lived.passage.entity())) {
                continue;
            }
            if (events.size() == Telling.COUNT_MAX) {
                return new Telling.Events(List.copyOf(events), true);
            }
            events.addFirst(event(lived));
        }
        return new Telling.Events(List.copyOf(events), isCut);
    }

    /** Null while it is being written, or when a newer one has taken its place. */
    private @Nullable Lived at(long number) {
        Lived found = ring.get((int) (number % PASSAGE_COUNT_MAX));
        return found != null && found.number == number ? found : null;
    }

    private static Telling.Event event(Lived lived) {
        Passage passage = lived.passage;
        CharacterId character = passage.character();
        CellId other = passage.other();
        return new Telling.Event(
                lived.number,
                lived.atMillis,
                new Telling.Place(passage.cell().toString(), passage.epoch(), passage.tick()),
                new Telling.Subject(
                        passage.entity(), passage.ownership(), 0, character == null ? "" : character.toString()),
                passage.what().name().toLowerCase(Locale.ROOT),
                other == null ? "" : other.toString());
    }
}
