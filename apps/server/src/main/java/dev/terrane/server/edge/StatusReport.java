package dev.terrane.server.edge;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.http.ServerReport;
import dev.terrane.server.metrics.PrometheusMeters;
import dev.terrane.server.world.HostedWorld;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What REST tells about this server. Any thread. */
public final class StatusReport implements ServerReport {
    private final ServerFacts facts;
    private final HostedWorld world;
    private final GatewayHub gateways;
    private final PrometheusMeters meters;
    private final BooleanSupplier storeAnswers;

    public StatusReport(
            ServerFacts facts,
            HostedWorld world,
            GatewayHub gateways,
            PrometheusMeters meters,
            BooleanSupplier storeAnswers) {
        this.facts = facts;
        this.world = world;
        this.gateways = gateways;
        this.meters = meters;
        this.storeAnswers = storeAnswers;
    }

    @Override
    public ServerFacts facts() {
        return facts;
    }

    @Override
    public List<WorldStatus> worlds() {
        WorldId id = world.id();
        return List.of(new WorldStatus(
                id.name(),
                world.partition().describe(),
                gateways.playerCount(id),
                world.cellCount(),
                world.entityCount()));
    }

    @Override
    public String metricsText() {
        return meters.scrape();
    }

    @Override
    public Readiness readiness() {
        List<CellId> idle = world.idleCells();
        if (!idle.isEmpty()) {
            return new Readiness(false, "not every cell of world " + world.id() + " ticks: " + idle);
        }
        return storeAnswers.getAsBoolean()
                ? new Readiness(true, "")
                : new Readiness(false, "the database does not answer");
    }
}
