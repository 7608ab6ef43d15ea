package dev.terrane.server.lanes;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.Heard;
import dev.terrane.command.Resulted;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.LaneOutput;
import dev.terrane.http.RestCommands;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where commands are handed in: checks them against their types, gives them their key, and brings them to their lane. Any thread; never blocks.
 */
final class CommandOffice implements CommandPort, RestCommands {
    private final CommandCatalogue catalogue;
    private final LaneOfType lanes;
    private final Answers answers;
    private final PlayerEvents events;
    private final Clock clock;
    private final String node;
    private final Rng eventIds;

    CommandOffice(
            CommandCatalogue catalogue,
            LaneOfType lanes,
            Answers answers,
            PlayerEvents events,
            Clock clock,
            String node) {
        this.catalogue = catalogue;
        this.lanes = lanes;
        this.answers = answers;
        this.events = events;
        this.clock = clock;
        this.node = node;
        this.eventIds = new Rng(clock.epochMillis() ^ clock.nanos());
    }

    @Override
    public void attached(Caller caller, boolean resumed, GatewayInbox answerTo) {
        answers.attached(caller, answerTo);
        if (resumed) { // only then: what happens before this is among what was missed
            events.resumed(caller, answerTo::offer);
        }
    }

    @Override
    public void detached(Caller caller) {
        answers.detached(caller);
    }

    @Override
    public void acked(Caller caller, List<String> requestIds) {
        answers.acked(caller, requestIds);
    }

    @Override
    public Submission submit(Caller caller, Wish wish) {
        CommandEnvelope.Origin origin =
                new CommandEnvelope.Origin(Answers.clientOf(caller.character()), wish.requestId());
        CommandResult.Refused refused = hand(
                origin,
                wish,
                late -> answers.tell(
                        origin.clientId(),
                        session -> new LaneOutput.Result(session, origin.requestId(), wish.type(), late)));
        return refused == null ? Submission.ACCEPTED : new Submission.Refused(refused);
    }

    @Override
    public CompletionStage<CommandResult> submit(CharacterId character, Wish wish) {
        CommandEnvelope.Origin origin = new CommandEnvelope.Origin(Answers.clientOf(character), wish.requestId());
        CompletableFuture<CommandResult> answer = answers.await(origin);
        CommandResult.Refused refused = hand(origin, wish, late -> {
            answers.forget(origin); // whoever asks again is to wait for what becomes of that
            answer.complete(late);
        });
        if (refused != null) {
            answers.forget(origin);
            return CompletableFuture.completedStage(refused);
        }
        return answer;
    }

    @Override
    public CompletionStage<Optional<CommandResult>> find(CharacterId character, String requestId) {
        return CompletableFuture.completedStage(
                answers.find(new CommandEnvelope.Origin(Answers.clientOf(character), requestId)));
    }

    /** Null: it is on its way to the lane. */
    private CommandResult.@Nullable Refused hand(CommandEnvelope.Origin origin, Wish wish, Refusal refusal) {
        if (Resulted.isResulted(wish.type()) || Heard.topicOf(wish.type()) != null) {
            return new CommandResult.Refused(CommandErrors.FORBIDDEN, wish.type() + " is not for clients");
        }
        return switch (catalogue.decode(wish.type(), wish.version(), origin.clientId(), wish.payload())) {
            case CommandCatalogue.Decoded.Bad bad -> bad.refusal();
            case CommandCatalogue.Decoded.Good good -> {
                String eventId = newId();
                append(
                        new CommandEnvelope(
                                wish.type(),
                                wish.version(),
                                good.key(),
                                origin,
                                new CommandEnvelope.Trace(eventId, eventId, "", node, clock.epochMillis()),
                                wish.payload()),
                        refused -> {
                            if (refused != null) {
                                refusal.refused(refused);
                            }
                        });
                yield null;
            }
        };
    }

    /** Brings a complete command to its lane; tells when it is durable, or why it is not taken. */
    void append(CommandEnvelope command, LaneLoop.Producer producer) {
        LaneLoop lane = lanes.find(command.type());
        if (lane == null) {
            producer.written(new CommandResult.Refused(
                    CommandErrors.UNKNOWN_COMMAND, "no lane of this server takes " + command.type()));
        } else {
            lane.offer(command, producer);
        }
    }

    private synchronized String newId() {
        return Long.toHexString(eventIds.nextLong()) + Long.toHexString(eventIds.nextLong());
    }

    /** Finds the lane that a type of command belongs to. */
    @FunctionalInterface
    interface LaneOfType {
        /** Null when none does. */
        @Nullable
        LaneLoop find(String type);
    }

    /** Told when the lane could not take it after all. Called on the lane's thread: must not block. */
    @FunctionalInterface
    interface Refusal {
        void refused(CommandResult.Refused refused);
    }
}
