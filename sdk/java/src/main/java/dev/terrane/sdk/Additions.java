package dev.terrane.sdk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this client is told of one entity because of its squad or team, beside what everybody is told: in slices of their own, where the entity has no place. */
final class Additions {
    private final List<Addition> all = new ArrayList<>(1);

    /** A slice tells these fields of the entity. */
    record Addition(WatchedSlice slice, int slot) {
        int indexOf(int flatIndex) {
            return slice.state.layout(slot).indexOf(flatIndex);
        }
    }

    void add(WatchedSlice slice, int slot) {
        all.add(new Addition(slice, slot));
    }

    void remove(WatchedSlice slice) {
        all.removeIf(each -> each.slice == slice);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The newest that tells this field, or null. */
    @Nullable
    Addition find(int flatIndex) {
        Addition best = null;
        for (Addition each : all) {
            if (each.indexOf(flatIndex) >= 0 && (best == null || each.slice.tick >= best.slice.tick)) {
                best = each;
            }
        }
        return best;
    }
}
