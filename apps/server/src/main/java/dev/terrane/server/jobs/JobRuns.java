package dev.terrane.server.jobs;

import dev.terrane.command.CommandResult;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the jobs of one lane, when they are asked for. */
final class JobRuns implements Work {
    private static final int SAID_CHARS_MAX = 500;
    private static final Logger LOG = LoggerFactory.getLogger(JobRuns.class);

    private final SortedMap<String, Job> jobs = new TreeMap<>();
    private final JobTools tools;

    JobRuns(List<Job> jobs, JobTools tools) {
        jobs.forEach(job -> this.jobs.put(job.name(), job));
        this.tools = tools;
    }

    @Override
    public CommandResult carryOut(RunDraft run, Record payload) throws Exception {
        JobCommands.Run wish = (JobCommands.Run) payload;
        Job job = jobs.get(wish.name());
        if (job == null) {
            return new CommandResult.Refused(
                    "UNKNOWN_JOB",
                    "there is no job '" + wish.name() + "' here; known are " + jobs.keySet()
                            + ", and those of plugins in lanes of their own");
        }
        String argument = wish.argument();
        String said;
        try {
            said = clipped(job.work().run(run, argument == null ? "" : argument));
        } catch (Throwable failure) {
            ended(job, false, failure.toString());
            throw failure;
        }
        ended(job, true, said);
        LOG.atDebug()
                .addKeyValue("job", job.name())
                .log("{}", said); // every minute; `terrane jobs list` shows the last
        return new CommandResult.Done(tools.codec().encode(new JobCommands.Ran(said)));
    }

    private void ended(Job job, boolean done, String said) {
        tools.meters()
                .count("job_runs", "job", job.name(), "outcome", done ? "done" : "failed")
                .one();
        tools.books().ran(job.name(), done, said);
    }

    /** A plugin may say anything. */
    private static String clipped(String said) {
        String text = String.valueOf(said);
        return text.length() <= SAID_CHARS_MAX ? text : text.substring(0, SAID_CHARS_MAX);
    }
}
