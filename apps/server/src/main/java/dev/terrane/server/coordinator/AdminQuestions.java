package dev.terrane.server.coordinator;

import dev.terrane.base.CharacterId;
import dev.terrane.base.EntityId;
import dev.terrane.base.NodeId;
import dev.terrane.base.SessionId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.http.AdminRoute;
import dev.terrane.http.ApiAnswer;
import dev.terrane.http.ApiRoute.Method;
import dev.terrane.node.Question;
import dev.terrane.node.Telling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What administrators ask and nodes have to answer: queues, and what became of an entity. Any thread. */
final class AdminQuestions {
    static final int EVENT_COUNT_MAX = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(AdminQuestions.class);

    private final CoordinatorRole role;
    private final AdminGate gate;

    record Queues(List<Queue> queues, List<String> silent) {}

    record Queue(String node, String queue, String of, long depth) {}

    /** @param cut there was more that nobody remembers, or that does not fit */
    record Timeline(List<Passed> events, List<String> silent, boolean cut) {}

    /** @param tick left out, as whatever else is not known */
    record Passed(
            long at_millis,
            String node,
            @Nullable String cell,
            @Nullable Long epoch,
            @Nullable Long tick,
            String what,
            @Nullable String other,
            @Nullable String entity,
            @Nullable Long ownership,
            @Nullable String character) {}

    AdminQuestions(CoordinatorRole role, AdminGate gate) {
        this.role = role;
        this.gate = gate;
    }

    List<AdminRoute> routes() {
        return List.of(
                new AdminRoute(Method.GET, "/cluster/queues", asked -> gate.look(asked, () -> queues(asked.query()))),
                new AdminRoute(
                        Method.GET,
                        "/cluster/timeline",
                        asked -> gate.asAdmin(asked, who -> timeline(who, asked.query()))));
    }

    private CompletionStage<ApiAnswer> queues(Map<String, String> query) {
        String node = query.getOrDefault("node", "");
        List<NodeId> nodes =
                nodes(member -> node.isEmpty() || member.node().name().equals(node));
        if (nodes.isEmpty() && !node.isEmpty()) {
            return AdminGate.refused(404, "unknown_node", "no node " + node + " is registered");
        }
        boolean empty = query.getOrDefault("empty", "").equals("true");
        return ask(nodes, new Question.Depths(empty), answers -> gate.ok(queues(answers)));
    }

    private static Queues queues(Inquiries.Answers answers) {
        List<Queue> queues = new ArrayList<>();
        answers.told().forEach((node, telling) -> {
            if (telling instanceof Telling.Queues(List<Telling.Queue> told)) {
                told.forEach(each -> queues.add(new Queue(node.name(), each.name(), each.of(), each.depth())));
            }
        });
        return new Queues(queues, names(answers));
    }

    static List<String> names(Inquiries.Answers answers) {
        return answers.silent().stream().map(NodeId::name).toList();
    }

    private CompletionStage<ApiAnswer> timeline(String who, Map<String, String> query) {
        long entity = entity(query.getOrDefault("entity", ""));
        CharacterId character = character(query.getOrDefault("character", ""));
        if (entity == 0 && character == null) {
            throw new IllegalArgumentException("name an entity, as 12:4711, or a character by its UUID");
        }
        LOG.atInfo()
                .addKeyValue("admin", who)
                .addKeyValue("entity", entity(entity))
                .addKeyValue("character", character)
                .log("an administrator looks where a player has been");
        return ask(
                nodes(member -> member.info().does(Role.SIM)),
                new Question.Life(entity, character),
                answers -> gate.ok(timeline(answers)));
    }

    private static Timeline timeline(Inquiries.Answers answers) {
        List<Inquiries.Told> told = new ArrayList<>(answers.events());
        told.sort(Comparator.comparingLong((Inquiries.Told each) -> each.event().atMillis())
                .thenComparingInt(each -> each.event().subject().ownership()));
        boolean isTooLong = told.size() > EVENT_COUNT_MAX;
        List<Inquiries.Told> kept = isTooLong ? told.subList(told.size() - EVENT_COUNT_MAX, told.size()) : told;
        return new Timeline(
                kept.stream().map(AdminQuestions::passed).toList(), names(answers), isTooLong || answers.isCut());
    }

    private static Passed passed(Inquiries.Told told) {
        Telling.Event event = told.event();
        Telling.Subject subject = event.subject();
        return new Passed(
                event.atMillis(),
                told.node().name(),
                text(event.place().cell()),
                event.place().epoch() < 0 ? null : Long.valueOf(event.place().epoch()),
                event.place().tick() < 0 ? null : Long.valueOf(event.place().tick()),
                event.what(),
                text(event.detail()),
                entity(subject.entity()),
                subject.ownership() == 0 ? null : Long.valueOf(subject.ownership()),
                text(subject.character()));
    }

    CompletionStage<ApiAnswer> ask(
            List<NodeId> nodes, Question question, Function<Inquiries.Answers, ApiAnswer> answer) {
        return role.inquiries()
                .ask(nodes, question)
                .handle((answers, failure) -> failure == null
                        ? answer.apply(answers)
                        : new ApiAnswer.Refused(503, "busy", String.valueOf(failure.getMessage()), 1));
    }

    List<NodeId> nodes(Predicate<ClusterMap.Member> which) {
        return role.map().nodes().stream()
                .filter(which)
                .map(ClusterMap.Member::node)
                .toList();
    }

    static @Nullable String text(String text) {
        return text.isEmpty() ? null : text;
    }

    static @Nullable String entity(long id) {
        return id == 0 ? null : new EntityId(id).toString();
    }

    static @Nullable String session(long id) {
        return id == 0 ? null : new SessionId(id).toString();
    }

    /** Reads what {@link EntityId#toString} writes; 0 for the empty text. */
    static long entity(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] halves = text.split(":", -1);
        try {
            if (halves.length == 2) {
                return EntityId.pack(Integer.parseUnsignedInt(halves[0]), Integer.parseUnsignedInt(halves[1]));
            }
        } catch (NumberFormatException noNumber) {
            // As below.
        }
        throw new IllegalArgumentException("entity '" + text + "' must be like 12:4711");
    }

    /** Reads what {@link SessionId#toString} writes; 0 for the empty text. */
    static long session(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        try {
            if (text.startsWith("s")) {
                return Long.parseUnsignedLong(text.substring(1), 36);
            }
        } catch (NumberFormatException noNumber) {
            // As below.
        }
        throw new IllegalArgumentException("session '" + text + "' must be as logs name it, like s1x3kq9");
    }

    static @Nullable CharacterId character(String text) {
        try {
            return text.isEmpty() ? null : new CharacterId(UUID.fromString(text));
        } catch (IllegalArgumentException noUuid) {
            throw new IllegalArgumentException("character '" + text + "' must be a UUID", noUuid);
        }
    }
}
