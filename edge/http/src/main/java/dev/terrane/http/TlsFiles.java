package dev.terrane.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * Certificate and key as they lie on the disk. Reading blocks: worker threads only.
 *
 * @param certificate PEM bytes
 * @param key PEM bytes
 */
record TlsFiles(byte[] certificate, byte[] key) {

    static TlsFiles read(TlsSettings settings) throws IOException {
        return new TlsFiles(Files.readAllBytes(settings.certificate()), Files.readAllBytes(settings.key()));
    }

    boolean sameAs(TlsFiles other) {
        return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
    }

    /**
     * The pair for the server, proven to fit together: a key of another certificate would fail every handshake from then on.
     *
     * @throws Exception whatever parser found fault; the message says what is wrong
     */
    PemKeyCertOptions checked(Vertx vertx) throws Exception {
        PemKeyCertOptions options =
                new PemKeyCertOptions().addCertValue(Buffer.buffer(certificate)).addKeyValue(Buffer.buffer(key));
        for (KeyManager manager : options.getKeyManagerFactory(vertx).getKeyManagers()) {
            if (manager instanceof X509KeyManager keys) {
                checkPairs(keys);
            }
        }
        return options;
    }

    private static void checkPairs(X509KeyManager keys) throws Exception {
        boolean any = false;
        for (String type : new String[] {"RSA", "EC", "EdDSA", "RSASSA-PSS"}) {
            String[] aliases = keys.getServerAliases(type, null);
            for (String alias : aliases == null ? new String[0] : aliases) {
                X509Certificate own = keys.getCertificateChain(alias)[0];
                own.checkValidity();
                if (!fits(keys.getPrivateKey(alias), own)) {
                    throw new IllegalArgumentException("the key does not belong to the certificate of "
                            + own.getSubjectX500Principal().getName());
                }
                any = true;
            }
        }
        if (!any) {
            throw new IllegalArgumentException("there is no certificate with an RSA, EC or EdDSA key");
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) throws Exception {
        byte[] probe = {1, 2, 3};
        String algorithm = switch (certificate.getPublicKey().getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA", "Ed25519", "Ed448" -> "EdDSA";
            case String other -> throw new IllegalArgumentException("keys of the kind " + other + " are not supported");
        };
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(probe);
        byte[] signed = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(certificate.getPublicKey());
        verifier.update(probe);
        return verifier.verify(signed);
    }
}
