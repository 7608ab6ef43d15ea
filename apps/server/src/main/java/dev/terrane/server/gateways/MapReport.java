package dev.terrane.server.gateways;

import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.World;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Tenure;
import dev.terrane.http.ServerReport;
import dev.terrane.server.edge.GatewayHub;
import dev.terrane.server.metrics.PrometheusMeters;
import dev.terrane.space.Partition;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What REST tells at a node without cells: what the map says, and the players of its own gateways. Any thread. */
final class MapReport implements ServerReport {
    private final ServerFacts facts;
    private final Place place;
    private final Supplier<MapView> view;
    private final RemoteCells cells;
    private final GatewayHub gateways;
    private final Sources sources;

    /** Where this node is. @param types of the world, see {@link #types} */
    record Place(NodeId self, World world, byte[] types) {
        WorldId id() {
            return new WorldId(world.map().world());
        }

        Partition partition() {
            return world.map().partition();
        }
    }

    /** What else it looks at. @param storeAnswers may take its time */
    record Sources(PrometheusMeters meters, BooleanSupplier storeAnswers) {}

    MapReport(
            ServerFacts facts,
            Place place,
            Supplier<MapView> view,
            RemoteCells cells,
            GatewayHub gateways,
            Sources sources) {
        this.facts = facts;
        this.place = place;
        this.view = view;
        this.cells = cells;
        this.gateways = gateways;
        this.sources = sources;
    }

    @Override
    public ServerFacts facts() {
        return facts;
    }

    @Override
    public List<WorldStatus> worlds() {
        return List.of(new WorldStatus(
                place.id().name(),
                place.partition().describe(),
                gateways.playerCount(place.id()),
                view.get().held().size(),
                NOT_KNOWN,
                null));
    }

    @Override
    public Optional<List<CellStatus>> cells(String name) {
        return name.equals(place.id().name())
                ? Optional.of(view.get().held().stream().map(MapReport::status).toList())
                : Optional.empty();
    }

    @Override
    public Optional<byte[]> movementRule(String name) {
        return name.equals(place.id().name()) ? place.world().movementRule() : Optional.empty();
    }

    @Override
    public Optional<byte[]> types(String name) {
        return name.equals(place.id().name()) ? Optional.of(place.types()) : Optional.empty();
    }

    private static CellStatus status(Tenure tenure) {
        return new CellStatus(
                tenure.cell().region().toString(),
                tenure.cell().layer(),
                String.valueOf(tenure.owner()),
                NOT_KNOWN,
                NOT_KNOWN,
                false,
                null);
    }

    @Override
    public String metricsText() {
        return sources.meters().scrape();
    }

    @Override
    public boolean draining() {
        return view.get().isDraining(place.self());
    }

    @Override
    public Readiness readiness() {
        MapView now = view.get();
        if (now.isDraining(place.self())) {
            return new Readiness(false, "it is being drained");
        }
        ClusterMap map = now.map;
        if (map.version() == 0) {
            return new Readiness(false, "no coordinator has told how the cluster is");
        }
        if (!now.isMember(place.self())) {
            return new Readiness(false, "the coordinators do not know node " + place.self());
        }
        SortedSet<NodeId> unreached = new TreeSet<>();
        for (Tenure tenure : now.held()) {
            NodeId owner = tenure.owner();
            if (owner != null && !cells.reaches(owner)) {
                unreached.add(owner);
            }
        }
        if (!unreached.isEmpty()) {
            return new Readiness(false, "no link to nodes that own cells: " + unreached);
        }
        long missing = place.partition().regions().stream()
                .filter(region -> now.held().stream()
                        .noneMatch(tenure -> tenure.cell().region().equals(region)))
                .count();
        if (missing > 0) {
            return new Readiness(false, missing + " regions of world " + place.id() + " have no cell that runs");
        }
        return sources.storeAnswers().getAsBoolean()
                ? new Readiness(true, "")
                : new Readiness(false, "the database does not answer");
    }
}
