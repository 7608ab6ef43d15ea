package dev.terrane.system;

import dev.terrane.protocol.client.MessageReader;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.WireLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A socket without manners: sends any bytes, and remembers what comes back. */
final class RawClient implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String DEVELOPMENT_SECRET = "terrane-development-secret-not-for-production";

    private final HttpClient http = HttpClient.newHttpClient();
    private final MessageReader reader = new MessageReader(WireLimits.FROM_SERVER);
    private final LinkedBlockingQueue<ServerMessage> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final WebSocket socket;

    private RawClient(URI url) {
        socket = http.newWebSocketBuilder().buildAsync(url, this).join();
    }

    static RawClient connect(ServerProcess server, String token) {
        return connect(server.socket(), token);
    }

    static RawClient connect(URI socket, String token) {
        return new RawClient(URI.create(socket + "?token=" + token));
    }

    /** The HTTP status with which the server refuses a page of this origin. */
    static int refusedStatus(ServerProcess server, String origin) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.newWebSocketBuilder()
                    .header("Origin", origin)
                    .buildAsync(
                            URI.create(server.socket() + "?token=" + guestToken(server)), new WebSocket.Listener() {})
                    .join();
            return 101;
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
            throw e;
        }
    }

    static String guestToken(ServerProcess server) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(server.http("/api/v1/guest"))
                            .POST(HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            Matcher token = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]+)\"").matcher(answer.body());
            if (!token.find()) {
                throw new IllegalStateException("no token in " + answer.body());
            }
            return token.group(1);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A token made by hand with the development secret. */
    static String signedToken(String issuer, long secondsFromNow) {
        long now = System.currentTimeMillis() / 1000;
        String claims = "{\"iss\":\"%s\",\"sub\":\"%s\",\"name\":\"Hand\",\"iat\":%d,\"exp\":%d,\"jti\":\"1\"}"
                .formatted(issuer, UUID.randomUUID(), now + Math.min(0, secondsFromNow) - 60, now + secondsFromNow);
        String signed = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(DEVELOPMENT_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    void send(byte[] bytes) {
        try {
            socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
        } catch (CompletionException refused) {
            // The server closed meanwhile; the close code tells why.
        }
    }

    /** The next message of this kind, skipping others. */
    <M extends ServerMessage> M await(Class<M> kind) {
        try {
            ServerMessage next;
            while ((next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) != null) {
                if (kind.isInstance(next)) {
                    return kind.cast(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IllegalStateException("no " + kind.getSimpleName() + " came");
    }

    /** Waits for the close and gives its code. */
    int closeCode() {
        try {
            return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the connection was not closed in order", e);
        }
    }

    boolean closed() {
        return closed.isDone();
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
        byte[] part = new byte[data.remaining()];
        data.get(part);
        message.writeBytes(part);
        if (last) {
            byte[] whole = message.toByteArray();
            message.reset();
            received.add(reader.read(whole, 0, whole.length));
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
