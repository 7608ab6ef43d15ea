package dev.terrane.plugin;

/**
 * A job's work. It runs on a thread that may wait, never twice at a time; what it throws fails the run, which is tried again a few times and then is a dead letter.
 *
 * <p>What it asks for by {@link JobRun} happens once, when it has returned. What it does elsewhere may happen again, when the process dies before the run is noted.
 */
@FunctionalInterface
public interface JobHandler {
    /**
     * @param argument what whoever asked has given; empty by schedule
     * @return what to say of it to operators, at most a line
     */
    String run(JobRun run, String argument) throws Exception;
}
