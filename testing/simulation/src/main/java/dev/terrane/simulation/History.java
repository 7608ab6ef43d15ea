package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.space.Partition;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where everybody was in the last ticks: to tell how old a picture of somebody is. */
final class History implements Witness {
    /** Older than anything that is allowed. */
    static final int TICK_COUNT = 64;

    /** Only looked up, never iterated. */
    private final Map<Long, Track> tracks = new HashMap<>();

    /** Handed over in this tick. */
    private final Map<Long, double[]> offered = new LinkedHashMap<>();

    private final Partition partition;
    private long now;

    History(Partition partition) {
        this.partition = partition;
    }

    private static final class Track {
        final double[] x = new double[TICK_COUNT];
        final double[] y = new double[TICK_COUNT];
        long lastTick;

        Track(double firstX, double firstY) {
            Arrays.fill(x, firstX);
            Arrays.fill(y, firstY);
        }
    }

    @Override
    public void offered(@Nullable CellId sender, CellId target, CellInput message, Admission answer) {
        if (message instanceof HandoffOffer offer && answer == Admission.ACCEPTED) {
            RegionId there = target.region();
            offered.put(
                    offer.entity(),
                    new double[] {partition.originX(there) + offer.x(), partition.originY(there) + offer.y()});
        }
    }

    /** Once per tick. Who is on its way between two cells is where it was handed over. */
    void note(Observation world) {
        for (Sighting sighting : world.all) {
            Track track = tracks.computeIfAbsent(sighting.id(), _ -> new Track(sighting.x(), sighting.y()));
            for (long tick = Math.max(track.lastTick + 1, world.tick - TICK_COUNT + 1); tick < world.tick; tick++) {
                track.x[at(tick)] = track.x[at(track.lastTick)];
                track.y[at(tick)] = track.y[at(track.lastTick)];
            }
            track.x[at(world.tick)] = sighting.x();
            track.y[at(world.tick)] = sighting.y();
            track.lastTick = world.tick;
        }
        now = world.tick;
        offered.forEach((entity, at) -> {
            Track known = tracks.get(entity);
            // Born and handed over in one tick: it has been where it was handed over, though nobody saw it there.
            Track track = known == null ? new Track(at[0], at[1]) : known;
            tracks.putIfAbsent(entity, track);
            if (known == null || track.lastTick == now - 1) {
                track.x[at(now)] = at[0];
                track.y[at(now)] = at[1];
                track.lastTick = now;
            }
        });
        offered.clear();
    }

    private static int at(long tick) {
        return (int) (tick % TICK_COUNT);
    }

    /** Ticks since the entity was there; {@link #TICK_COUNT} if it was not for so long. */
    int ageOf(long entity, double x, double y, double toleranceMetres) {
        Track track = tracks.get(entity);
        if (track == null || now - track.lastTick >= TICK_COUNT) {
            return TICK_COUNT;
        }
        for (long tick = track.lastTick; tick > track.lastTick - TICK_COUNT && tick > now - TICK_COUNT; tick--) {
            if (tick < 0) {
                break;
            }
            if (Math.abs(track.x[at(tick)] - x) <= toleranceMetres
                    && Math.abs(track.y[at(tick)] - y) <= toleranceMetres) {
                return (int) (now - tick);
            }
        }
        return TICK_COUNT;
    }

    /** False for whoever was neither seen nor handed over yet. */
    boolean knows(long entity) {
        return tracks.containsKey(entity);
    }

    /** Ticks since it was anywhere. */
    long goneFor(long entity) {
        Track track = tracks.get(entity);
        return track == null ? Long.MAX_VALUE : now - track.lastTick;
    }
}
