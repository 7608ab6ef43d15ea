package dev.terrane.gateway;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a client has, or all clients in step: of each slice of a viewpoint the version that was sent, and since when it waits to be served. Places are
 * those of {@link Viewpoint#slice}.
 */
final class ViewState {
    /** Stands for a slice of which nothing was sent. */
    static final int NOTHING = -1;

    private static final int[] NONE = {};

    private int[] sent = NONE;
    private int[] since = NONE;
    private int count;
    private final List<ChunkMirror> toForget = new ArrayList<>(2);
    private boolean uneven = true;

    int count() {
        return count;
    }

    int sent(int place) {
        return sent[place];
    }

    /** The tick at which it was first left behind, or 0. */
    int since(int place) {
        return since[place];
    }

    void served(int place, int seq) {
        sent[place] = seq;
        since[place] = 0;
    }

    /** Some of what it lacked was sent. */
    void advanced(int place, int seq) {
        sent[place] = seq;
    }

    void waits(int place, long tick) {
        if (since[place] == 0) {
            since[place] = (int) Math.max(1, tick);
        }
    }

    /** Some slice waits, or was never sent: looking at the rings that are due is not enough. */
    boolean uneven() {
        return uneven;
    }

    void setUneven(boolean uneven) {
        this.uneven = uneven;
    }

    /** Chunks of which the client knows something that is void or out of sight. Told before any slice, which may fill the same place again. */
    List<ChunkMirror> toForget() {
        return toForget;
    }

    /** The client has nothing. */
    void restart() {
        Arrays.fill(sent, NOTHING);
        Arrays.fill(since, 0);
        toForget.clear();
        uneven = true;
    }

    ViewState copy() {
        ViewState copy = new ViewState();
        copy.sent = Arrays.copyOf(sent, count);
        copy.since = Arrays.copyOf(since, count);
        copy.count = count;
        copy.toForget.addAll(toForget);
        copy.uneven = true;
        return copy;
    }

    /** Whether whoever has this can go on with what is sent to whoever has the other. */
    boolean inStepWith(ViewState other) {
        return toForget.isEmpty()
                && other.toForget.isEmpty()
                && count == other.count
                && Arrays.equals(sent, 0, count, other.sent, 0, count);
    }

    /** The same knowledge for another list of slices. */
    void realign(Realignment to) {
        int[] newSent = new int[to.count()];
        int[] newSince = new int[to.count()];
        for (int place = 0; place < newSent.length; place++) {
            int from = to.from(place);
            newSent[place] = from < 0 || from >= count ? NOTHING : sent[from];
            newSince[place] = from < 0 || from >= count ? 0 : since[from];
        }
        for (int i = 0; i < to.goneCount(); i++) {
            int from = to.gone(i);
            if (from < count && sent[from] != NOTHING && !toForget.contains(to.goneChunk(i))) {
                toForget.add(to.goneChunk(i));
            }
        }
        sent = newSent;
        since = newSince;
        count = newSent.length;
        uneven = true;
    }
}
