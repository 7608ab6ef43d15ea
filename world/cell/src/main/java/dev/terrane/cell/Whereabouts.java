package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Avatars that left for other cells a short while ago: the directory may still send their players here. A join must not make a second
 * avatar then, and a leave has to follow the avatar.
 *
 * <p>Bounded: of too many, the oldest is forgotten.
 */
final class Whereabouts {
    /** How long a departure is remembered: far longer than a directory lags behind. */
    static final int REMEMBERED_TICKS = 200;
    /** Departures remembered at most. */
    static final int REMEMBERED_COUNT_MAX = 4096;

    private record Departure(CharacterId character, long session, CellId target, long tick) {}

    private final ArrayDeque<Departure> departures = new ArrayDeque<>();

    void left(CharacterId character, long session, CellId target, long tick) {
        if (departures.size() == REMEMBERED_COUNT_MAX) {
            departures.remove();
        }
        departures.add(new Departure(character, session, target, tick));
    }

    void forgetOld(long tick) {
        while (!departures.isEmpty() && departures.element().tick() + REMEMBERED_TICKS < tick) {
            departures.remove();
        }
    }

    boolean leftLately(CharacterId character) {
        for (Departure departure : departures) {
            if (departure.character().equals(character)) {
                return true;
            }
        }
        return false;
    }

    /** Where the session's avatar went last, or null. */
    @Nullable
    CellId targetOf(long session) {
        CellId target = null;
        for (Departure departure : departures) {
            if (departure.session() == session) {
                target = departure.target();
            }
        }
        return target;
    }

    void write(ByteWriter out) {
        out.varuint(departures.size());
        for (Departure departure : departures) {
            RunningFormat.character(departure.character(), out);
            out.i64(departure.session());
            IntentMarks.write(departure.target(), out);
            out.varlong(departure.tick());
        }
    }

    void read(WorldId world, ByteReader in) {
        for (int rest = in.count(28); rest > 0; rest--) {
            left(RunningFormat.character(in), in.i64(), RunningFormat.cell(world, in), in.varlong());
        }
    }
}
