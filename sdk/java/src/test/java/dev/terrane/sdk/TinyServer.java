package dev.terrane.sdk;

import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.WireLimits;
import dev.terrane.protocol.client.WireMessage;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/** Just enough HTTP and WebSocket (RFC 6455), or length-framed TCP beside HTTP, on loopback for a test to play the server by hand. */
public final class TinyServer implements AutoCloseable {
    private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final long PATIENCE_SECONDS = 60;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String scheme;
    /** For messages without HTTP; the same where they come as WebSocket frames. */
    private final ServerSocket streams;

    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    private final AtomicInteger guestCount = new AtomicInteger();
    private volatile int refusals;
    /** What {@code /api/v1/worlds/NAME/rule.wasm} answers; of no length: 404. */
    private volatile byte[] rule = {};

    private final AtomicInteger ruleCount = new AtomicInteger();

    public TinyServer() throws IOException {
        this("ws", ServerSocketFactory.getDefault());
    }

    private TinyServer(String scheme, ServerSocketFactory sockets) throws IOException {
        this.scheme = scheme;
        Thread.ofVirtual().start(() -> accept(listener, this::serve));
        if (scheme.equals("ws")) {
            streams = listener;
        } else {
            streams = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> accept(streams, this::serveStream));
        }
    }

    public static TinyServer overTcp() throws IOException {
        return new TinyServer("tcp", ServerSocketFactory.getDefault());
    }

    public static TinyServer overTls(SSLContext own) throws IOException {
        return new TinyServer("tls", own.getServerSocketFactory());
    }

    public URI url() {
        return URI.create(scheme + "://127.0.0.1:" + streams.getLocalPort() + (scheme.equals("ws") ? "/ws" : ""));
    }

    /** Where guests get their tokens. */
    public URI http() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** The next clients are turned away. */
    void refuseNext(int count) {
        refusals = count;
    }

    /** The world moves avatars by this module. */
    public void moveBy(byte[] module) {
        rule = module;
    }

    /** How often somebody asked for it. */
    int ruleCount() {
        return ruleCount.get();
    }

    int guestCount() {
        return guestCount.get();
    }

    /** The next client that connects. */
    public Peer awaitPeer() throws InterruptedException {
        Peer peer = peers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (peer == null) {
            throw new AssertionError("no client connected within " + PATIENCE_SECONDS + " s");
        }
        return peer;
    }

    boolean hasPeer() {
        return !peers.isEmpty();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        streams.close();
    }

    private static void accept(ServerSocket at, Consumer<Socket> server) {
        while (!at.isClosed()) {
            try {
                Socket socket = at.accept();
                Thread.ofVirtual().start(() -> server.accept(socket));
            } catch (IOException _) {
                // closed
            }
        }
    }

    private void serve(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                String request = line(in);
                Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    headers.put(
                            line.substring(0, line.indexOf(':')),
                            line.substring(line.indexOf(':') + 1).strip());
                }
                if (request.startsWith("POST /api/v1/guest ")) {
                    answer(socket, "200 OK", "{\"token\": \"guest-" + guestCount.incrementAndGet() + "\"}");
                } else if (request.startsWith("GET /api/v1/worlds/test/rule.wasm ")) {
                    ruleCount.incrementAndGet();
                    answer(socket, rule.length == 0 ? "404 Not Found" : "200 OK", rule);
                } else if (refusals > 0) {
                    refusals--;
                    answer(socket, "503 Service Unavailable", "");
                } else {
                    upgrade(socket, headers);
                    Peer peer = new Peer(socket, true);
                    peer.authorization.complete(headers.getOrDefault("Authorization", ""));
                    peer.listen(in);
                    return;
                }
            }
        } catch (EOFException | SocketException _) {
            // The client went away.
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private void serveStream(Socket socket) {
        try {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            Peer peer = new Peer(socket, false);
            if (refusals > 0) {
                refusals--;
                peer.fail(ErrorCode.TOO_MANY_CONNECTIONS);
            } else {
                peer.listenToStream(in);
            }
        } catch (IOException _) {
            // The client went away, or did not believe who this is.
        }
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static void answer(Socket socket, String status, String body) throws IOException {
        answer(socket, status, body.getBytes(StandardCharsets.US_ASCII));
    }

    private static void answer(Socket socket, String status, byte[] body) throws IOException {
        write(socket, "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length + "\r\n\r\n");
        socket.getOutputStream().write(body);
    }

    private static void upgrade(Socket socket, Map<String, String> headers)
            throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-1")
                .digest((headers.get("Sec-WebSocket-Key") + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII));
        write(
                socket,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                        + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n");
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** One connected client, seen from the server. */
    public final class Peer {
        private final Socket socket;
        private final boolean web;
        private final CompletableFuture<String> authorization = new CompletableFuture<>();
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final BlockingQueue<ClientMessage> received = new LinkedBlockingQueue<>();

        private Peer(Socket socket, boolean web) {
            this.socket = socket;
            this.web = web;
        }

        /** As the header of a WebSocket says it, or a Hello over TCP. */
        String authorization() {
            return authorization.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }

        /** The client has hung up in order. */
        void awaitEnd() {
            end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        }

        /** The next message that the client sent. */
        public ClientMessage receive() throws InterruptedException {
            ClientMessage message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("the client sent nothing within " + PATIENCE_SECONDS + " s");
            }
            return message;
        }

        /** The next one of this type; others before it are skipped. */
        public <T extends ClientMessage> T receive(Class<T> type) throws InterruptedException {
            ClientMessage next = receive();
            while (!type.isInstance(next)) {
                next = receive();
            }
            return type.cast(next);
        }

        public void send(WireMessage message) throws IOException {
            send(ClientCodec.encode(message));
        }

        public void send(byte[] message) throws IOException {
            if (web) {
                frame(0x80 | BINARY, message, 0, message.length);
            } else {
                sendRaw(framed(message));
            }
        }

        private static byte[] framed(byte[] message) {
            return ByteBuffer.allocate(Integer.BYTES + message.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(message.length)
                    .put(message)
                    .array();
        }

        synchronized void sendRaw(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** In two fragments, or byte by byte. */
        void sendInParts(byte[] message) throws IOException {
            if (!web) {
                for (byte each : framed(message)) {
                    sendRaw(new byte[] {each});
                }
                return;
            }
            frame(BINARY, message, 0, 10);
            frame(0x80, message, 10, message.length);
        }

        void fail(ErrorCode code) throws IOException {
            send(new ServerError(code, "because the test says so", true, 0, 0));
            if (!web) {
                socket.shutdownOutput();
                return;
            }
            int close = code.closeCode();
            frame(0x80 | CLOSE, new byte[] {(byte) (close >> 8), (byte) close}, 0, 2);
        }

        /** Without a goodbye. */
        void cut() throws IOException {
            socket.close();
        }

        private synchronized void frame(int first, byte[] bytes, int from, int until) throws IOException {
            int length = until - from;
            byte[] head = length < 126
                    ? new byte[] {(byte) first, (byte) length}
                    : new byte[] {(byte) first, 126, (byte) (length >> 8), (byte) length};
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(bytes, from, length);
        }

        private void listenToStream(DataInputStream in) throws IOException {
            peers.add(this);
            try {
                while (true) {
                    byte[] message = new byte[Integer.reverseBytes(in.readInt())];
                    in.readFully(message);
                    ClientMessage said =
                            ClientCodec.decodeFromClient(message, 0, message.length, WireLimits.FROM_CLIENT);
                    if (said instanceof ClientMessage.Hello hello) {
                        authorization.complete("Bearer " + hello.token());
                    }
                    received.add(said);
                }
            } catch (EOFException orderly) {
                end.complete(null);
                socket.close();
            }
        }

        private void listen(DataInputStream in) throws IOException {
            peers.add(this);
            while (true) {
                int opcode = in.readUnsignedByte() & 0x0F;
                int length = in.readUnsignedByte() & 0x7F;
                length = length == 126 ? in.readUnsignedShort() : length;
                byte[] mask = in.readNBytes(4);
                byte[] body = in.readNBytes(length);
                for (int i = 0; i < body.length; i++) {
                    body[i] ^= mask[i % 4];
                }
                if (opcode == CLOSE) {
                    frame(0x80 | CLOSE, Arrays.copyOf(body, Math.min(2, body.length)), 0, Math.min(2, body.length));
                    socket.close();
                    return;
                }
                if (opcode == BINARY) {
                    received.add(ClientCodec.decodeFromClient(body, 0, body.length, WireLimits.FROM_CLIENT));
                }
            }
        }
    }
}
