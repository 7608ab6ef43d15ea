package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.Agreement;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorLog;
import dev.terrane.coordinator.CoordinatorLog.Proposed;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.Release;
import dev.terrane.http.AdminRoute;
import dev.terrane.http.ApiAnswer;
import dev.terrane.http.ApiRoute.Method;
import dev.terrane.http.ApiRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What administrators see of the cluster and say to it, by REST of any coordinator. Described in {@code cluster.json} beside this class.
 *
 * <p>Everything that changes something is an entry of the log, with who wants it and why: the audit keeps it. Any thread.
 */
public final class AdminApi {
    private final CoordinatorRole role;
    private final AdminGate gate;
    private final boolean allowsOverrides;
    private final ClusterReport view;
    private final HistoryReport history;
    private final GraphReport graph;

    record Drain(boolean draining, String reason) {}

    record CellMove(String cell, String to, String reason) {}

    record Pin(String cell, @Nullable String node, String reason) {}

    record Override(String name, String value, String reason) {}

    record Applied(long index, long term) {}

    /** What came of reading a request. */
    private sealed interface Wish {
        record Granted(Command command, String reason) implements Wish {}

        /** It makes no sense now. */
        record Unfit(int status, String errorCode, String why) implements Wish {}
    }

    /** @param allowsOverrides whether administrators may stand above the plan; taking such a word back is always allowed */
    public AdminApi(CoordinatorRole role, AdminGate gate, boolean allowsOverrides) {
        this.role = role;
        this.gate = gate;
        this.allowsOverrides = allowsOverrides;
        this.view = new ClusterReport(role, gate.clock());
        this.history = new HistoryReport(role);
        this.graph = new GraphReport(role, role.world().partition());
    }

    public ApiRoutes routes() {
        AdminQuestions questions = new AdminQuestions(role, gate);
        List<AdminRoute> all = new ArrayList<>(own());
        all.addAll(questions.routes());
        all.addAll(new AdminTraces(role, gate, questions, this::propose).routes());
        return new ApiRoutes(List.of(), all, List.of(contract()));
    }

    private List<AdminRoute> own() {
        return List.of(
                question("/cluster", _ -> view.cluster()),
                question("/cluster/cells", view::cells),
                question("/cluster/graph", graph::graph),
                question("/cluster/migrations", history::migrations),
                question("/cluster/epochs", history::epochs),
                question("/cluster/audit", _ -> view.audit()),
                new AdminRoute(
                        Method.POST,
                        "/cluster/nodes/:node/drain",
                        asked -> change(asked, Drain.class, body -> drain(asked, body))),
                new AdminRoute(Method.POST, "/cluster/cells/move", asked -> change(asked, CellMove.class, this::move)),
                new AdminRoute(Method.POST, "/cluster/pins", asked -> change(asked, Pin.class, this::pin)),
                new AdminRoute(
                        Method.POST, "/cluster/overrides", asked -> change(asked, Override.class, this::override)));
    }

    /** @param answer of the query's parameters */
    private AdminRoute question(String path, Function<Map<String, String>, Record> answer) {
        return new AdminRoute(Method.GET, path, asked -> gate.show(asked, request -> answer.apply(request.query())));
    }

    private <B extends Record> CompletionStage<ApiAnswer> change(
            AdminRoute.Request asked, Class<B> type, Function<B, Wish> wish) {
        return gate.take(asked, type, (subject, body) -> switch (wish.apply(body)) {
            case Wish.Unfit(int status, String errorCode, String why) -> AdminGate.refused(status, errorCode, why);
            case Wish.Granted(Command command, String reason)
            when reason.isBlank() || reason.length() > AdminGate.REASON_LENGTH_MAX ->
                AdminGate.refused(
                        400, "no_reason", "reason must be 1 to " + AdminGate.REASON_LENGTH_MAX + " characters");
            case Wish.Granted(Command.SetOverride(String name, String value), String _)
            when !allowsOverrides && !value.isEmpty() && !name.equals(Agreement.WISH) ->
                AdminGate.refused(
                        403,
                        "overrides_off",
                        name
                                + ": administrators do not stand above the plan here; see cluster.overrides and"
                                + " server.env");
            case Wish.Granted(Command command, String reason) ->
                propose(new Entry(0, gate.clock().epochMillis(), "admin " + subject, reason, command));
        });
    }

    private CompletionStage<ApiAnswer> propose(Entry entry) {
        return propose(entry, null);
    }

    /** @param done what to answer when it is in the log; null: where it is */
    private CompletionStage<ApiAnswer> propose(Entry entry, @Nullable ApiAnswer done) {
        CompletableFuture<ApiAnswer> answer = new CompletableFuture<>();
        CoordinatorLog log = role.log();
        log.propose(
                entry,
                became -> answer.complete(
                        switch (became) {
                            case Proposed.Applied(long _, long _, Outcome.Refused(Outcome.Reason reason, String why)) ->
                                ApiAnswer.refused(
                                        reason == Outcome.Reason.UNKNOWN_NODE ? 404 : 409,
                                        reason.name().toLowerCase(Locale.ROOT),
                                        why);
                            case Proposed.Applied(long index, long term, Outcome _) ->
                                done == null ? gate.ok(new Applied(index, term)) : done;
                            case Proposed.Unknown(String why) ->
                                new ApiAnswer.Refused(503, "unknown_outcome", "it may have been done: " + why, 1);
                        }));
        return answer;
    }

    private static Wish drain(AdminRoute.Request asked, Drain body) {
        NodeId node = new NodeId(Objects.requireNonNullElse(asked.parameters().get("node"), ""));
        return new Wish.Granted(new Command.DrainNode(node, body.draining), body.reason);
    }

    /** Kept as an override until the cell is there: whoever leads meanwhile knows of it. */
    private Wish move(CellMove body) {
        CellId cell = CellNames.parse(body.cell);
        NodeId to = new NodeId(body.to);
        return role.log().read(state -> {
            Wish objection = state.isDraining(to)
                    ? new Wish.Unfit(409, "wrong_node", "node " + to + " is being emptied")
                    : objection(state, cell, to);
            return objection != null
                    ? objection
                    : new Wish.Granted(new Command.SetOverride(PlannedSeating.MOVE + cell, to.name()), body.reason);
        });
    }

    private Wish pin(Pin body) {
        CellId cell = CellNames.parse(body.cell);
        String name = PlannedSeating.PIN + cell;
        if (body.node == null || body.node.isEmpty()) {
            return new Wish.Granted(new Command.SetOverride(name, ""), body.reason);
        }
        NodeId node = new NodeId(body.node);
        Wish objection = role.log()
                .read(state -> Optional.ofNullable(objection(state, cell, node)))
                .orElse(null);
        return objection != null
                ? objection
                : new Wish.Granted(new Command.SetOverride(name, node.name()), body.reason);
    }

    private Wish release(Override body) {
        if (!body.value.isEmpty() && !Release.isOne(body.value)) {
            throw new IllegalArgumentException("a release is written as 0.2");
        }
        Optional<String> obstacle = body.value.isEmpty()
                ? Optional.empty()
                : role.log()
                        .read(state -> Agreement.obstacle(state, role.loop().coordinators(), Release.of(body.value)));
        return obstacle.<Wish>map(why -> new Wish.Unfit(409, "release_not_everywhere", why))
                .orElse(new Wish.Granted(new Command.SetOverride(body.name, body.value), body.reason));
    }

    private Wish override(Override body) {
        if (body.name.equals(Agreement.WISH)) {
            return release(body);
        }
        if (!body.name.equals(PlannedSeating.PLACEMENT)) {
            throw new IllegalArgumentException("there is no override of this name; there are "
                    + PlannedSeating.PLACEMENT + " and " + Agreement.WISH);
        }
        if (!body.value.isEmpty() && !body.value.equals(PlannedSeating.FROZEN)) {
            throw new IllegalArgumentException(
                    PlannedSeating.PLACEMENT + " may be " + PlannedSeating.FROZEN + ", or empty to take it back");
        }
        return new Wish.Granted(new Command.SetOverride(body.name, body.value), body.reason);
    }

    /** Why that cell cannot be on that node; null when it can. */
    private static @Nullable Wish objection(CoordinatorState state, CellId cell, NodeId node) {
        if (state.epoch(cell) == 0) {
            return new Wish.Unfit(404, "unknown_cell", "cell " + cell + " was never anybody's");
        }
        for (NodeInfo info : state.nodes()) {
            if (info.node().equals(node)) {
                return info.does(NodeInfo.Role.SIM)
                        ? null
                        : new Wish.Unfit(409, "wrong_node", "node " + node + " simulates nothing");
            }
        }
        return new Wish.Unfit(404, "unknown_node", "no node " + node + " is registered");
    }

    private static String contract() {
        try (InputStream in = AdminApi.class.getResourceAsStream("cluster.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
