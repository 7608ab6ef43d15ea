package dev.terrane.server.lanes;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the commands of one outbox to their lanes, group by group. What was taken of a group is not brought again when the rest is; what no lane will ever take holds up nothing, and
 * the service that sent it is told so as it is told any result. One thread.
 */
final class OutboxAppends {
    private static final long ANSWER_SECONDS_MAX = 30;
    private static final Logger LOG = LoggerFactory.getLogger(OutboxAppends.class);

    private final String outbox;
    private final Lanes lanes;
    private final Function<CommandAnswer, CommandEnvelope> resulted;
    private final Set<IdempotencyKey> taken = new HashSet<>();

    /** Takes commands; see {@link CommandOffice#append}. */
    @FunctionalInterface
    interface Lanes {
        void append(CommandEnvelope command, LaneLoop.Producer producer);
    }

    /** @param resulted makes the command that brings a result to its service */
    OutboxAppends(String outbox, Lanes lanes, Function<CommandAnswer, CommandEnvelope> resulted) {
        this.outbox = outbox;
        this.lanes = lanes;
        this.resulted = resulted;
    }

    /**
     * Waits until all are durable in their lanes.
     *
     * @throws StoreUnavailableException if not all of them are: the same group is to be brought again, with more behind it or not
     */
    void append(List<CommandEnvelope> group) {
        List<CommandEnvelope> left = taken.isEmpty()
                ? group
                : group.stream()
                        .filter(command -> !taken.contains(command.idempotencyKey()))
                        .toList();
        List<CommandResult.@Nullable Refused> refusals = offer(left);
        List<CommandEnvelope> settled = new ArrayList<>();
        CommandResult.Refused wait = null;
        for (int i = 0; i < left.size(); i++) {
            CommandResult.Refused refused = refusals.get(i);
            if (refused != null && !isForGood(left.get(i), refused)) {
                wait = refused;
            } else {
                settled.add(left.get(i));
            }
        }
        if (wait != null) {
            settled.forEach(command -> taken.add(command.idempotencyKey()));
            throw new StoreUnavailableException(
                    "a lane does not take it", new IllegalStateException(wait.errorCode() + " " + wait.reason()));
        }
        taken.clear();
    }

    /** False: it may be taken later. */
    private boolean isForGood(CommandEnvelope command, CommandResult.Refused refused) {
        if (refused.errorCode().equals(CommandErrors.BUSY)) {
            return false;
        }
        if (command.origin().clientId().startsWith(Answers.SERVICE)) {
            CommandAnswer answer = new CommandAnswer(
                    command.origin(), command.type(), command.trace().correlationId(), refused);
            CommandResult.Refused untold =
                    offer(List.of(resulted.apply(answer))).getFirst();
            if (untold != null && untold.errorCode().equals(CommandErrors.BUSY)) {
                return false;
            }
        }
        LOG.atError()
                .addKeyValue("outbox", outbox)
                .addKeyValue("request", command.origin().requestId())
                .log("a command is dropped that no lane takes: {} {}", refused.errorCode(), refused.reason());
        return true;
    }

    private List<CommandResult.@Nullable Refused> offer(List<CommandEnvelope> commands) {
        List<CompletableFuture<CommandResult.@Nullable Refused>> written = new ArrayList<>();
        for (CommandEnvelope command : commands) {
            CompletableFuture<CommandResult.@Nullable Refused> one = new CompletableFuture<>();
            lanes.append(command, one::complete);
            written.add(one);
        }
        List<CommandResult.@Nullable Refused> refusals = new ArrayList<>();
        for (CompletableFuture<CommandResult.@Nullable Refused> one : written) {
            refusals.add(await(one));
        }
        return refusals;
    }

    private static CommandResult.@Nullable Refused await(CompletableFuture<CommandResult.@Nullable Refused> one) {
        try {
            return one.get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            return new CommandResult.Refused(CommandErrors.BUSY, "a lane does not answer");
        }
    }
}
