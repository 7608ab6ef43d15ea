package dev.terrane.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** What the server is and how it does: info, worlds, metrics, health. On any loop. */
final class StatusRoutes {
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ServerReport report;
    private final String metricsPath;

    StatusRoutes(ServerReport report, String metricsPath) {
        this.report = report;
        this.metricsPath = metricsPath;
    }

    List<RestRoute> routes() {
        return List.of(
                new RestRoute(HttpMethod.GET, "/server/info", true, this::info),
                new RestRoute(HttpMethod.GET, "/worlds", true, this::worlds),
                new RestRoute(HttpMethod.GET, "/worlds/:world/cells", true, this::cells),
                new RestRoute(HttpMethod.GET, metricsPath, false, this::metrics),
                new RestRoute(HttpMethod.GET, "/healthz", false, this::alive),
                new RestRoute(HttpMethod.GET, "/readyz", false, this::ready));
    }

    private void info(RoutingContext context) {
        ServerReport.ServerFacts facts = report.facts();
        RestAnswer.json(
                context,
                200,
                new JsonObject()
                        .put("name", "terrane")
                        .put("version", facts.version())
                        .put("protocol", facts.protocol())
                        .put("env", facts.environment())
                        .put("simulation_hz", facts.simulationHz())
                        .put("snapshot_hz", facts.snapshotHz())
                        .put("worlds", new JsonArray(facts.worlds())));
    }

    private void worlds(RoutingContext context) {
        JsonArray worlds = new JsonArray();
        for (ServerReport.WorldStatus world : report.worlds()) {
            worlds.add(json(world));
        }
        RestAnswer.json(context, 200, new JsonObject().put("worlds", worlds));
    }

    private void cells(RoutingContext context) {
        String world = context.pathParam("world");
        Optional<List<ServerReport.CellStatus>> found = report.cells(world);
        if (found.isEmpty()) {
            RestError.send(context, 404, "not_found", "there is no world of this name");
            return;
        }
        JsonArray cells = new JsonArray();
        for (ServerReport.CellStatus cell : found.get()) {
            cells.add(json(cell));
        }
        RestAnswer.json(context, 200, new JsonObject().put("world", world).put("cells", cells));
    }

    private static JsonObject json(ServerReport.WorldStatus world) {
        JsonObject json = new JsonObject()
                .put("name", world.name())
                .put("partition", world.partition())
                .put("players", world.players())
                .put("cells", world.cells());
        putKnown(json, "entities", world.entities());
        ServerReport.PaceStatus pace = world.pace();
        if (pace != null) {
            json.put("degradation", pace.degradation()).put("dilation", pace.dilation());
        }
        return json;
    }

    private static JsonObject json(ServerReport.CellStatus cell) {
        JsonObject json = new JsonObject()
                .put("region", cell.region())
                .put("layer", cell.layer())
                .put("worker", cell.worker());
        putKnown(json, "players", cell.players());
        putKnown(json, "entities", cell.entities());
        json.put("crowded", cell.crowded());
        ServerReport.TickStatus tick = cell.tick();
        if (tick != null) {
            json.put("tick", tick.number())
                    .put("tick_micros", tick.averageMicros())
                    .put("tick_p99_micros", tick.p99Micros());
        }
        return json;
    }

    private static void putKnown(JsonObject json, String name, int value) {
        if (value != ServerReport.NOT_KNOWN) {
            json.put(name, value);
        }
    }

    private void metrics(RoutingContext context) {
        context.vertx()
                .executeBlocking(report::metricsText, false)
                .onSuccess(text -> RestAnswer.text(context, 200, PROMETHEUS_TEXT, text))
                .onFailure(context::fail);
    }

    /** The loop that answers is the proof. */
    private void alive(RoutingContext context) {
        RestAnswer.json(context, 200, new JsonObject().put("status", report.draining() ? "draining" : "alive"));
    }

    private void ready(RoutingContext context) {
        context.vertx()
                .executeBlocking(report::readiness, false)
                .onSuccess(readiness -> {
                    if (readiness.ready()) {
                        RestAnswer.json(context, 200, new JsonObject().put("status", "ready"));
                    } else {
                        RestError.send(context, 503, "not_ready", readiness.reason(), 1);
                    }
                })
                .onFailure(context::fail);
    }
}
