package dev.terrane.server.jobs;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.command.PayloadCodec;
import org.jspecify.annotations.Nullable;

/** What can be asked of jobs, by operators and the schedule. */
public final class JobCommands {
    /** The lane, and the receiver, of the server's own jobs. */
    public static final String LANE = "jobs";

    private static final String PLUGIN_LANE = LANE + "-";

    private JobCommands() {}

    public record Run(String name, @Nullable String argument) {}

    /** @param said what the job says of it */
    public record Ran(String said) {}

    /** The lane of a plugin's jobs, and of the events that it hears: whatever it does there, nobody else waits for it. */
    public static String laneOfPlugin(String plugin) {
        return PLUGIN_LANE + plugin;
    }

    /** @param job of a plugin {@code <plugin>.<name>} */
    public static String laneOf(String job) {
        int dot = job.indexOf('.');
        return dot < 0 ? LANE : laneOfPlugin(job.substring(0, dot));
    }

    /** One run after the other, of one job. */
    public static CommandType<Run> runIn(String lane) {
        return new CommandType<>("cmd." + lane + ".run", 1, Run.class, (run, _) -> "job/" + run.name());
    }

    /** @param requestId names the run: the same again is the same run */
    public static CommandEnvelope run(String client, String requestId, Run run, long nowMillis, PayloadCodec codec) {
        CommandType<Run> type = runIn(laneOf(run.name()));
        return new CommandEnvelope(
                type.name(),
                type.version(),
                type.keyRule().keyOf(run, client),
                new CommandEnvelope.Origin(client, requestId),
                new CommandEnvelope.Trace(requestId, requestId, "", client, nowMillis),
                codec.encode(run));
    }
}
