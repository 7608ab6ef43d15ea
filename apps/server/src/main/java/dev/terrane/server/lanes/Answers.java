package dev.terrane.server.lanes;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.ResultDesk;
import dev.terrane.gateway.CommandPort.Caller;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.LaneOutput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where results go: to the session of the player who asked, kept until it acks them; to whoever waits for one by REST; to the service that asked another. Any thread.
 */
final class Answers {
    static final String CHARACTER = "character:";
    static final String SERVICE = "service:";

    /** A player who is away for longer asks again and gets the recorded result. */
    static final long KEPT_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private static final int PER_CLIENT_MAX = 256;
    private static final int COUNT_MAX = 200_000;
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Clock clock;
    private final ResultDesk desk;
    private final Consumer<CommandAnswer> services;
    /** The session of each character that plays. */
    private final Map<String, Place> places = new HashMap<>();

    private final Map<CommandEnvelope.Origin, CompletableFuture<CommandResult>> awaited = new HashMap<>();

    private record Place(long session, GatewayInbox inbox) {}

    /** @param services gets the answers that are for services */
    Answers(Clock clock, Meters meters, Consumer<CommandAnswer> services) {
        this.clock = clock;
        this.desk = new ResultDesk(PER_CLIENT_MAX, COUNT_MAX, TimeUnit.MILLISECONDS.toNanos(KEPT_MILLIS), meters);
        this.services = services;
    }

    static String clientOf(CharacterId character) {
        return CHARACTER + character.value();
    }

    /** Those that are for players, wherever they are. */
    static List<CommandAnswer> forPlayers(List<CommandAnswer> answers) {
        return answers.stream()
                .filter(answer -> answer.origin().clientId().startsWith(CHARACTER))
                .toList();
    }

    /** Those that are for nobody who plays. */
    static List<CommandAnswer> forOthers(List<CommandAnswer> answers) {
        return answers.stream()
                .filter(answer -> !answer.origin().clientId().startsWith(CHARACTER))
                .toList();
    }

    /** Those that are for services. */
    static List<CommandAnswer> forServices(List<CommandAnswer> answers) {
        return answers.stream()
                .filter(answer -> answer.origin().clientId().startsWith(SERVICE))
                .toList();
    }

    synchronized void publish(List<CommandAnswer> answers) {
        for (CommandAnswer answer : answers) {
            String client = answer.origin().clientId();
            if (client.startsWith(SERVICE)) {
                services.accept(answer);
            } else if (client.startsWith(CHARACTER)) {
                desk.keep(answer, clock.nanos());
                tell(places.get(client), answer);
            } else if (answer.result() instanceof CommandResult.Refused refused) {
                LOG.atWarn()
                        .addKeyValue("client", client)
                        .addKeyValue("request", answer.origin().requestId())
                        .addKeyValue("type", answer.type())
                        .log("refused: {} {}", refused.errorCode(), refused.reason());
            }
            CompletableFuture<CommandResult> waiter = awaited.remove(answer.origin());
            if (waiter != null) {
                waiter.complete(answer.result());
            }
        }
    }

    /** What was published before this process began and is not too old: to be told to whoever comes back. */
    synchronized void remember(List<CommandAnswer> answers) {
        for (CommandAnswer answer : answers) {
            if (answer.origin().clientId().startsWith(CHARACTER)) {
                desk.keep(answer, clock.nanos());
            } else if (answer.origin().clientId().startsWith(SERVICE)) {
                services.accept(answer);
            }
        }
    }

    synchronized void attached(Caller caller, GatewayInbox inbox) {
        Place place = new Place(caller.session(), inbox);
        places.put(clientOf(caller.character()), place);
        desk.waiting(clientOf(caller.character())).forEach(answer -> tell(place, answer));
    }

    synchronized void detached(Caller caller) {
        places.computeIfPresent(
                clientOf(caller.character()), (_, place) -> place.session() == caller.session() ? null : place);
    }

    synchronized void acked(Caller caller, List<String> requestIds) {
        requestIds.forEach(id -> desk.acked(clientOf(caller.character()), id));
    }

    /** For one who waits: completed with the result when it comes, unless it was published before this call. */
    synchronized CompletableFuture<CommandResult> await(CommandEnvelope.Origin origin) {
        return awaited.computeIfAbsent(origin, _ -> new CompletableFuture<>());
    }

    /** As long as it is kept and not acked. */
    synchronized Optional<CommandResult> find(CommandEnvelope.Origin origin) {
        return desk.waiting(origin.clientId()).stream()
                .filter(answer -> answer.origin().equals(origin))
                .map(CommandAnswer::result)
                .findFirst();
    }

    /** Nobody waits any more. */
    synchronized void forget(CommandEnvelope.Origin origin) {
        awaited.remove(origin);
    }

    /** Something that concerns one player: told if he plays now. */
    synchronized void tell(String client, LaneOutputMaker event) {
        Place place = places.get(client);
        if (place != null) {
            place.inbox().offer(event.forSession(place.session()));
        }
    }

    /** A message, once it is known for which session. */
    @FunctionalInterface
    interface LaneOutputMaker {
        LaneOutput forSession(long session);
    }

    private static void tell(@Nullable Place place, CommandAnswer answer) {
        if (place != null) {
            place.inbox()
                    .offer(new LaneOutput.Result(
                            place.session(), answer.origin().requestId(), answer.type(), answer.result()));
        }
    }
}
