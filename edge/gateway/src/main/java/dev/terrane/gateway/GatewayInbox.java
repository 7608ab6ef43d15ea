package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.queue.Inbox;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one gateway, bounded. Any thread may offer; the gateway's loop reads.
 *
 * <p>When it runs full, frames are refused first: they are many, and full slices heal a lost one. The last eighth is kept for
 * messages that nobody repeats (Joined, Moved, answers of the server).
 */
public final class GatewayInbox {
    /** About two seconds of frames of 100 cells at 20 Hz. */
    public static final int CAPACITY_DEFAULT = 4096;

    private final Inbox<Object> queue;
    private final int frameSizeMax;
    private final Runnable wake;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final AtomicBoolean messageLost = new AtomicBoolean();
    /** Never iterated, so its order is nobody's matter. */
    private final Set<CellId> lostFrames = ConcurrentHashMap.newKeySet();

    /**
     * @param wake makes the loop call {@link Gateway#drain} soon; called by the offering thread, at most once until that drain
     *     begins
     */
    public GatewayInbox(int capacity, Runnable wake) {
        this.queue = new Inbox<>(capacity);
        this.frameSizeMax = queue.capacity() - queue.capacity() / 8;
        this.wake = wake;
    }

    /** False when it was full: the message is lost to this gateway. */
    public boolean offer(CellOutput output) {
        if (output instanceof CellFrame frame && (queue.size() >= frameSizeMax || !put(frame))) {
            lostFrames.add(frame.cell()); // the gateway asks this cell for full slices
            wake();
            return false;
        }
        if (output instanceof CellFrame || put(output)) {
            return true;
        }
        messageLost.set(true); // a cell may hold its frames back until this message came through
        return false;
    }

    /** False when it was full: ask the gateway again by a later answer, or let the join time out. */
    public boolean offer(AdmissionAnswer answer) {
        return put(answer);
    }

    private boolean put(Object message) {
        boolean accepted = queue.offer(message);
        wake();
        return accepted;
    }

    void wake() {
        if (awake.compareAndSet(false, true)) {
            wake.run();
        }
    }

    /** Whether a frame of this cell was refused since the last call. */
    boolean lostFrameOf(CellId cell) {
        return !lostFrames.isEmpty() && lostFrames.remove(cell);
    }

    /** Whether any other message of a cell was refused since the last call. */
    boolean lostMessage() {
        return messageLost.getAndSet(false);
    }

    /** The loop says it is about to poll until nothing is left: what comes from now on wakes it again. */
    void beginDrain() {
        awake.set(false);
    }

    @Nullable
    Object poll() {
        return queue.poll();
    }

    int size() {
        return queue.size();
    }
}
