package dev.terrane.http;

import java.util.concurrent.atomic.AtomicInteger;

/** Connections that are let in only to be told why they are not. Any loop may count. */
final class Refusals {
    /** Over it nobody is told any more: who knocks that often must not cost more than that. */
    static final int COUNT_MAX = 256;

    private final AtomicInteger count = new AtomicInteger();

    /** False when there are enough; true has to be given back by {@link #end}. */
    boolean begin() {
        if (count.incrementAndGet() > COUNT_MAX) {
            count.decrementAndGet();
            return false;
        }
        return true;
    }

    void end() {
        count.decrementAndGet();
    }
}
