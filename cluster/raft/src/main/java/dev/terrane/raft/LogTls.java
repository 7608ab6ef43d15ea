package dev.terrane.raft;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.grpc.GrpcTlsConfig;

/** TLS between coordinators, both of whom show who they are, as Ratis wants it. */
final class LogTls {
    private static final String ALIAS = "own";

    private LogTls() {}

    /** Blocks on files. @throws CoordinatorLogException if they are of no use */
    static Parameters parameters(RaftSettings settings, RaftTrust trust) {
        try {
            Set<String> coordinators =
                    settings.peers().stream().map(CoordinatorPeer::name).collect(Collectors.toSet());
            Parameters parameters = new Parameters();
            GrpcConfigKeys.TLS.setConf(
                    parameters,
                    new GrpcTlsConfig(
                            keys(settings.self(), trust).getKeyManagers()[0],
                            new PeerCheck(authority(trust.authority()), coordinators),
                            true));
            return parameters;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new CoordinatorLogException(
                    "the certificates of coordinator %s cannot be used for its log: %s; they are %s"
                            .formatted(settings.self(), e.getMessage(), trust),
                    e);
        }
    }

    private static KeyManagerFactory keys(String self, RaftTrust trust) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> chain = certificates(trust.certificate());
        Certificate own = chain.iterator().next();
        String named = own instanceof X509Certificate x509 ? PeerCheck.name(x509) : "";
        if (!named.equals(self)) {
            throw new GeneralSecurityException("%s names '%s'".formatted(trust.certificate(), named));
        }
        char[] none = {};
        KeyStore store = empty();
        store.setKeyEntry(ALIAS, key(trust.key()), none, chain.toArray(Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, none);
        return keys;
    }

    private static X509TrustManager authority(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        int count = 0;
        for (Certificate each : certificates(file)) {
            store.setCertificateEntry("authority-" + count++, each);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)));
        if (found.isEmpty()) {
            throw new GeneralSecurityException(file + " has no certificate");
        }
        return found;
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String pem = new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
        byte[] bytes = Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }
}
