package dev.terrane.http;

import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.MessageReader;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.WireLimits;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A WebSocket client of the JDK: nothing of it is shared with the server under test. */
final class TestSocket implements WebSocket.Listener {
    private static final long PATIENCE_SECONDS = 60;

    private final MessageReader reader = new MessageReader(WireLimits.FROM_SERVER);
    private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    final Semaphore pings = new Semaphore(0);
    final BlockingQueue<byte[]> pongs = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private @Nullable WebSocket socket;

    TestSocket with(WebSocket opened) {
        socket = opened;
        return this;
    }

    WebSocket socket() {
        WebSocket opened = socket;
        if (opened == null) {
            throw new IllegalStateException("not connected");
        }
        return opened;
    }

    void send(byte[] message) {
        socket().sendBinary(ByteBuffer.wrap(message), true).join();
    }

    byte[] next() throws InterruptedException {
        byte[] message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came");
        }
        return message;
    }

    ServerMessage nextMessage() throws InterruptedException {
        byte[] message = next();
        return reader.read(message, 0, message.length);
    }

    ErrorCode nextError() throws InterruptedException {
        ServerMessage decoded = nextMessage();
        if (decoded instanceof ServerMessage.ServerError error) {
            return error.code();
        }
        throw new AssertionError("not an Error but " + decoded);
    }

    int closeCode() {
        return closeCode.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Waits for the end, whichever way it comes. */
    boolean ended() {
        return closeCode
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .handle((code, cut) -> !(cut instanceof TimeoutException))
                .join();
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        parts.writeBytes(part);
        if (last) {
            messages.add(parts.toByteArray());
            parts.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
        pings.release();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.get(copy);
        pongs.add(copy);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closeCode.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closeCode.completeExceptionally(error);
    }
}
