package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Tenure;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who owns what and who is whose neighbour, as a page can draw it. Any thread. */
final class GraphReport {
    private final CoordinatorRole role;
    private final Partition partition;

    /**
     * The whole.
     *
     * @param partition kind and parameters, as in Welcome
     * @param borders between cells of which at least the first is on this page
     * @param next left out: that was all
     */
    record Graph(
            long version,
            String partition,
            List<Vertex> nodes,
            List<Region> cells,
            List<Edge> borders,
            @Nullable String next) {}

    record Vertex(String node, List<String> roles, boolean draining, int owned, int standbys) {}

    /** @param outline corners in whole metres of the world, x and y in turn, counter-clockwise; left out for a region that this world does not have */
    record Region(
            String cell,
            int layer,
            String phase,
            @Nullable String owner,
            @Nullable String standby,
            boolean ready,
            long epoch,
            @Nullable Long entities,
            @Nullable Long avatars,
            @Nullable List<Long> outline) {}

    record Edge(String a, String b) {}

    GraphReport(CoordinatorRole role, Partition partition) {
        this.role = role;
        this.partition = partition;
    }

    Record graph(Map<String, String> query) {
        ClusterMap map = role.map();
        Page.Cut<Tenure> page = ClusterReport.page(map, query);
        return new Graph(
                map.version(),
                partition.describe(),
                map.nodes().stream().map(member -> vertex(map, member)).toList(),
                page.items().stream().map(this::region).toList(),
                borders(map, page.items()),
                page.next());
    }

    private static Vertex vertex(ClusterMap map, ClusterMap.Member member) {
        NodeId node = member.node();
        return new Vertex(
                node.name(),
                member.info().roles().stream()
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList(),
                member.isDraining(),
                (int) map.cells().stream()
                        .filter(cell -> node.equals(cell.owner()))
                        .count(),
                (int) map.cells().stream()
                        .filter(cell -> node.equals(cell.standby()))
                        .count());
    }

    private Region region(Tenure tenure) {
        LoadBook.Work work = role.loop().loads().work(tenure.cell());
        return new Region(
                tenure.cell().toString(),
                tenure.cell().layer(),
                tenure.phase().name().toLowerCase(Locale.ROOT),
                ClusterReport.name(tenure.owner()),
                ClusterReport.name(tenure.standby()),
                tenure.isReady(),
                tenure.epoch(),
                work == null ? null : Long.valueOf(work.entities()),
                work == null ? null : Long.valueOf(work.avatars()),
                outline(tenure.cell().region()));
    }

    private @Nullable List<Long> outline(RegionId region) {
        if (!partition.contains(region)) {
            return null;
        }
        List<Long> corners = new ArrayList<>();
        for (double metres : partition.outline(region)) {
            corners.add(Math.round(metres));
        }
        return corners;
    }

    /** Layers of one region are neighbours, too. */
    private List<Edge> borders(ClusterMap map, List<Tenure> shown) {
        List<Edge> borders = new ArrayList<>();
        for (Tenure tenure : shown) {
            CellId cell = tenure.cell();
            if (!partition.contains(cell.region())) {
                continue;
            }
            List<RegionId> around = new ArrayList<>(partition.neighbours(cell.region()));
            around.add(cell.region());
            for (Tenure other : map.cells()) {
                boolean isNear = other.cell().world().equals(cell.world())
                        && around.contains(other.cell().region());
                if (isNear && cell.compareTo(other.cell()) < 0) {
                    borders.add(new Edge(cell.toString(), other.cell().toString()));
                }
            }
        }
        return borders;
    }
}
