package dev.terrane.server.gateways;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.coordinator.Tenure;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Maps of a small cluster: a coordinator, a gateway in slot 5, sims. */
final class TestMaps {
    static final WorldId WORLD = new WorldId("w");
    static final NodeId STEWARD = new NodeId("steward");
    static final NodeId GATE = new NodeId("gate");
    static final NodeId EAST = new NodeId("east");
    static final NodeId WEST = new NodeId("west");

    private TestMaps() {}

    static CellId cell(int strip) {
        return new CellId(WORLD, new RegionId(strip, 0), 0);
    }

    static Tenure held(int strip, @Nullable NodeId owner, long epoch, long begunEpoch) {
        Tenure.Phase phase = owner == null ? Tenure.Phase.ORPHANED : Tenure.Phase.HELD;
        return new Tenure(cell(strip), phase, owner, epoch, begunEpoch, 1, null, false, 0);
    }

    static ClusterMap map(long version, Tenure... cells) {
        return new ClusterMap(
                version,
                1,
                List.of(
                        member(STEWARD, 3, Role.COORDINATOR),
                        member(GATE, 5, Role.GATEWAY),
                        member(EAST, 6, Role.SIM),
                        member(WEST, 7, Role.SIM)),
                List.of(cells),
                new TreeMap<>());
    }

    private static ClusterMap.Member member(NodeId node, int slot, Role role) {
        return new ClusterMap.Member(new NodeInfo(node, 1, List.of(role), "host:1", "1"), slot, false);
    }

    static MapView view(Tenure... cells) {
        return new MapView(map(1, cells), WORLD);
    }
}
