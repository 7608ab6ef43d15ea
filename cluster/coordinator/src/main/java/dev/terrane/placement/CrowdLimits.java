package dev.terrane.placement;

/** What one cell may have to do; more is a crowd. Units as in {@link CellLoad}. */
public record CrowdLimits(int entitiesMax, int avatarsMax, int waitingMax, long p99NanosMax) {
    boolean exceededBy(CellLoad load) {
        return load.entities() > entitiesMax
                || load.avatars() > avatarsMax
                || load.waiting() > waitingMax
                || load.p99Nanos() > p99NanosMax;
    }

    /** Whether two cells would be one that stays below this part of every limit. */
    boolean roomFor(CellLoad one, CellLoad other, int percent) {
        return within(one.entities() + other.entities(), entitiesMax, percent)
                && within(one.avatars() + other.avatars(), avatarsMax, percent)
                && within(one.waiting() + other.waiting(), waitingMax, percent)
                && within(one.p99Nanos() + other.p99Nanos(), p99NanosMax, percent);
    }

    private static boolean within(long sum, long max, int percent) {
        return sum * 100 <= max * percent;
    }
}
