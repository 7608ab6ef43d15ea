package dev.terrane.server.edge;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.http.ServerReport;
import dev.terrane.server.metrics.PrometheusMeters;
import dev.terrane.server.world.CellReading;
import dev.terrane.server.world.HostedWorld;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What REST tells about this server. Any thread. */
public final class StatusReport implements ServerReport {
    private final ServerFacts facts;
    private final HostedWorld world;
    private final GatewayHub gateways;
    private final PrometheusMeters meters;
    private final BooleanSupplier storeAnswers;
    private final byte[] types;

    /** @param types of the world, see {@link #types} */
    public StatusReport(
            ServerFacts facts,
            HostedWorld world,
            GatewayHub gateways,
            PrometheusMeters meters,
            BooleanSupplier storeAnswers,
            byte[] types) {
        this.facts = facts;
        this.world = world;
        this.gateways = gateways;
        this.meters = meters;
        this.storeAnswers = storeAnswers;
        this.types = types;
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
                world.entityCount(),
                new PaceStatus(
                        world.posture().rung().name().toLowerCase(Locale.ROOT),
                        world.posture().dilation())));
    }

    @Override
    public Optional<List<CellStatus>> cells(String name) {
        return name.equals(world.id().name())
                ? Optional.of(
                        world.cellReadings().stream().map(StatusReport::status).toList())
                : Optional.empty();
    }

    @Override
    public Optional<byte[]> movementRule(String name) {
        return name.equals(world.id().name()) ? world.movementRule() : Optional.empty();
    }

    @Override
    public Optional<byte[]> types(String name) {
        return name.equals(world.id().name()) ? Optional.of(types) : Optional.empty();
    }

    private static CellStatus status(CellReading cell) {
        return new CellStatus(
                cell.cell().region().toString(),
                cell.cell().layer(),
                cell.worker(),
                cell.avatars(),
                cell.entities(),
                cell.crowded(),
                new TickStatus(
                        cell.lastTick(),
                        TimeUnit.NANOSECONDS.toMicros(cell.averageNanos()),
                        TimeUnit.NANOSECONDS.toMicros(cell.p99Nanos())));
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
