package dev.terrane.sdk;

import dev.terrane.protocol.client.ErrorCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Length-framed messages over TCP, with TLS or without. Each connection has two virtual threads, one that reads and tells what it hears, and one that writes.
 */
final class TcpTransport implements Transport {
    /** For TCP, and again for TLS. */
    private static final int HANDSHAKE_MILLIS_MAX =
            Math.toIntExact(Duration.ofSeconds(10).toMillis());

    private final boolean secure;
    private final @Nullable SSLContext trust;
    private final int messageBytesMax;

    /** @param trust for TLS; null: whom the platform trusts */
    TcpTransport(boolean secure, @Nullable SSLContext trust, int messageBytesMax) {
        this.secure = secure;
        this.trust = trust;
        this.messageBytesMax = messageBytesMax;
    }

    @Override
    public boolean tellsToken() {
        return false;
    }

    @Override
    public void connect(URI url, String token, Ears ears) {
        Thread.ofVirtual().name("terrane-tcp-" + url.getHost()).start(() -> run(url, ears));
    }

    private void run(URI url, Ears ears) {
        try (Socket plain = new Socket()) {
            TcpLine line;
            try {
                line = open(plain, url);
            } catch (UnknownHostException e) {
                ears.ended(ErrorCode.NONE, "nobody knows the host " + url.getHost());
                return;
            } catch (IOException | RuntimeException e) {
                ears.ended(ErrorCode.NONE, Failures.reasonOf(e));
                return;
            }
            line.run(ears);
        } catch (IOException closing) {
            // It is closed as far as that goes.
        }
    }

    private TcpLine open(Socket plain, URI url) throws IOException {
        plain.setTcpNoDelay(true);
        InetSocketAddress address = new InetSocketAddress(url.getHost(), url.getPort());
        if (address.isUnresolved()) {
            throw new UnknownHostException(url.getHost());
        }
        plain.connect(address, HANDSHAKE_MILLIS_MAX);
        return new TcpLine(plain, secure ? secured(plain, url) : plain, messageBytesMax);
    }

    private Socket secured(Socket plain, URI url) throws IOException {
        // An IPv6 address stands in brackets in a URL, and without them in a certificate.
        String name = url.getHost().replaceAll("[\\[\\]]", "");
        SSLSocket socket = (SSLSocket) sockets().createSocket(plain, name, url.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        // Else any certificate would do that the authority has ever signed.
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        plain.setSoTimeout(HANDSHAKE_MILLIS_MAX);
        socket.startHandshake();
        plain.setSoTimeout(0);
        return socket;
    }

    private SSLSocketFactory sockets() throws IOException {
        SSLContext known = trust;
        try {
            return (known == null ? SSLContext.getDefault() : known).getSocketFactory();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("this platform has no TLS", e);
        }
    }
}
