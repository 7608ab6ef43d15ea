package dev.terrane.server.jobs;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what comes by a lane of jobs: one command of a key at a time, tried again when it throws. Its outcome is noted together with what it sends, so that this happens once and
 * the same command is answered the same. Any thread; {@link #deliver} never waits.
 */
final class JobReceiver implements CommandReceiver {
    private static final String PLAYER = "character:";
    private static final Logger LOG = LoggerFactory.getLogger(JobReceiver.class);

    private final String client;
    private final CommandCatalogue catalogue;
    private final Map<String, Work> works;
    private final JobTools tools;
    /** What runs now, by the keys of its commands: of one key never two at a time. */
    private final Map<String, AtWork> running = new HashMap<>();

    /** A batch, and who wants to hear of it: whoever delivers may lose patience and deliver again. */
    private static final class AtWork {
        private final List<Delivery> batch;
        private final List<IdempotencyKey> keys;
        private Reply reply;

        private AtWork(List<Delivery> batch, Reply reply) {
            this.batch = batch;
            this.keys =
                    batch.stream().map(each -> each.command().idempotencyKey()).toList();
            this.reply = reply;
        }
    }

    /** @param client in whose name the work is done @param works by the name of the type */
    JobReceiver(String client, CommandCatalogue catalogue, Map<String, Work> works, JobTools tools) {
        this.client = client;
        this.catalogue = catalogue;
        this.works = Map.copyOf(works);
        this.tools = tools;
    }

    @Override
    public void deliver(List<Delivery> batch, Reply reply) {
        AtWork fresh = new AtWork(batch, reply);
        synchronized (running) {
            for (Delivery delivery : batch) {
                AtWork earlier = running.get(delivery.command().key());
                if (earlier != null && earlier.keys.equals(fresh.keys)) {
                    earlier.reply = reply; // it is at it
                    return;
                }
                if (earlier != null) {
                    reply.unavailable(delivery.command().key() + " is still at work for an earlier delivery");
                    return;
                }
            }
            batch.forEach(delivery -> running.put(delivery.command().key(), fresh));
        }
        try {
            tools.workers().execute(() -> work(fresh));
        } catch (RejectedExecutionException ending) {
            finished(fresh).unavailable("shutting down");
        }
    }

    private void work(AtWork mine) {
        List<Verdict> verdicts;
        try {
            verdicts = carryOut(mine.batch);
        } catch (Throwable away) { // else the key would seem to be at work for ever
            if (!(away instanceof StoreUnavailableException)) {
                LOG.atError().setCause(away).log("a run of a job could not be noted");
            }
            finished(mine).unavailable(String.valueOf(away.getMessage()));
            return;
        }
        finished(mine).answered(verdicts);
    }

    private Reply finished(AtWork mine) {
        synchronized (running) {
            mine.batch.forEach(delivery -> running.remove(delivery.command().key()));
            return mine.reply;
        }
    }

    private List<Verdict> carryOut(List<Delivery> batch) {
        List<Verdict> verdicts = new ArrayList<>();
        Set<String> broken = new HashSet<>();
        for (Delivery delivery : batch) {
            CommandEnvelope command = delivery.command();
            if (broken.contains(command.key())) {
                verdicts.add(new Verdict.Behind());
                continue;
            }
            Verdict verdict = carryOut(command);
            if (verdict instanceof Verdict.Threw) {
                broken.add(command.key());
            }
            verdicts.add(verdict);
        }
        return verdicts;
    }

    private Verdict carryOut(CommandEnvelope command) {
        Outcome known = tools.books().find(command.idempotencyKey()).orElse(null);
        if (known != null) {
            return new Verdict.Settled(known.payloadHash() == command.payloadHash() ? known.result() : conflict());
        }
        RunDraft run = new RunDraft(client, command, tools.clock().epochMillis(), tools.codec());
        try {
            CommandResult result = result(run, command);
            run.end();
            Outcome outcome = new Outcome(command.idempotencyKey(), command.payloadHash(), result);
            return tools.books().settle(outcome, run.sent(), run.events())
                    ? new Verdict.Settled(result)
                    : carryOut(command); // somebody else was faster
        } catch (StoreUnavailableException away) {
            throw away;
        } catch (Throwable failure) { // a plugin may throw anything, and nobody else is to suffer from it
            return threw(command, failure);
        }
    }

    private Verdict threw(CommandEnvelope command, Throwable failure) {
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        LOG.atWarn()
                .setCause(failure)
                .addKeyValue("client", client)
                .addKeyValue("type", command.type())
                .addKeyValue("key", command.key())
                .log("a job failed and is tried again");
        return new Verdict.Threw(client + ": " + failure);
    }

    private CommandResult result(RunDraft run, CommandEnvelope command) throws Exception {
        String asker = command.origin().clientId();
        if (asker.startsWith(PLAYER)) {
            return new CommandResult.Refused(CommandErrors.FORBIDDEN, "jobs are run by operators and the schedule");
        }
        return switch (catalogue.decode(command.type(), command.version(), asker, command.payload())) {
            case CommandCatalogue.Decoded.Bad bad -> bad.refusal();
            case CommandCatalogue.Decoded.Good good ->
                Objects.requireNonNull(works.get(good.type().name())).carryOut(run, good.payload());
        };
    }

    private static CommandResult conflict() {
        return new CommandResult.Refused(
                CommandErrors.CONFLICT, "the request id was used before with another payload; choose a new one");
    }
}
