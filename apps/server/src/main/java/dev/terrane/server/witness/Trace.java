package dev.terrane.server.witness;

import dev.terrane.base.CharacterId;
import dev.terrane.node.Telling;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One trace at this node: whom it is about, as far as is known by now, and its last lines. Any thread; while nobody is traced there is none. */
final class Trace {
    /** A minute of a player at 20 Hz, inputs and snapshots. */
    static final int LINE_COUNT_MAX = 4_096;

    final TraceWish wish;
    private final ArrayDeque<Telling.Event> lines = new ArrayDeque<>();
    private volatile long session;
    private volatile long entity;
    private volatile long untilMillis;
    private long count;

    Trace(TraceWish wish) {
        this.wish = wish;
        this.session = wish.session();
        this.entity = wish.entity();
        this.untilMillis = wish.untilMillis();
    }

    /** Unix time after which nothing more is written down. */
    long untilMillis() {
        return untilMillis;
    }

    void endAt(long newUntilMillis) {
        untilMillis = newUntilMillis;
    }

    boolean isOf(long anySession, long anyEntity, @Nullable CharacterId character) {
        return anySession != 0 && anySession == session
                || anyEntity != 0 && anyEntity == entity
                || character != null && character.equals(wish.character());
    }

    /** It is about whoever has these, too: learnt from a line that was. */
    void learn(long newSession, long newEntity) {
        session = newSession == 0 ? session : newSession;
        entity = newEntity == 0 ? entity : newEntity;
    }

    synchronized void write(long nowMillis, Telling.Place place, Telling.Subject subject, String what, String detail) {
        if (nowMillis > untilMillis) {
            return;
        }
        if (lines.size() == LINE_COUNT_MAX) {
            lines.removeFirst();
        }
        lines.addLast(new Telling.Event(++count, nowMillis, place, subject, what, detail));
    }

    synchronized Telling.Events lines(long after) {
        List<Telling.Event> wanted =
                lines.stream().filter(line -> line.number() > after).toList();
        return new Telling.Events(wanted, !lines.isEmpty() && lines.getFirst().number() > after + 1);
    }
}
