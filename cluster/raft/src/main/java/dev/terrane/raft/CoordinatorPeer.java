package dev.terrane.raft;

import java.util.regex.Pattern;

/**
 * A coordinator, as its peers know it.
 *
 * @param name for good: votes and the log are kept under it
 * @param host that it binds, and that its peers connect to
 */
public record CoordinatorPeer(String name, String host, int port) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int PORT_MAX = 65_535;

    public CoordinatorPeer {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a coordinator's name has 1 to 64 letters, digits, '.', '_' or '-', not: " + name);
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("coordinator " + name + " needs a host");
        }
        if (port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "coordinator " + name + " needs a port of 1 to " + PORT_MAX + ", not " + port);
        }
    }

    String address() {
        return host + ":" + port;
    }
}
