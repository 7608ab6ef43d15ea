package dev.terrane.plugin;

import dev.terrane.command.CommandType;

/** One run of a job, or the hearing of one event. Use it only inside the call that handed it over, on its thread. */
public interface JobRun {
    /** Unix time of its beginning. */
    long nowMillis();

    /** Says something to operators, in the server's log, with the plugin's name. */
    void log(String message);

    /**
     * Asks a service or a cell for something durable. It is sent in one step with the note that this run is done: all of it, once, or nothing if the handler throws.
     *
     * @param requestId names the occasion, at most 64 characters: the same again is the same wish
     */
    <P extends Record> void command(CommandType<P> type, String requestId, P payload);

    /**
     * Lets others know of something durable, in the same step.
     *
     * @param topic {@code evt.<domain>.<fact>}
     */
    void publish(String topic, String key, Record payload);
}
