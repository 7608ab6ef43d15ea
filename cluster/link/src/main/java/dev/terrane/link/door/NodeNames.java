package dev.terrane.link.door;

import dev.terrane.base.NodeId;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which node a certificate names: a URI among its alternative names. Not a host name, for nodes may move between hosts. */
final class NodeNames {
    private static final String PREFIX = "urn:terrane:node:";
    /** As {@link X509Certificate#getSubjectAlternativeNames} tells URIs. */
    private static final Integer URI_KIND = 6;

    private NodeNames() {}

    static String uri(NodeId node) {
        return PREFIX + node.name();
    }

    /** Null when it names none, or several. */
    static @Nullable NodeId of(Certificate certificate) {
        if (!(certificate instanceof X509Certificate x509)) {
            return null;
        }
        NodeId found = null;
        try {
            Collection<List<?>> names = x509.getSubjectAlternativeNames();
            for (List<?> name : names == null ? List.<List<?>>of() : names) {
                if (URI_KIND.equals(name.get(0)) && name.get(1) instanceof String uri && uri.startsWith(PREFIX)) {
                    if (found != null) {
                        return null;
                    }
                    found = new NodeId(uri.substring(PREFIX.length()));
                }
            }
        } catch (CertificateParsingException | IllegalArgumentException unreadable) {
            return null;
        }
        return found;
    }
}
