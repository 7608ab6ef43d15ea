package dev.terrane.simulation;

import dev.terrane.gateway.ClientLink;
import dev.terrane.gateway.SharedBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection's way to its client: messages take some ticks, in order; a slow client takes none for a while. */
final class SimLink implements ClientLink {
    /** Above this the gateway is told that the client is slow. */
    static final int CONGESTED_BYTES = 32_768;

    private record Parcel(long dueTick, byte[] bytes) {}

    private final ArrayDeque<Parcel> underway = new ArrayDeque<>();
    private final List<byte[]> unflushed = new ArrayList<>();
    private final int latencyTicks;
    private ByteBuffer claimed = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    private boolean claimOpen;
    private long queuedBytes;
    private long queuedBytesMost;
    private long now;
    private boolean slow;
    private int closeCode;
    private String closeReason = "";

    SimLink(int latencyTicks) {
        this.latencyTicks = latencyTicks;
    }

    void tick(long tick, boolean isSlow) {
        now = tick;
        slow = isSlow;
    }

    /** The next message that has arrived, or null. */
    byte @Nullable [] poll() {
        Parcel first = underway.peek();
        if (slow || first == null || first.dueTick > now) {
            return null;
        }
        underway.remove();
        queuedBytes -= first.bytes.length;
        return first.bytes;
    }

    @Override
    public ByteBuffer claim(int bytesMax) {
        if (claimOpen) {
            throw new IllegalStateException("a claim is open");
        }
        if (claimed.capacity() < bytesMax) {
            claimed = ByteBuffer.allocate(bytesMax).order(ByteOrder.LITTLE_ENDIAN);
        }
        claimOpen = true;
        return claimed.clear();
    }

    @Override
    public void commit(int lengthBytes) {
        queue(takeClaim(lengthBytes, 0));
    }

    @Override
    public void commit(int headBytes, SharedBytes body) {
        byte[] bytes = takeClaim(headBytes, body.lengthBytes());
        body.buffer().get(0, bytes, headBytes, body.lengthBytes());
        queue(bytes);
    }

    private byte[] takeClaim(int lengthBytes, int moreBytes) {
        if (!claimOpen) {
            throw new IllegalStateException("no claim is open");
        }
        claimOpen = false;
        byte[] bytes = new byte[lengthBytes + moreBytes];
        claimed.get(0, bytes, 0, lengthBytes);
        return bytes;
    }

    private void queue(byte[] bytes) {
        if (closeCode == 0) {
            unflushed.add(bytes);
            queuedBytes += bytes.length;
            queuedBytesMost = Math.max(queuedBytesMost, queuedBytes);
        }
    }

    @Override
    public void flush() {
        for (byte[] bytes : unflushed) {
            underway.add(new Parcel(now + latencyTicks, bytes));
        }
        unflushed.clear();
    }

    @Override
    public void release() {
        claimOpen = false;
    }

    @Override
    public boolean congested() {
        return queuedBytes > CONGESTED_BYTES;
    }

    @Override
    public long queuedBytes() {
        return queuedBytes;
    }

    long queuedBytesMost() {
        return queuedBytesMost;
    }

    @Override
    public void close(int code, String reason) {
        flush();
        if (closeCode == 0) {
            closeCode = code;
            closeReason = reason;
        }
    }

    /** 0 while it is open. */
    int closeCode() {
        return closeCode;
    }

    String closeReason() {
        return closeReason;
    }
}
