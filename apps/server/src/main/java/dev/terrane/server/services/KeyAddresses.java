package dev.terrane.server.services;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandResult;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Tenure;
import dev.terrane.space.Partition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the owner of a key's cell in the cluster's map: a region's first layer, or the cell that has the character's avatar. */
final class KeyAddresses implements CellAddresses {
    private final WorldId world;
    private final Partition partition;
    private final AvatarReplica avatars;
    private volatile Map<CellId, NodeId> owners = Map.of();

    KeyAddresses(WorldId world, Partition partition, AvatarReplica avatars) {
        this.world = world;
        this.partition = partition;
        this.avatars = avatars;
    }

    /** Maps of one thread, the newest last. */
    void follow(ClusterMap map) {
        Map<CellId, NodeId> next = new HashMap<>();
        for (Tenure tenure : map.cells()) {
            NodeId owner = tenure.owner();
            if (owner != null && tenure.cell().world().equals(world)) {
                next.put(tenure.cell(), owner);
            }
        }
        owners = next;
    }

    @Override
    public Address find(String key) {
        return switch (CellKey.parse(key).orElse(null)) {
            case CellKey.OfRegion of ->
                partition.contains(of.region())
                        ? owner(new CellId(world, of.region(), 0))
                        : new Address.Never(
                                new CommandResult.Refused("UNKNOWN_REGION", "world " + world + " has no " + of));
            case CellKey.OfCharacter of -> find(of);
            case null ->
                new Address.Never(new CommandResult.Refused(
                        "UNKNOWN_KEY", "'" + key + "' names neither a region nor a character"));
        };
    }

    private Address find(CellKey.OfCharacter of) {
        Optional<CellId> cell = avatars.find(of.character());
        if (cell.isPresent()) {
            return owner(cell.get());
        }
        return avatars.isNowhere(of.character())
                ? new Address.Never(new CommandResult.Refused(
                        "NOT_IN_WORLD", of + " has no avatar in world " + world + " now; enter it, then ask anew"))
                : new Address.Unknown("nobody has said yet where " + of + " is");
    }

    private Address owner(CellId cell) {
        NodeId owner = owners.get(cell);
        return owner == null ? new Address.Unknown("cell " + cell + " has no owner now") : new Address.At(owner);
    }
}
