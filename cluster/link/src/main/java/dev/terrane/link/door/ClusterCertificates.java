package dev.terrane.link.door;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The authority of a local cluster and the certificates of its nodes, in one folder. What is there and good for another month is used
 * again, so nodes that run keep understanding those that start.
 *
 * <p>Whoever has the authority's key can make nodes: keep it away from machines that only run one. Blocks on the disk; one thread of one
 * process at a time.
 */
public final class ClusterCertificates {
    private static final Duration AUTHORITY_VALID = Duration.ofDays(3650);
    private static final Duration NODE_VALID = Duration.ofDays(825);
    private static final Duration RENEWED_BEFORE = Duration.ofDays(30);
    /** Clocks of machines differ. */
    private static final Duration SKEW = Duration.ofHours(1);

    private static final int SERIAL_BITS = 120;
    private static final String CURVE = "secp256r1";
    static final String SIGNATURE = "SHA256withECDSA";

    private final PemFolder folder;
    private final Clock clock;
    private final X509Certificate authority;
    private final PrivateKey authorityKey;
    private final Path authorityFile;

    private ClusterCertificates(PemFolder folder, Clock clock, X509Certificate authority, PrivateKey authorityKey) {
        this.folder = folder;
        this.clock = clock;
        this.authority = authority;
        this.authorityKey = authorityKey;
        this.authorityFile = folder.file("authority.pem");
    }

    /**
     * Reads the authority in that folder, or makes one.
     *
     * @param cluster for people who read the certificate
     * @throws IllegalStateException when the folder cannot be used
     */
    public static ClusterCertificates in(Path path, String cluster, Clock clock) {
        try {
            PemFolder folder = PemFolder.make(path);
            Path file = folder.file("authority.pem");
            Path keyFile = folder.file("authority-key.pem");
            if (Files.exists(file) && Files.exists(keyFile)) {
                X509Certificate known = parse(folder.read(file));
                if (lasts(known, clock)) {
                    return new ClusterCertificates(folder, clock, known, PemFolder.key(keyFile, folder.read(keyFile)));
                }
            }
            KeyPair keys = newKeys();
            X500Name name = new X500Name("CN=Terrane cluster " + cluster);
            JcaX509v3CertificateBuilder builder = builder(name, name, keys.getPublic(), AUTHORITY_VALID, clock);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            X509Certificate made = sign(builder, keys.getPrivate());
            folder.write(keyFile, "PRIVATE KEY", keys.getPrivate().getEncoded());
            folder.write(file, "CERTIFICATE", made.getEncoded());
            return new ClusterCertificates(folder, clock, made, keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException(
                    "no authority of cluster %s in %s: %s".formatted(cluster, path, failure.getMessage()), failure);
        }
    }

    /**
     * The files of a node; made if there are none, or if those that are there end soon or are of another authority.
     *
     * @throws IllegalStateException when they cannot be written
     */
    public LinkFiles of(NodeId node) {
        Path file = folder.file("node-" + node + ".pem");
        Path keyFile = folder.file("node-" + node + "-key.pem");
        try {
            if (!Files.exists(file) || !Files.exists(keyFile) || !isGood(parse(folder.read(file)), node)) {
                KeyPair keys = newKeys();
                X500Name issuer =
                        X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
                JcaX509v3CertificateBuilder builder =
                        builder(issuer, new X500Name("CN=" + node), keys.getPublic(), NODE_VALID, clock);
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                    KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                }));
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, NodeNames.uri(node))));
                X509Certificate made = sign(builder, authorityKey);
                folder.write(keyFile, "PRIVATE KEY", keys.getPrivate().getEncoded());
                folder.write(file, "CERTIFICATE", made.getEncoded());
            }
            return new LinkFiles(authorityFile, file, keyFile);
        } catch (IOException | GeneralSecurityException | OperatorCreationException failure) {
            throw new IllegalStateException(
                    "no certificate of node %s in %s: %s".formatted(node, file, failure.getMessage()), failure);
        }
    }

    private boolean isGood(X509Certificate certificate, NodeId node) {
        try {
            certificate.verify(authority.getPublicKey());
        } catch (GeneralSecurityException anotherAuthority) {
            return false;
        }
        return node.equals(NodeNames.of(certificate)) && lasts(certificate, clock);
    }

    private static boolean lasts(X509Certificate certificate, Clock clock) {
        return certificate.getNotAfter().getTime() - RENEWED_BEFORE.toMillis() > clock.epochMillis();
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(CURVE));
        return generator.generateKeyPair();
    }

    private static JcaX509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, PublicKey key, Duration valid, Clock clock) {
        long nowMillis = clock.epochMillis();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
                new Date(nowMillis - SKEW.toMillis()),
                new Date(nowMillis + valid.toMillis()),
                subject,
                key);
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, CertificateException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
    }

    private static X509Certificate parse(byte[] pem) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }
}
