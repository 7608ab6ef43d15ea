package dev.terrane.link.door;

import dev.terrane.base.NodeId;
import dev.terrane.link.LinkTimes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificates of a node as Vert.x wants them: TLS 1.3 alone, and both sides show who they are. Keys are EC. */
record LinkTls(PemKeyCertOptions own, PemTrustOptions trusted) {
    private static final Logger LOG = LoggerFactory.getLogger(LinkTls.class);
    /** Netty's, of connections that others make. */
    static final String SERVER_SIDE = "io.netty.handler.ssl.JdkSslServerContext";

    private static final Set<String> VERSIONS = Set.of("TLSv1.3");

    /**
     * Blocks.
     *
     * @throws IllegalStateException when a file cannot be read, or the certificate is not that of {@code self}
     */
    static LinkTls read(LinkFiles files, NodeId self) {
        try {
            byte[] certificate = Files.readAllBytes(files.certificate());
            Certificate parsed =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
            NodeId named = NodeNames.of(parsed);
            if (!self.equals(named)) {
                throw new IllegalStateException("the certificate %s names %s, not node %s"
                        .formatted(files.certificate(), named == null ? "no node" : "node " + named, self));
            }
            byte[] key = Files.readAllBytes(files.key());
            checkPair(parsed, PemFolder.key(files.key(), key));
            return new LinkTls(
                    new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(certificate))
                            .addKeyValue(Buffer.buffer(key)),
                    new PemTrustOptions().addCertValue(Buffer.buffer(Files.readAllBytes(files.authority()))));
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalStateException(
                    "the certificates of node %s cannot be read: %s".formatted(self, unreadable.getMessage()),
                    unreadable);
        }
    }

    /** A key of another certificate would fail every handshake from then on. */
    private static void checkPair(Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        byte[] probe = {1, 2, 3};
        Signature signer = Signature.getInstance(ClusterCertificates.SIGNATURE);
        signer.initSign(key);
        signer.update(probe);
        byte[] signed = signer.sign();
        signer.initVerify(certificate.getPublicKey());
        signer.update(probe);
        if (!signer.verify(signed)) {
            throw new GeneralSecurityException("the key does not belong to the certificate");
        }
    }

    /**
     * Has Netty prepare now what it otherwise prepares for the first connection that somebody makes to us: with BouncyCastle there it loads all of it and tries a key, half a second of computing. On the only
     * thread that hears from other nodes, and in the midst of play where a node had dialled all others until then, that cost such a node its membership. Blocks.
     */
    static void prepareServerSide() {
        try {
            Class.forName(SERVER_SIDE);
        } catch (ClassNotFoundException otherNetty) {
            LOG.atDebug().log("nothing to prepare: there is no {}", SERVER_SIDE);
        }
    }

    /** Whether a connection has failed because one side did not like the other's certificate, or speaks no TLS. */
    static boolean isMeantBy(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    NetServerOptions server(LinkAddress listen, LinkTimes times) {
        NetServerOptions options = new NetServerOptions();
        options.setHost(listen.host());
        options.setPort(listen.port());
        options.setSsl(true);
        options.setKeyCertOptions(own);
        options.setTrustOptions(trusted);
        options.setClientAuth(ClientAuth.REQUIRED);
        options.setEnabledSecureTransportProtocols(VERSIONS);
        options.setSslHandshakeTimeout(times.greetingNanosMax());
        options.setSslHandshakeTimeoutUnit(TimeUnit.NANOSECONDS);
        options.setTcpNoDelay(true);
        return options;
    }

    NetClientOptions client(LinkTimes times) {
        NetClientOptions options = new NetClientOptions();
        options.setSsl(true);
        options.setKeyCertOptions(own);
        options.setTrustOptions(trusted);
        // Certificates name nodes, not hosts: LinkLoop compares the name with the node that was dialled.
        options.setHostnameVerificationAlgorithm("");
        options.setEnabledSecureTransportProtocols(VERSIONS);
        options.setSslHandshakeTimeout(times.greetingNanosMax());
        options.setSslHandshakeTimeoutUnit(TimeUnit.NANOSECONDS);
        options.setConnectTimeout((int) TimeUnit.NANOSECONDS.toMillis(times.greetingNanosMax()));
        options.setTcpNoDelay(true);
        return options;
    }
}
