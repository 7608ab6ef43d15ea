package dev.terrane.server.jobs;

import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandType;
import dev.terrane.plugin.JobPlugin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A lane of jobs, with whoever carries out what comes by it.
 *
 * @param types of the commands that it takes: runs, and events that are heard
 */
public record JobLane(String name, List<CommandType<?>> types, List<Job> jobs, CommandReceiver receiver) {
    /** In whose name the server's own jobs send. */
    static final String SERVER = "admin:jobs";

    private static final String PLUGIN = "job:";

    /** Of the server's own jobs. */
    public static JobLane own(List<Job> jobs, JobTools tools) {
        return of(JobCommands.LANE, SERVER, jobs, Map.of(), tools);
    }

    /**
     * Of a plugin's jobs, and of the events that it hears.
     *
     * @param name of the module
     * @throws IllegalArgumentException for what it may not register
     */
    public static JobLane of(String name, JobPlugin plugin, Map<String, String> options, JobTools tools) {
        PluginSetup setup = new PluginSetup(name, options, tools);
        setup.configure(plugin);
        return of(JobCommands.laneOfPlugin(name), PLUGIN + name, setup.jobs(), setup.heard(), tools);
    }

    private static JobLane of(
            String lane, String client, List<Job> jobs, Map<CommandType<?>, Work> heard, JobTools tools) {
        Map<CommandType<?>, Work> works = new LinkedHashMap<>(heard);
        works.put(JobCommands.runIn(lane), new JobRuns(jobs, tools));
        Map<String, Work> byName = new LinkedHashMap<>();
        works.forEach((type, work) -> byName.put(type.name(), work));
        List<CommandType<?>> types = new ArrayList<>(works.keySet());
        return new JobLane(
                lane,
                List.copyOf(types),
                List.copyOf(jobs),
                new JobReceiver(client, new CommandCatalogue(types, tools.codec()), byName, tools));
    }
}
