package dev.terrane.link;

import org.jspecify.annotations.Nullable;

/**
 * Makes frames of chunks that begin and end anywhere. Trusts nobody: the first frame that is not as it should be is the last.
 *
 * <p>Keeps at most one frame that has come in part; how long it may be is checked before room is made for it.
 */
final class FrameReader {
    /** Takes frames; the bytes are valid only during the call. */
    interface FrameSink {
        /** @return false to hear no more: the connection is over */
        boolean onFrame(int type, Lane lane, byte[] bytes, int offset, int length);
    }

    private final LinkLimits limits;
    private final FrameSink sink;
    private final long[] due = new long[Lane.values().length];
    private byte[] part = new byte[Frames.HEAD_BYTES];
    private int partBytes;
    private int frameBytes;
    private boolean open;

    FrameReader(LinkLimits limits, FrameSink sink) {
        this.limits = limits;
        this.sink = sink;
    }

    /** From now on messages may come, and be as long as messages may. */
    void open() {
        open = true;
    }

    /** How much it holds, for the test that this is bounded. */
    int capacityBytes() {
        return part.length;
    }

    /** Why nothing of this or anything later may be trusted, or null. */
    @Nullable
    Refusal feed(byte[] bytes, int offset, int length) {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (partBytes == 0 && end - at >= Frames.HEAD_BYTES) {
                Refusal fault = readHead(bytes, at);
                if (fault != null) {
                    return fault;
                }
                if (end - at >= frameBytes) {
                    if (!deliver(bytes, at)) {
                        return null;
                    }
                    at += frameBytes;
                    continue;
                }
            }
            int wanted = partBytes < Frames.HEAD_BYTES ? Frames.HEAD_BYTES : frameBytes;
            int count = Math.min(wanted - partBytes, end - at);
            System.arraycopy(bytes, at, part, partBytes, count);
            partBytes += count;
            at += count;
            if (partBytes == Frames.HEAD_BYTES && wanted == Frames.HEAD_BYTES) {
                Refusal fault = readHead(part, 0);
                if (fault != null) {
                    return fault;
                }
                makeRoom();
            }
            if (partBytes >= Frames.HEAD_BYTES && partBytes == frameBytes) {
                partBytes = 0;
                if (!deliver(part, 0)) {
                    return null;
                }
            }
        }
        return null;
    }

    private void makeRoom() {
        if (part.length < frameBytes) {
            byte[] longer = new byte[frameBytes];
            System.arraycopy(part, 0, longer, 0, partBytes);
            part = longer;
        }
    }

    private boolean deliver(byte[] bytes, int at) {
        Lane lane = Lane.of(bytes[at + Frames.LANE_AT]);
        if (lane == null) {
            throw new IllegalStateException("a head that was not checked");
        }
        due[lane.code()]++;
        return sink.onFrame(
                bytes[at + Frames.TYPE_AT], lane, bytes, at + Frames.HEAD_BYTES, frameBytes - Frames.HEAD_BYTES);
    }

    /** Checks everything that a head says, and sets how long the frame is. */
    private @Nullable Refusal readHead(byte[] bytes, int at) {
        int length = Frames.i32(bytes, at + Frames.LENGTH_AT);
        int type = bytes[at + Frames.TYPE_AT];
        Lane lane = Lane.of(bytes[at + Frames.LANE_AT]);
        long sequence = Frames.i64(bytes, at + Frames.SEQUENCE_AT);
        if (lane == null) {
            return malformed("there is no lane " + bytes[at + Frames.LANE_AT]);
        }
        if (type < Frames.HELLO || type > Frames.CLOSE || (type != Frames.MESSAGE && lane != Lane.CONTROL)) {
            return malformed("there is no frame of type " + type + " on lane " + lane);
        }
        if (type == Frames.MESSAGE && !open) {
            return malformed("a message before the greeting was over");
        }
        int payloadBytesMax = type == Frames.MESSAGE ? limits.messageBytesMax(lane) : Frames.OWN_PAYLOAD_BYTES_MAX;
        if (length < Frames.LENGTH_MIN || length - Frames.LENGTH_MIN > payloadBytesMax) {
            return malformed("a frame of type %d on lane %s says it has %d bytes; %d to %d are allowed"
                    .formatted(type, lane, length, Frames.LENGTH_MIN, Frames.LENGTH_MIN + payloadBytesMax));
        }
        if (sequence != due[lane.code()]) {
            return new Refusal(
                    LinkEnd.SEQUENCE,
                    "frame %d of lane %s came where %d was due".formatted(sequence, lane, due[lane.code()]));
        }
        frameBytes = Frames.LENGTH_BYTES + length;
        return null;
    }

    private static Refusal malformed(String text) {
        return new Refusal(LinkEnd.MALFORMED, text);
    }
}
