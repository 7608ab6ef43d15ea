package dev.terrane.clustersim.play;

import dev.terrane.clustersim.time.Conductor;
import dev.terrane.gateway.ClientLink;
import dev.terrane.gateway.SharedBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** One connection, as its gateway sees it: messages take some time, in order. */
final class SimSocket implements ClientLink {
    private static final int CONGESTED_BYTES = 65_536;

    private final Conductor conductor;
    private final Player player;
    private final long latencyNanos;
    private final List<byte[]> unflushed = new ArrayList<>();
    private ByteBuffer claimed = ByteBuffer.allocate(4_096).order(ByteOrder.LITTLE_ENDIAN);
    private long lastArrivalNanos;
    private long queuedBytes;
    private boolean closed;

    SimSocket(Conductor conductor, Player player, long latencyNanos) {
        this.conductor = conductor;
        this.player = player;
        this.latencyNanos = latencyNanos;
    }

    @Override
    public ByteBuffer claim(int bytesMax) {
        if (claimed.capacity() < bytesMax) {
            claimed = ByteBuffer.allocate(bytesMax).order(ByteOrder.LITTLE_ENDIAN);
        }
        return claimed.clear();
    }

    @Override
    public void commit(int lengthBytes) {
        queue(take(lengthBytes, 0));
    }

    @Override
    public void commit(int headBytes, SharedBytes body) {
        byte[] bytes = take(headBytes, body.lengthBytes());
        body.buffer().get(0, bytes, headBytes, body.lengthBytes());
        queue(bytes);
    }

    private byte[] take(int lengthBytes, int moreBytes) {
        byte[] bytes = new byte[lengthBytes + moreBytes];
        claimed.get(0, bytes, 0, lengthBytes);
        return bytes;
    }

    private void queue(byte[] bytes) {
        if (!closed) {
            unflushed.add(bytes);
            queuedBytes += bytes.length;
        }
    }

    @Override
    public void flush() {
        for (byte[] bytes : unflushed) {
            lastArrivalNanos = Math.max(lastArrivalNanos + 1, conductor.nowNanos() + latencyNanos);
            conductor.at(lastArrivalNanos, null, () -> {
                queuedBytes -= bytes.length;
                player.hear(this, bytes);
            });
        }
        unflushed.clear();
    }

    @Override
    public void release() {
        // Whoever claims next writes over it.
    }

    @Override
    public boolean congested() {
        return queuedBytes > CONGESTED_BYTES;
    }

    @Override
    public long queuedBytes() {
        return queuedBytes;
    }

    @Override
    public void close(int code, String reason) {
        flush();
        if (!closed) {
            closed = true;
            conductor.at(
                    Math.max(lastArrivalNanos + 1, conductor.nowNanos() + latencyNanos),
                    null,
                    () -> player.closed(this, code + " " + reason));
        }
    }
}
