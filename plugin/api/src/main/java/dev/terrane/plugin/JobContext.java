package dev.terrane.plugin;

import java.util.Map;

/** What a plugin sets up in the background. Valid during {@link JobPlugin#configure} only. */
public interface JobContext {
    /** The module's {@code options} from the config. */
    Map<String, String> options();

    /**
     * Registers a job. Operators see it as {@code <plugin>.<name>}, in {@code terrane jobs list} and in metrics.
     *
     * @param name small letters, digits and dashes, at most 32; unique in the plugin
     * @param description a sentence for operators
     * @param everySeconds 0: only when somebody asks
     */
    void registerJob(String name, String description, long everySeconds, JobHandler handler);

    /**
     * Hears each event of a topic, those of one key in order; also those that happened while no server ran. At most once per topic.
     *
     * @param topic {@code evt.<domain>.<fact>}
     * @param payload what the event's JSON is read into; fields that it does not have are ignored
     */
    <P extends Record> void onEvent(String topic, Class<P> payload, EventHandler<P> handler);

    /** Counts something; shown as {@code plugin_<name>} in /metrics. A run that is tried again counts again. */
    WorldContext.PluginCounter counter(String name);
}
