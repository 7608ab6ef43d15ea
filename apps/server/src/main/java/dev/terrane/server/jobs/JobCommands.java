package dev.terrane.server.jobs;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.command.PayloadCodec;
import org.jspecify.annotations.Nullable;

/** What can be asked of jobs, by operators and the schedule. */
public final class JobCommands {
    /** The lane, and the receiver. */
    public static final String LANE = "jobs";

    /** One run after the other, of one job. */
    public static final CommandType<Run> RUN =
            new CommandType<>("cmd.jobs.run", 1, Run.class, (run, _) -> "job/" + run.name());

    private JobCommands() {}

    public record Run(String name, @Nullable String argument) {}

    /** @param said what the job says of it */
    public record Ran(String said) {}

    /** @param requestId names the run: the same again is the same run */
    public static CommandEnvelope run(String client, String requestId, Run run, long nowMillis, PayloadCodec codec) {
        return new CommandEnvelope(
                RUN.name(),
                RUN.version(),
                RUN.keyRule().keyOf(run, client),
                new CommandEnvelope.Origin(client, requestId),
                new CommandEnvelope.Trace(requestId, requestId, "", client, nowMillis),
                codec.encode(run));
    }
}
