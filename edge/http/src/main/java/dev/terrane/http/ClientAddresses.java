package dev.terrane.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose connection it really is. Immutable; any thread may ask.
 *
 * <p>Each proxy appends the address it saw to X-Forwarded-For, so only what trusted proxies wrote can be believed: the list is read from the
 * right, and the first address that is not a trusted proxy is the client. Anything further left is the client's own claim.
 */
final class ClientAddresses {
    private final boolean trustProxy;
    private final List<AddressBlock> proxies;

    ClientAddresses(TrustSettings settings) {
        this.trustProxy = settings.trustProxy();
        List<AddressBlock> blocks = new ArrayList<>();
        for (String proxy : settings.proxies()) {
            AddressBlock block = AddressBlock.parse(proxy);
            if (block != null) {
                blocks.add(block);
            }
        }
        this.proxies = List.copyOf(blocks);
    }

    /** Is this peer a proxy whose forwarding headers count? */
    boolean believes(String peer) {
        InetAddress address = AddressBlock.address(peer);
        return trustProxy && address != null && isProxy(address);
    }

    /**
     * The name under which a client's limits are counted: its IPv4 address, or the /64 of its IPv6 address, for one customer has a whole /64.
     *
     * @param peer literal address at the other end of the connection
     * @param forwardedFor every X-Forwarded-For header, in order
     */
    String clientOf(String peer, List<String> forwardedFor) {
        InetAddress client = AddressBlock.address(peer);
        if (client == null) {
            return peer;
        }
        if (trustProxy && isProxy(client)) {
            client = behindProxies(client, String.join(",", forwardedFor));
        }
        return limitKey(client);
    }

    private InetAddress behindProxies(InetAddress peer, String chain) {
        InetAddress client = peer;
        String[] hops = chain.split(",", -1);
        for (int hop = hops.length - 1; hop >= 0; hop--) {
            InetAddress address = AddressBlock.address(withoutPort(hops[hop].strip()));
            if (address == null) {
                return client;
            }
            client = address;
            if (!isProxy(address)) {
                return client;
            }
        }
        return client;
    }

    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    private boolean isProxy(InetAddress address) {
        for (AddressBlock proxy : proxies) {
            if (proxy.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static String limitKey(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        byte[] bytes = address.getAddress();
        StringBuilder key = new StringBuilder(24);
        for (int at = 0; at < 8; at += 2) {
            key.append(Integer.toHexString((bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff))
                    .append(':');
        }
        return key.append(":/64").toString();
    }

    /** First of a comma-separated header, or null. */
    static @Nullable String first(@Nullable String header) {
        if (header == null) {
            return null;
        }
        int comma = header.indexOf(',');
        return (comma < 0 ? header : header.substring(0, comma)).strip();
    }
}
