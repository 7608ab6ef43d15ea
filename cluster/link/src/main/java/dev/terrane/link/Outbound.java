package dev.terrane.link;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** What waits to be written on one connection. Any thread may call it; nobody stays longer than a copy takes. */
final class Outbound {
    private static final byte[] NOTHING = {};
    static final int TEXT_BYTES_MAX = 512;

    private final LinkLimits limits;
    private final LaneQueue control;
    private final LaneQueue data;
    private boolean open;
    private boolean sealed;
    private boolean overflown;

    Outbound(LinkLimits limits) {
        this.limits = limits;
        this.control = new LaneQueue(Lane.CONTROL, limits.controlQueueBytesMax());
        this.data = new LaneQueue(Lane.DATA, limits.dataQueueBytesMax());
    }

    Offered offer(Lane lane, byte[] message, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, message.length);
        if (length > limits.messageBytesMax(lane)) {
            throw new IllegalArgumentException(
                    "a message of %d bytes on lane %s, which takes at most %d; cut it into parts"
                            .formatted(length, lane, limits.messageBytesMax(lane)));
        }
        synchronized (this) {
            if (!open || sealed) {
                return Offered.CLOSED;
            }
            if (queue(lane).append(Frames.MESSAGE, message, offset, length)) {
                return Offered.ACCEPTED;
            }
            overflown |= lane == Lane.CONTROL;
            return Offered.FULL;
        }
    }

    /** The link's own frames leave at once, as far as the control lane is concerned. */
    synchronized void say(int type, byte[] payload) {
        if (!sealed) {
            overflown |= !control.append(type, payload, 0, payload.length);
            control.flush();
        }
    }

    /** A sign of life, unless something waits on the control lane: that will be one. */
    synchronized void beat() {
        if (!sealed && control.byteCount() == 0) {
            control.append(Frames.HEARTBEAT, NOTHING, 0, 0);
            control.flush();
        }
    }

    synchronized void open() {
        open = true;
    }

    synchronized boolean overflown() {
        return overflown;
    }

    /** @return whether there is anything to take */
    synchronized boolean flush() {
        control.flush();
        data.flush();
        return control.byteCount() + data.byteCount() > 0;
    }

    /**
     * Nothing is taken in any more. What waits on the control lane stays, with {@code end} behind it, since numbers must have no gap; what
     * waits on the data lane is forgotten.
     *
     * @return how many messages had not been taken
     */
    synchronized int seal(LinkEnd end, String text) {
        if (!sealed) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            byte[] payload = Arrays.copyOf(bytes, 1 + Math.min(bytes.length, TEXT_BYTES_MAX));
            System.arraycopy(bytes, 0, payload, 1, payload.length - 1);
            payload[0] = (byte) end.code();
            int unsent = data.messageCount() + control.messageCount();
            data.drop();
            control.append(Frames.CLOSE, payload, 0, payload.length);
            control.flush();
            sealed = true;
            return unsent;
        }
        return 0;
    }

    /** Like {@link #seal}, when there is nobody left to tell. */
    synchronized int abandon() {
        int unsent = data.messageCount() + control.messageCount();
        data.drop();
        control.drop();
        sealed = true;
        return unsent;
    }

    /** How long the frame is that has to be written next; 0 when there is none. */
    synchronized int nextBytes() {
        int ofControl = control.nextBytes();
        return ofControl > 0 ? ofControl : data.nextBytes();
    }

    /**
     * Moves whole frames, the control lane's first, into {@code into} until the next one does not fit.
     *
     * @return how many bytes were moved
     */
    synchronized int take(byte[] into) {
        int taken = takeFrom(control, into, 0);
        return control.nextBytes() > 0 ? taken : takeFrom(data, into, taken);
    }

    synchronized int queueBytes(Lane lane) {
        return queue(lane).byteCount();
    }

    private static int takeFrom(LaneQueue queue, byte[] into, int from) {
        int at = from;
        int next;
        while ((next = queue.nextBytes()) > 0 && next <= into.length - at) {
            queue.take(into, at, next);
            at += next;
        }
        return at;
    }

    private LaneQueue queue(Lane lane) {
        return lane == Lane.CONTROL ? control : data;
    }
}
