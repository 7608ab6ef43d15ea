package dev.terrane.server.jobs;

/**
 * Something that can be run.
 *
 * @param name small letters, digits and dashes
 * @param everySeconds 0: only when somebody asks
 */
public record Job(String name, String description, long everySeconds, Work work) {
    public Job {
        if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException("'" + name + "' is no name of a job");
        }
    }

    /** What it does. */
    @FunctionalInterface
    public interface Work {
        /**
         * Runs on a thread that may wait, never twice at a time. It may be run again although it has succeeded, when the process dies before that is noted: it must not matter.
         *
         * @param argument what whoever asked has given; empty by schedule
         * @return what to say of it, at most a line
         * @throws Exception it is tried again, a few times
         */
        String run(String argument) throws Exception;
    }
}
