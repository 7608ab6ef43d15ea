package dev.terrane.sdk;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/** Which durable events were told lately: one that comes twice comes soon after. */
final class ToldEvents {
    private static final int COUNT_MAX = 512;

    private final SequencedSet<String> ids = new LinkedHashSet<>();

    /** False the second time. */
    boolean add(String id) {
        if (!ids.add(id)) {
            return false;
        }
        if (ids.size() > COUNT_MAX) {
            ids.removeFirst();
        }
        return true;
    }
}
