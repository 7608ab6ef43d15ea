package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.queue.Inbox;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one gateway, bounded. Any thread may offer; the gateway's loop reads.
 *
 * <p>When it runs full, frames are refused first: they are many, and full slices heal a lost one. The last eighth is kept for
 * messages that nobody repeats (Joined, Moved, answers of the server and of the command lane).
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
    /** How many frames of each cell wait. Never iterated either; as many entries as there are cells. */
    private final Map<CellId, AtomicInteger> waitingFrames = new ConcurrentHashMap<>();

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
        boolean taken = leave(output);
        wake();
        return taken;
    }

    /**
     * As {@link #offer}, but nobody is woken: {@link #wake} has to follow soon. So a gateway finds what the cells of a worker have to say of a tick together.
     */
    public boolean leave(CellOutput output) {
        if (output instanceof CellFrame frame) {
            if (queue.size() < frameSizeMax && put(frame)) {
                return true;
            }
            lostFrames.add(frame.cell()); // the gateway asks this cell for full slices
            return false;
        }
        if (!put(output)) {
            messageLost.set(true); // a cell may hold its frames back until this message came through
            return false;
        }
        return true;
    }

    /** False when it was full: ask the gateway again by a later answer, or let the join time out. */
    public boolean offer(AdmissionAnswer answer) {
        boolean taken = put(answer);
        wake();
        return taken;
    }

    /** False when it was full: nobody else tells it, so offer it again a little later. */
    public boolean offer(NodeNews news) {
        boolean taken = put(news);
        wake();
        return taken;
    }

    /** False when it was full: a result stays kept; offer it again a little later. */
    public boolean offer(LaneOutput output) {
        boolean taken = put(output);
        wake();
        return taken;
    }

    private boolean put(Object message) {
        AtomicInteger waiting = message instanceof CellFrame frame ? waiting(frame.cell()) : null;
        if (waiting != null) {
            waiting.incrementAndGet();
        }
        boolean accepted = queue.offer(message);
        if (waiting != null && !accepted) {
            waiting.decrementAndGet();
        }
        return accepted;
    }

    /** What was left here is to be read. Any thread. */
    public void wake() {
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

    /** The next message, which stays. */
    @Nullable
    Object peek() {
        return queue.peek();
    }

    @Nullable
    Object poll() {
        Object message = queue.poll();
        if (message instanceof CellFrame frame) {
            waiting(frame.cell()).decrementAndGet();
        }
        return message;
    }

    /** Frames of this cell that have come and were not polled yet. */
    int waitingFrames(CellId cell) {
        return waiting(cell).get();
    }

    private AtomicInteger waiting(CellId cell) {
        return waitingFrames.computeIfAbsent(cell, first -> new AtomicInteger());
    }

    int size() {
        return queue.size();
    }
}
