package dev.terrane.link.door;

/**
 * Where a node is reached.
 *
 * @param port 0 to listen on any that is free
 */
public record LinkAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public LinkAddress {
        if (host.isBlank() || port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "address " + host + ":" + port + " needs a host and a port of 0 to 65535");
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
