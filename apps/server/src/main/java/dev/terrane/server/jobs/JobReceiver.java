package dev.terrane.server.jobs;

import dev.terrane.base.Meters;
import dev.terrane.checkpoint.JournalStore;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.checkpoint.TickRecord.Outcome;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.command.PayloadCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs for their lane: at least once each, one run of a job at a time, its outcome noted so that the same run is answered the same. */
public final class JobReceiver implements CommandReceiver {
    private static final Logger LOG = LoggerFactory.getLogger(JobReceiver.class);

    private final SortedMap<String, Job> jobs = new TreeMap<>();
    private final JournalStore outcomes;
    private final CommandCatalogue catalogue;
    private final PayloadCodec codec;
    private final ExecutorService workers;
    private final Meters meters;
    private final Runs runs;
    /** What runs now, and who wants to hear of it: whoever delivers may lose patience and deliver again. */
    private final Map<List<IdempotencyKey>, Reply> running = new HashMap<>();

    public JobReceiver(List<Job> jobs, Books books, PayloadCodec codec, ExecutorService workers, Meters meters) {
        jobs.forEach(job -> this.jobs.put(job.name(), job));
        this.outcomes = books.outcomes();
        this.runs = books.runs();
        this.catalogue = new CommandCatalogue(List.of(JobCommands.RUN), codec);
        this.codec = codec;
        this.workers = workers;
        this.meters = meters;
    }

    /** Where outcomes and runs are noted. */
    public record Books(JournalStore outcomes, Runs runs) {}

    /** Notes a run; on a thread that may wait. */
    @FunctionalInterface
    public interface Runs {
        /** @param said what the job says of it, or why it failed */
        void ran(String job, boolean done, String said);
    }

    @Override
    public void deliver(List<Delivery> batch, Reply reply) {
        List<IdempotencyKey> keys =
                batch.stream().map(each -> each.command().idempotencyKey()).toList();
        synchronized (running) {
            if (running.put(keys, reply) != null) {
                return; // it is at it
            }
        }
        workers.execute(() -> {
            List<Verdict> verdicts = null;
            String why = "";
            try {
                verdicts = carryOut(batch);
            } catch (RuntimeException away) {
                why = String.valueOf(away.getMessage());
                if (!(away instanceof StoreUnavailableException)) {
                    LOG.atError().setCause(away).log("a run of a job could not be noted");
                }
            }
            Reply told;
            synchronized (running) {
                told = running.remove(keys);
            }
            if (verdicts == null) {
                told.unavailable(why);
            } else {
                told.answered(verdicts);
            }
        });
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
        Outcome known = outcomes.outcomes(List.of(command.idempotencyKey())).get(command.idempotencyKey());
        if (known != null) {
            return new Verdict.Settled(known.result());
        }
        CommandResult result;
        try {
            result = run(command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict.Threw("interrupted");
        } catch (Exception failure) {
            LOG.atWarn().setCause(failure).addKeyValue("key", command.key()).log("a job failed and is tried again");
            return new Verdict.Threw(failure.toString());
        }
        Outcome noted = new Outcome(command.idempotencyKey(), command.payloadHash(), result);
        return new Verdict.Settled(outcomes.record(List.of(noted)).getFirst().result());
    }

    private CommandResult run(CommandEnvelope command) throws Exception {
        String client = command.origin().clientId();
        if (client.startsWith("character:")) {
            return new CommandResult.Refused(CommandErrors.FORBIDDEN, "jobs are run by operators and the schedule");
        }
        return switch (catalogue.decode(command.type(), command.version(), client, command.payload())) {
            case CommandCatalogue.Decoded.Bad bad -> bad.refusal();
            case CommandCatalogue.Decoded.Good good -> run((JobCommands.Run) good.payload());
        };
    }

    private CommandResult run(JobCommands.Run wish) throws Exception {
        Job job = jobs.get(wish.name());
        if (job == null) {
            return new CommandResult.Refused(
                    "UNKNOWN_JOB", "there is no job '" + wish.name() + "'; known are " + jobs.keySet());
        }
        String argument = wish.argument();
        try {
            String told = job.work().run(argument == null ? "" : argument);
            String said = told.substring(0, Math.min(told.length(), CommandLimits.REASON_CHARS_MAX));
            meters.count("job_runs", "job", job.name(), "outcome", "done").one();
            LOG.atInfo().addKeyValue("job", job.name()).log("{}", said);
            runs.ran(job.name(), true, said);
            return new CommandResult.Done(codec.encode(new JobCommands.Ran(said)));
        } catch (Exception failure) {
            meters.count("job_runs", "job", job.name(), "outcome", "failed").one();
            runs.ran(job.name(), false, failure.toString());
            throw failure;
        }
    }
}
