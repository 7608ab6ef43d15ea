package dev.terrane.gateway;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts open connections, in all and per address, before a socket is accepted (R4). Any thread may call it; one for all gateways of
 * a node.
 *
 * <p>The map holds only addresses with open connections, so it is never larger than {@code connectionsMax}.
 */
public final class ConnectionLimits {
    private final int connectionsMax;
    private final int perIpMax;
    private final Map<String, Integer> byIp = new HashMap<>();
    private int connections;

    public ConnectionLimits(int connectionsMax, int perIpMax) {
        if (connectionsMax < 1 || perIpMax < 1) {
            throw new IllegalArgumentException("connection limits are " + connectionsMax + " and " + perIpMax
                    + " per address, but must be 1 or more");
        }
        this.connectionsMax = connectionsMax;
        this.perIpMax = perIpMax;
    }

    /** What became of an attempt. Only the first has to be given back by {@link #release}. */
    public enum Entry {
        ACCEPTED,
        /** The node is full: SERVER_FULL. */
        TOO_MANY,
        /** This address has enough: TOO_MANY_CONNECTIONS. */
        TOO_MANY_FROM_ADDRESS
    }

    public synchronized Entry tryEnter(String ip) {
        if (connections >= connectionsMax) {
            return Entry.TOO_MANY;
        }
        int mine = byIp.getOrDefault(ip, 0);
        if (mine >= perIpMax) {
            return Entry.TOO_MANY_FROM_ADDRESS;
        }
        byIp.put(ip, mine + 1);
        connections++;
        return Entry.ACCEPTED;
    }

    /** Once for each accepted connection, when it is closed. */
    public synchronized void release(String ip) {
        Integer mine = byIp.get(ip);
        if (mine == null) {
            throw new IllegalStateException("address " + ip + " gives back a connection that it does not have");
        }
        if (mine == 1) {
            byIp.remove(ip);
        } else {
            byIp.put(ip, mine - 1);
        }
        connections--;
    }

    public synchronized int connectionCount() {
        return connections;
    }
}
