package dev.terrane.gateway;

import dev.terrane.protocol.client.MessageReader;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.WireLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection that remembers what it was given. */
final class FakeLink implements ClientLink {
    final List<ServerMessage> received = new ArrayList<>();
    private final MessageReader reader = new MessageReader(WireLimits.FROM_SERVER);
    private final List<ServerMessage> queued = new ArrayList<>();
    boolean congested;
    long queuedBytes;
    int closeCode;
    String closeReason = "";
    int longestBytes;
    /** Messages whose end many links share. */
    int sharedCount;

    private @Nullable ByteBuffer claimed;

    @Override
    public ByteBuffer claim(int bytesMax) {
        if (claimed != null) {
            throw new IllegalStateException("a claim is open");
        }
        claimed = ByteBuffer.allocateDirect(bytesMax).order(ByteOrder.LITTLE_ENDIAN);
        return claimed;
    }

    @Override
    public void commit(int lengthBytes) {
        queue(takeClaim(lengthBytes, 0));
    }

    @Override
    public void commit(int headBytes, SharedBytes body) {
        byte[] bytes = takeClaim(headBytes, body.lengthBytes());
        body.buffer().get(0, bytes, headBytes, body.lengthBytes());
        sharedCount++;
        queue(bytes);
    }

    private byte[] takeClaim(int lengthBytes, int moreBytes) {
        ByteBuffer buffer = claimed;
        if (buffer == null) {
            throw new IllegalStateException("no claim is open");
        }
        claimed = null;
        byte[] bytes = new byte[lengthBytes + moreBytes];
        buffer.get(0, bytes, 0, lengthBytes);
        return bytes;
    }

    private void queue(byte[] bytes) {
        if (closeCode != 0) {
            return;
        }
        longestBytes = Math.max(longestBytes, bytes.length);
        queued.add(reader.read(bytes, 0, bytes.length));
    }

    @Override
    public void flush() {
        received.addAll(queued);
        queued.clear();
    }

    @Override
    public void release() {
        claimed = null;
    }

    @Override
    public boolean congested() {
        return congested;
    }

    @Override
    public long queuedBytes() {
        return queuedBytes;
    }

    @Override
    public void close(int code, String reason) {
        if (closeCode == 0) {
            flush();
            closeCode = code;
            closeReason = reason;
        }
    }

    <M extends ServerMessage> List<M> all(Class<M> kind) {
        return received.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <M extends ServerMessage> M last(Class<M> kind) {
        return all(kind).getLast();
    }

    ServerError error() {
        return last(ServerError.class);
    }

    List<ServerSnapshot> snapshots() {
        return all(ServerSnapshot.class);
    }
}
