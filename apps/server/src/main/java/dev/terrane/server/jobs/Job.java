package dev.terrane.server.jobs;

import dev.terrane.plugin.JobHandler;
import java.util.regex.Pattern;

/**
 * Something that can be run.
 *
 * @param name small letters, digits and dashes; of a plugin's job {@code <plugin>.<name>}
 * @param everySeconds 0: only when somebody asks
 */
public record Job(String name, String description, long everySeconds, JobHandler work) {
    private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9-]{0,31}\\.)?[a-z][a-z0-9-]{0,31}");

    public Job {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name of a job; write small letters, digits and dashes, at most 32");
        }
        if (everySeconds < 0) {
            throw new IllegalArgumentException("the job " + name + " cannot run every " + everySeconds + " s");
        }
    }
}
