package dev.terrane.coordinator;

import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.placement.Posture;
import dev.terrane.placement.Rung;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast and how carefully a world runs, from which tick on: a value of the log, told to every node with the map. The leader alone changes it, and names ticks that are not due yet.
 *
 * <p>It says when the first tick of each stretch is due, so a node that has missed some of them, or starts late, goes by the same time as the others.
 *
 * @param stretches in their order, each ending where the next begins: {@value #STRETCHES_MAX} at most, the last one without an end
 */
public record WorldPace(List<Stretch> stretches) {
    static final int STRETCHES_MAX = 4;
    private static final int FORMAT = 1;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final String PREFIX = ClusterMap.SHARED + "pace/";

    public WorldPace {
        stretches = List.copyOf(stretches);
        if (stretches.isEmpty() || stretches.size() > STRETCHES_MAX) {
            throw new IllegalArgumentException(stretches.size() + " stretches");
        }
    }

    /**
     * Ticks of one pace.
     *
     * @param dueNanos of the first, after the world's first tick in this cluster was due
     * @param percent simulated time per real time
     */
    public record Stretch(long firstTick, long dueNanos, int percent, Rung rung) {
        public Stretch {
            if (percent < 1 || percent > 100) {
                throw new IllegalArgumentException("time at " + percent + " %");
            }
        }

        public double dilation() {
            return percent / 100.0;
        }

        /** From each of its ticks to the next. @param hz ticks per second of a world that keeps up */
        public long periodNanos(int hz) {
            return SECOND_NANOS / hz * 100 / percent;
        }

        long dueNanos(long tick, int hz) {
            return dueNanos + (tick - firstTick) * periodNanos(hz);
        }

        boolean isLike(Posture posture) {
            return rung == posture.rung() && percent == percentOf(posture);
        }
    }

    private static int percentOf(Posture posture) {
        return (int) Math.round(posture.dilation() * 100);
    }

    /** Of a world that has always kept up. @param tick the first one in this cluster */
    public static WorldPace normal(long tick) {
        return new WorldPace(List.of(new Stretch(tick, 0, 100, Rung.NORMAL)));
    }

    public Stretch last() {
        return stretches.getLast();
    }

    /** What holds, or will soon. */
    public Posture posture() {
        return new Posture(last().rung, last().dilation());
    }

    public boolean isLike(Posture posture) {
        return last().isLike(posture);
    }

    /** The first tick that is due no earlier than that, and belongs to the last stretch. */
    public long tickAt(long nanos, int hz) {
        long period = last().periodNanos(hz);
        return last().firstTick + Math.max(0, Math.ceilDiv(nanos - last().dueNanos, period));
    }

    /** From this tick on it is as that. @param fromTick not before the last stretch begins */
    public WorldPace then(long fromTick, Posture posture, int hz) {
        if (fromTick < last().firstTick) {
            throw new IllegalArgumentException("tick " + fromTick + " is before " + last().firstTick);
        }
        List<Stretch> more = new ArrayList<>(stretches);
        more.add(new Stretch(fromTick, last().dueNanos(fromTick, hz), percentOf(posture), posture.rung()));
        return new WorldPace(more.subList(Math.max(0, more.size() - STRETCHES_MAX), more.size()));
    }

    public static String key(WorldId world) {
        return PREFIX + world;
    }

    public byte[] toBytes() {
        ByteWriter out = new ByteWriter(64);
        out.u8(FORMAT);
        out.varuint(stretches.size());
        for (Stretch each : stretches) {
            out.varlong(each.firstTick);
            out.varlong(each.dueNanos);
            out.u8(each.percent);
            out.u8(each.rung.ordinal());
        }
        return out.toBytes();
    }

    /** @throws MalformedBytesException if it is no such value of this format */
    public static WorldPace read(byte[] value) {
        ByteReader in = new ByteReader(value);
        int format = in.u8();
        if (format != FORMAT) {
            throw in.malformed("a pace of format " + format + ", this build reads " + FORMAT);
        }
        List<Stretch> stretches = new ArrayList<>();
        try {
            for (int left = in.count(4); left > 0; left--) {
                stretches.add(new Stretch(in.varlong(), in.varlong(), in.u8(), rung(in)));
            }
            return new WorldPace(stretches);
        } catch (IllegalArgumentException outOfRange) {
            throw in.malformed("a pace that cannot be: " + outOfRange.getMessage());
        }
    }

    private static Rung rung(ByteReader in) {
        int rung = in.u8();
        if (rung >= Rung.values().length) {
            throw in.malformed("a rung " + rung);
        }
        return Rung.values()[rung];
    }

    /** What the map says; as usual when it says nothing, or nothing that can be read. @param firstTick in this cluster */
    public static WorldPace of(ClusterMap map, WorldId world, long firstTick) {
        byte[] value = map.values().get(key(world));
        return value == null ? normal(firstTick) : sound(value, firstTick);
    }

    /** The same of the log itself. */
    public static WorldPace of(CoordinatorState state, WorldId world, long firstTick) {
        return state.value(key(world)).map(value -> sound(value, firstTick)).orElseGet(() -> normal(firstTick));
    }

    private static WorldPace sound(byte[] value, long firstTick) {
        try {
            return read(value);
        } catch (MalformedBytesException broken) {
            return normal(firstTick);
        }
    }
}
