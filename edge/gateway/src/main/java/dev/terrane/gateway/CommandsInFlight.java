package dev.terrane.gateway;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The commands of one session that were accepted and whose results have not come yet, oldest first. */
final class CommandsInFlight {
    /** A result that takes so long comes when it comes: its command no longer counts. */
    private static final long FORGOTTEN_NANOS = 30_000_000_000L;

    private final int countMax;
    private final Map<String, Long> sinceNanos = new LinkedHashMap<>();

    CommandsInFlight(int countMax) {
        this.countMax = countMax;
    }

    /** False when there are too many. One that is here already may come again: it is the same command. */
    boolean enter(String requestId, long nowNanos) {
        if (sinceNanos.size() >= countMax && !sinceNanos.containsKey(requestId)) {
            Iterator<Long> oldest = sinceNanos.values().iterator();
            if (nowNanos - oldest.next() < FORGOTTEN_NANOS) {
                return false;
            }
            oldest.remove();
        }
        sinceNanos.putIfAbsent(requestId, nowNanos);
        return true;
    }

    void leave(String requestId) {
        sinceNanos.remove(requestId);
    }
}
