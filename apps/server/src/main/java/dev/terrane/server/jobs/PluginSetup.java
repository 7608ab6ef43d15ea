package dev.terrane.server.jobs;

import dev.terrane.base.Meters;
import dev.terrane.command.CommandResult;
import dev.terrane.command.CommandType;
import dev.terrane.command.Heard;
import dev.terrane.plugin.EventHandler;
import dev.terrane.plugin.JobContext;
import dev.terrane.plugin.JobHandler;
import dev.terrane.plugin.JobPlugin;
import dev.terrane.plugin.WorldContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes down what a plugin registers. */
final class PluginSetup implements JobContext {
    private static final CommandResult HEARD = new CommandResult.Done(new byte[0]);

    private final String plugin;
    private final Map<String, String> options;
    private final JobTools tools;
    private final List<Job> jobs = new ArrayList<>();
    private final Map<CommandType<?>, Work> heard = new LinkedHashMap<>();
    private boolean open;

    PluginSetup(String plugin, Map<String, String> options, JobTools tools) {
        this.plugin = plugin;
        this.options = Map.copyOf(options);
        this.tools = tools;
    }

    void configure(JobPlugin wanted) {
        open = true;
        wanted.configure(this);
        open = false;
    }

    List<Job> jobs() {
        return jobs;
    }

    /** What is done for the events that it hears. */
    Map<CommandType<?>, Work> heard() {
        return heard;
    }

    @Override
    public Map<String, String> options() {
        return options;
    }

    @Override
    public void registerJob(String name, String description, long everySeconds, JobHandler handler) {
        requireOpen();
        Job job = new Job(plugin + "." + name, description, everySeconds, handler);
        if (jobs.stream().anyMatch(other -> other.name().equals(job.name()))) {
            throw new IllegalArgumentException("the job " + job.name() + " is registered twice");
        }
        jobs.add(job);
    }

    @Override
    public <P extends Record> void onEvent(String topic, Class<P> payload, EventHandler<P> handler) {
        requireOpen();
        CommandType<P> type = Heard.typeFor(JobCommands.laneOfPlugin(plugin), topic, payload);
        if (heard.keySet().stream().anyMatch(other -> other.name().equals(type.name()))) {
            throw new IllegalArgumentException("the plugin " + plugin + " hears " + topic + " twice");
        }
        Meters.Count done = tools.meters().count("job_events", "plugin", plugin, "topic", topic, "outcome", "done");
        Meters.Count failed = tools.meters().count("job_events", "plugin", plugin, "topic", topic, "outcome", "failed");
        heard.put(type, (run, event) -> {
            try {
                handler.heard(run, run.heard(payload.cast(event)));
            } catch (Throwable failure) {
                failed.one();
                throw failure;
            }
            done.one();
            return HEARD;
        });
    }

    @Override
    public WorldContext.PluginCounter counter(String name) {
        requireOpen();
        Meters.Count count = tools.meters().count("plugin_" + name, "world", tools.world());
        return count::add;
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("the plugin " + plugin + " is set up; register during configure only");
        }
    }
}
