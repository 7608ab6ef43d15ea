package dev.terrane.coordinator;

import dev.terrane.base.NodeId;
import java.util.List;

/**
 * A node as it introduces itself.
 *
 * @param life chosen anew at each start: the same node with another life has forgotten everything
 * @param roles without repetition, in their order
 * @param address where other nodes reach it, {@code host:port}
 * @param version of its build, for rolling upgrades
 */
public record NodeInfo(NodeId node, long life, List<Role> roles, String address, String version) {
    private static final int TEXT_LENGTH_MAX = 256;

    public NodeInfo {
        roles = roles.stream().sorted().distinct().toList();
        if (address.length() > TEXT_LENGTH_MAX || version.length() > TEXT_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "address and version of node " + node + " must have at most " + TEXT_LENGTH_MAX + " characters");
        }
    }

    /** What a node does. */
    public enum Role {
        COORDINATOR,
        SIM,
        GATEWAY,
        SERVICE
    }

    public boolean does(Role role) {
        return roles.contains(role);
    }
}
