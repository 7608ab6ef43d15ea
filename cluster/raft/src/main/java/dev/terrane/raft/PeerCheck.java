package dev.terrane.raft;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Lets pass who has a certificate of the cluster's authority that names one of its coordinators. Host names are not looked at: coordinators move, and their certificates name nodes. Any thread. */
final class PeerCheck extends X509ExtendedTrustManager {
    private static final String PREFIX = "urn:terrane:node:";
    /** As {@link X509Certificate#getSubjectAlternativeNames} tells URIs. */
    private static final Integer URI_KIND = 6;

    private final X509TrustManager authority;
    private final Set<String> coordinators;

    PeerCheck(X509TrustManager authority, Set<String> coordinators) {
        this.authority = authority;
        this.coordinators = Set.copyOf(coordinators);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        authority.checkClientTrusted(chain, type);
        requireCoordinator(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        authority.checkServerTrusted(chain, type);
        requireCoordinator(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authority.getAcceptedIssuers();
    }

    private void requireCoordinator(X509Certificate certificate) throws CertificateException {
        if (!coordinators.contains(name(certificate))) {
            throw new CertificateException("'%s' is none of the coordinators %s"
                    .formatted(name(certificate), coordinators.stream().sorted().toList()));
        }
    }

    /** Of the node; empty when it names none, or several. */
    static String name(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        List<String> nodes = (names == null ? List.<List<?>>of() : names)
                .stream()
                        .filter(name -> URI_KIND.equals(name.get(0)))
                        .map(name -> String.valueOf(name.get(1)))
                        .filter(uri -> uri.startsWith(PREFIX))
                        .toList();
        return nodes.size() == 1 ? nodes.getFirst().substring(PREFIX.length()) : "";
    }
}
