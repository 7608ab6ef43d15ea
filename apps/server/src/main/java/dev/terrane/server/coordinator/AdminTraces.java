package dev.terrane.server.coordinator;

import dev.terrane.base.CharacterId;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.http.AdminRoute;
import dev.terrane.http.ApiAnswer;
import dev.terrane.http.ApiRoute.Method;
import dev.terrane.node.Question;
import dev.terrane.node.Telling;
import dev.terrane.server.witness.TraceWish;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Traces of one character, session or entity for a limited time: begun, read and ended by administrators. They are values of the log, so that all nodes follow them and the audit keeps who wanted them. Any thread. */
final class AdminTraces {
    /** At once, those included that are over and can still be read. */
    static final int TRACE_COUNT_MAX = 16;

    private static final int SECONDS_MAX = 600;
    private static final Logger LOG = LoggerFactory.getLogger(AdminTraces.class);
    private static final int ID_BYTES = 8;

    private final CoordinatorRole role;
    private final AdminGate gate;
    private final AdminQuestions questions;
    private final BiFunction<Entry, ApiAnswer, CompletionStage<ApiAnswer>> propose;
    private final SecureRandom random = new SecureRandom();

    record Wanted(
            @Nullable String character,
            @Nullable String session,
            @Nullable String entity,
            int seconds,
            String reason) {}

    record Stop(String reason) {}

    record Listed(List<Trace> traces) {}

    record Trace(
            String id,
            @Nullable String character,
            @Nullable String session,
            @Nullable String entity,
            long until_millis,
            boolean over,
            String author) {}

    /** @param cut older lines of a node were dropped */
    record Lines(Trace trace, List<Line> lines, List<String> silent, boolean cut) {}

    record Line(
            long at_millis,
            String node,
            @Nullable String cell,
            @Nullable Long epoch,
            @Nullable Long tick,
            String what,
            String detail,
            @Nullable String session,
            @Nullable String entity) {}

    /** @param propose puts an entry into the log; the answer is for when it is there */
    AdminTraces(
            CoordinatorRole role,
            AdminGate gate,
            AdminQuestions questions,
            BiFunction<Entry, ApiAnswer, CompletionStage<ApiAnswer>> propose) {
        this.role = role;
        this.gate = gate;
        this.questions = questions;
        this.propose = propose;
    }

    List<AdminRoute> routes() {
        return List.of(
                new AdminRoute(Method.GET, "/cluster/traces", asked -> gate.show(asked, _ -> list())),
                new AdminRoute(Method.POST, "/cluster/traces", asked -> gate.take(asked, Wanted.class, this::begin)),
                new AdminRoute(
                        Method.GET, "/cluster/traces/:trace", asked -> gate.asAdmin(asked, who -> read(who, asked))),
                new AdminRoute(
                        Method.POST,
                        "/cluster/traces/:trace/stop",
                        asked -> gate.take(asked, Stop.class, (who, body) -> stop(asked, who, body))));
    }

    private Listed list() {
        return new Listed(wishes().stream().map(this::trace).toList());
    }

    private List<TraceWish> wishes() {
        return role.log().read(AdminTraces::wishes);
    }

    static List<TraceWish> wishes(CoordinatorState state) {
        List<TraceWish> wishes = new ArrayList<>();
        for (String key : state.keys(TraceWish.PREFIX)) {
            try {
                state.value(key).ifPresent(value -> wishes.add(TraceWish.of(key, value)));
            } catch (MalformedBytesException ofAnotherBuild) {
                // Whatever a node has put there must not keep whoever leads from leading.
            }
        }
        return wishes;
    }

    private Trace trace(TraceWish wish) {
        CharacterId character = wish.character();
        return new Trace(
                wish.id(),
                character == null ? null : character.toString(),
                AdminQuestions.session(wish.session()),
                AdminQuestions.entity(wish.entity()),
                wish.untilMillis(),
                gate.clock().epochMillis() > wish.untilMillis(),
                wish.author());
    }

    private CompletionStage<ApiAnswer> begin(String author, Wanted wanted) {
        CharacterId character = AdminQuestions.character(Objects.requireNonNullElse(wanted.character, ""));
        long session = AdminQuestions.session(Objects.requireNonNullElse(wanted.session, ""));
        long entity = AdminQuestions.entity(Objects.requireNonNullElse(wanted.entity, ""));
        if (character == null && session == 0 && entity == 0) {
            throw new IllegalArgumentException("name a character, a session or an entity");
        }
        if (wanted.seconds < 1 || wanted.seconds > SECONDS_MAX) {
            throw new IllegalArgumentException("seconds must be 1 to " + SECONDS_MAX);
        }
        if (wishes().size() >= TRACE_COUNT_MAX) {
            return AdminGate.refused(
                    409,
                    "too_many",
                    TRACE_COUNT_MAX + " traces are kept; a trace is forgotten ten minutes after its end");
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        long until = gate.clock().epochMillis() + 1_000L * wanted.seconds;
        TraceWish wish =
                new TraceWish(HexFormat.of().formatHex(id), character, session, entity, until, "admin " + author);
        // Sims know entities, not sessions: whoever has the session says which avatar it drives.
        return role.inquiries()
                .ask(questions.nodes(member -> member.info().does(Role.GATEWAY)), new Question.Who(session, character))
                .handle((found, failure) -> failure == null ? known(wish, found) : wish)
                .thenCompose(known -> put(known, author, wanted.reason));
    }

    private static TraceWish known(TraceWish wish, Inquiries.Answers found) {
        return found.events().stream()
                .map(told -> told.event().subject())
                .findFirst()
                .map(subject -> new TraceWish(
                        wish.id(),
                        wish.character() != null ? wish.character() : AdminQuestions.character(subject.character()),
                        wish.session() != 0 ? wish.session() : subject.session(),
                        wish.entity() != 0 ? wish.entity() : subject.entity(),
                        wish.untilMillis(),
                        wish.author()))
                .orElse(wish);
    }

    private CompletionStage<ApiAnswer> put(TraceWish wish, String author, String reason) {
        if (reason.isBlank() || reason.length() > AdminGate.REASON_LENGTH_MAX) {
            return AdminGate.refused(
                    400, "no_reason", "reason must be 1 to " + AdminGate.REASON_LENGTH_MAX + " characters");
        }
        Command command = new Command.PutValue(wish.key(), Command.PutValue.ANY, wish.toBytes());
        Entry entry = new Entry(0, gate.clock().epochMillis(), "admin " + author, reason, command);
        return propose.apply(entry, gate.ok(trace(wish)));
    }

    private @Nullable TraceWish find(AdminRoute.Request asked) {
        String id = asked.parameters().getOrDefault("trace", "");
        return wishes().stream()
                .filter(wish -> wish.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static CompletionStage<ApiAnswer> unknown() {
        return AdminGate.refused(404, "unknown_trace", "there is no such trace, or not any more");
    }

    private CompletionStage<ApiAnswer> stop(AdminRoute.Request asked, String author, Stop body) {
        TraceWish wish = find(asked);
        if (wish == null) {
            return unknown();
        }
        return put(wish.until(Math.min(wish.untilMillis(), gate.clock().epochMillis())), author, body.reason);
    }

    private CompletionStage<ApiAnswer> read(String who, AdminRoute.Request asked) {
        TraceWish wish = find(asked);
        if (wish == null) {
            return unknown();
        }
        LOG.atDebug().addKeyValue("admin", who).addKeyValue("trace", wish.id()).log("an administrator reads a trace");
        return questions.ask(
                questions.nodes(
                        member -> member.info().does(Role.SIM) || member.info().does(Role.GATEWAY)),
                new Question.Lines(wish.id(), 0),
                answers -> gate.ok(lines(wish, answers, asked.query())));
    }

    /** The newest, oldest first, or those after a moment. */
    private Lines lines(TraceWish wish, Inquiries.Answers answers, Map<String, String> query) {
        Page page = Page.of(query);
        if (!page.after().matches("\\d{0,18}")) {
            throw new IllegalArgumentException("after must be the at_millis of a line");
        }
        long after = page.after().isEmpty() ? 0 : Long.parseLong(page.after());
        List<Inquiries.Told> told = new ArrayList<>(answers.events());
        told.removeIf(each -> each.event().atMillis() <= after);
        told.sort(Comparator.comparingLong(each -> each.event().atMillis()));
        boolean isTooLong = told.size() > page.limit();
        List<Inquiries.Told> kept = isTooLong ? told.subList(told.size() - page.limit(), told.size()) : told;
        return new Lines(
                trace(wish),
                kept.stream().map(AdminTraces::line).toList(),
                AdminQuestions.names(answers),
                isTooLong || answers.isCut());
    }

    private static Line line(Inquiries.Told told) {
        Telling.Event event = told.event();
        return new Line(
                event.atMillis(),
                told.node().name(),
                AdminQuestions.text(event.place().cell()),
                event.place().epoch() < 0 ? null : Long.valueOf(event.place().epoch()),
                event.place().tick() < 0 ? null : Long.valueOf(event.place().tick()),
                event.what(),
                event.detail(),
                AdminQuestions.session(event.subject().session()),
                AdminQuestions.entity(event.subject().entity()));
    }
}
