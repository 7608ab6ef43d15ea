package dev.terrane.server.witness;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.Passage;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.node.Question;
import dev.terrane.node.Telling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The traces that the map wants, and who is here. Any thread. While nothing is traced, everything that is told costs one look at an empty list. */
public final class Traces {
    private static final Logger LOG = LoggerFactory.getLogger(Traces.class);

    private final Clock clock;
    private final Map<CharacterId, Seated> seated = new ConcurrentHashMap<>();
    private volatile List<Trace> traces = List.of();

    private record Seated(long session, long entity) {}

    public Traces(Clock clock) {
        this.clock = clock;
    }

    /** The map has changed. */
    public synchronized void follow(ClusterMap map) {
        Map<String, byte[]> wanted = map.values().subMap(TraceWish.PREFIX, TraceWish.PREFIX + Character.MAX_VALUE);
        Map<String, Trace> known = new TreeMap<>();
        traces.forEach(trace -> known.put(trace.wish.key(), trace));
        if (known.isEmpty() && wanted.isEmpty()) {
            return;
        }
        List<Trace> next = new ArrayList<>();
        wanted.forEach((key, value) -> {
            TraceWish wish = read(key, value);
            if (wish != null && clock.epochMillis() < wish.untilMillis() + TraceWish.KEPT_MILLIS) {
                Trace trace = known.getOrDefault(key, new Trace(wish));
                trace.endAt(wish.untilMillis());
                next.add(trace);
            }
        });
        traces = List.copyOf(next);
    }

    private static @Nullable TraceWish read(String key, byte[] value) {
        try {
            return TraceWish.of(key, value);
        } catch (MalformedBytesException ofAnotherBuild) {
            LOG.atWarn()
                    .addKeyValue("key", key)
                    .log("a trace that cannot be read is not followed: {}", ofAnotherBuild.getMessage());
            return null;
        }
    }

    /** Whether anything is traced. */
    public boolean any() {
        return !traces.isEmpty();
    }

    /** Whether that session is, or its player. */
    public boolean isTraced(long session, CharacterId character) {
        for (Trace trace : traces) {
            if (trace.isOf(session, 0, character) && clock.epochMillis() <= trace.untilMillis()) {
                return true;
            }
        }
        return false;
    }

    /** A session of this node's gateways plays. */
    public void joined(long session, CharacterId character, long entity) {
        seated.put(character, new Seated(session, entity));
        write(Telling.Place.GATEWAY, session, entity, character, "joined", "");
    }

    /** It does not any more. */
    public void closed(long session, CharacterId character, String why) {
        write(Telling.Place.GATEWAY, session, 0, character, "closed", why);
        seated.computeIfPresent(character, (_, known) -> known.session == session ? null : known);
    }

    void passed(Passage passage) {
        if (any()) {
            CellId other = passage.other();
            String towards = passage.what() == Passage.What.LEFT ? "to " : "from ";
            write(
                    new Telling.Place(passage.cell().toString(), passage.epoch(), passage.tick()),
                    0,
                    passage.entity(),
                    passage.character(),
                    passage.what().name().toLowerCase(Locale.ROOT),
                    (other == null ? "" : towards + other + " ") + "ownership " + passage.ownership());
        }
    }

    /** Writes a line for whoever traces one of these. @param session 0: not known; @param entity 0: not known */
    public void write(
            Telling.Place place,
            long session,
            long entity,
            @Nullable CharacterId character,
            String what,
            String detail) {
        for (Trace trace : traces) {
            if (trace.isOf(session, entity, character)) {
                trace.learn(session, entity);
                String name = character == null ? "" : character.toString();
                trace.write(clock.epochMillis(), place, new Telling.Subject(entity, 0, session, name), what, detail);
            }
        }
    }

    Telling.Events who(Question.Who who) {
        List<Telling.Event> found = new ArrayList<>();
        seated.forEach((character, each) -> {
            boolean isMeant = character.equals(who.character()) || who.session() != 0 && each.session == who.session();
            if (isMeant && found.size() < Telling.COUNT_MAX) {
                found.add(new Telling.Event(
                        found.size() + 1L,
                        clock.epochMillis(),
                        Telling.Place.GATEWAY,
                        new Telling.Subject(each.entity, 0, each.session, character.toString()),
                        "here",
                        ""));
            }
        });
        return new Telling.Events(found, false);
    }

    Telling.Events lines(Question.Lines lines) {
        for (Trace trace : traces) {
            if (trace.wish.id().equals(lines.trace())) {
                return trace.lines(lines.after());
            }
        }
        return new Telling.Events(List.of(), false);
    }
}
