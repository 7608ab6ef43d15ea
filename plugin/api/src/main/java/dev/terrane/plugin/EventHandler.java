package dev.terrane.plugin;

/**
 * Hears of something durable that has happened. Like a {@link JobHandler} it may wait, and is tried again when it throws; meanwhile later events of the same key wait, and no others.
 *
 * <p>What it asks for by {@link JobRun} happens exactly once for each event.
 */
@FunctionalInterface
public interface EventHandler<P extends Record> {
    void heard(JobRun run, Heard<P> event) throws Exception;

    /**
     * An event.
     *
     * @param key what it is about
     * @param id the same however often it is told, fit for a request id
     * @param atMillis Unix time
     */
    record Heard<P extends Record>(String key, String id, long atMillis, P payload) {}
}
