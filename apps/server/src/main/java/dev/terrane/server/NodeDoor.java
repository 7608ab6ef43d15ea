package dev.terrane.server;

import dev.terrane.base.Clock;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.SharedBytes;
import dev.terrane.http.ApiRoutes;
import dev.terrane.http.GatewayHouse;
import dev.terrane.http.HttpDoor;
import dev.terrane.http.HttpPorts;
import dev.terrane.http.RestCommands;
import dev.terrane.http.RunningHttp;
import dev.terrane.http.ServerReport;
import dev.terrane.server.config.TerraneConfig;
import dev.terrane.server.metrics.PrometheusMeters;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The door of a node that no player connects to: metrics, readiness, and what administrators ask of coordinators. */
final class NodeDoor {
    private NodeDoor() {}

    /**
     * Opens it.
     *
     * @param waitsFor why the node is not ready yet; empty when it is
     * @param draining whether it is being emptied
     * @throws IllegalStateException when the address cannot be listened on
     */
    static RunningHttp open(
            TerraneConfig config,
            PrometheusMeters meters,
            Supplier<String> waitsFor,
            BooleanSupplier draining,
            ApiRoutes routes) {
        HttpPorts ports = new HttpPorts(
                new NoGateways(),
                Settings.keys(config),
                new Report(config, meters, waitsFor, draining),
                Clock.system(),
                meters);
        return HttpDoor.start(Settings.door(config), ports.with(RestCommands.none(), routes));
    }

    private static final class NoGateways implements GatewayHouse {
        @Override
        public int gatewayCount() {
            return 0;
        }

        @Override
        public Gateway build(int number, Runnable wake, SharedBytes.Maker bodies) {
            throw new IllegalStateException("a node without gateways is asked for gateway " + number);
        }
    }

    private record Report(
            TerraneConfig config, PrometheusMeters meters, Supplier<String> waitsFor, BooleanSupplier isDraining)
            implements ServerReport {
        @Override
        public ServerFacts facts() {
            return new ServerFacts(
                    ServerVersion.TEXT,
                    ServerVersion.PROTOCOL,
                    config.server().env(),
                    config.simulation().simulationHz(),
                    config.simulation().networkSnapshotHz(),
                    List.of(config.world().name()));
        }

        /** Gateways tell of worlds. */
        @Override
        public List<WorldStatus> worlds() {
            return List.of();
        }

        @Override
        public Optional<List<CellStatus>> cells(String world) {
            return Optional.empty();
        }

        @Override
        public String metricsText() {
            return meters.scrape();
        }

        @Override
        public Readiness readiness() {
            String why = draining() ? "it is being drained" : waitsFor.get();
            return new Readiness(why.isEmpty(), why);
        }

        @Override
        public boolean draining() {
            return isDraining.getAsBoolean();
        }
    }
}
