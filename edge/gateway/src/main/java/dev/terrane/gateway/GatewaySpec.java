package dev.terrane.gateway;

import java.util.List;

/**
 * Which gateway.
 *
 * @param number the address that cells answer to, see {@link dev.terrane.protocol.cluster.GatewayNumbers}
 * @param serverVersion the product's, for Welcome
 * @param worlds at least one; the first is entered when Hello names none
 * @param resumeKey secret, 32 bytes or more, the same for all gateways of the cluster: signs resume tokens
 */
public record GatewaySpec(
        int number, String serverVersion, GatewaySettings settings, List<WorldView> worlds, byte[] resumeKey) {
    public GatewaySpec {
        if (worlds.isEmpty()) {
            throw new IllegalArgumentException("gateway " + number + " needs at least one world");
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "GatewaySpec[number=" + number + ", worlds="
                + worlds.stream().map(world -> world.world().name()).toList() + "]";
    }
}
