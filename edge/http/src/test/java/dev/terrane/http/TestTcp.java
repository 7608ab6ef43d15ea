package dev.terrane.http;

import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.MessageReader;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.WireLimits;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A TCP client of the JDK: nothing of it is shared with the server under test. */
final class TestTcp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    final Socket socket;
    private final DataInputStream in;
    private final MessageReader reader = new MessageReader(WireLimits.FROM_SERVER);

    private TestTcp(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    static TestTcp connect(TestDoor door) throws IOException {
        return new TestTcp(new Socket("127.0.0.1", door.http.tcpPort()));
    }

    static TestTcp connect(TestDoor door, TestCertificate trusted) throws Exception {
        return new TestTcp(contextTrusting(trusted).getSocketFactory().createSocket("127.0.0.1", door.http.tcpPort()));
    }

    static SSLContext contextTrusting(TestCertificate trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("t", trusted.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    static byte[] framed(byte[] message) {
        return ByteBuffer.allocate(4 + message.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(message.length)
                .put(message)
                .array();
    }

    void send(byte[] message) throws IOException {
        sendRaw(framed(message));
    }

    void sendRaw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    byte[] next() throws IOException {
        byte[] message = new byte[Integer.reverseBytes(in.readInt())];
        in.readFully(message);
        return message;
    }

    ServerMessage nextMessage() throws IOException {
        byte[] message = next();
        return reader.read(message, 0, message.length);
    }

    ErrorCode nextError() throws IOException {
        ServerMessage decoded = nextMessage();
        if (decoded instanceof ServerMessage.ServerError error) {
            return error.code();
        }
        throw new AssertionError("not an Error but " + decoded);
    }

    /** The Error comes, then the orderly end, and nothing in between. */
    ErrorCode lastError() throws IOException {
        ErrorCode error = nextError();
        if (in.read() >= 0) {
            throw new AssertionError("something came after " + error);
        }
        return error;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
