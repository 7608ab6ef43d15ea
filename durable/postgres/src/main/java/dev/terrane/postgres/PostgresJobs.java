package dev.terrane.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which background jobs there are, and how they did. Any thread; calls block. */
public final class PostgresJobs {
    private static final int SAID_CHARS_MAX = 500;

    private final Database database;

    public PostgresJobs(Database database) {
        this.database = database;
    }

    /** @param lastSaid what it said of its last run, or why that failed; null before the first */
    public record JobState(
            String name,
            String description,
            long everySeconds,
            long runCount,
            long failureCount,
            long lastRanAtMillis,
            boolean lastDone,
            @Nullable String lastSaid) {}

    public void register(String name, String description, long everySeconds) {
        database.run(
                "register the job " + name,
                handle -> handle.createUpdate("""
                                INSERT INTO terrane.job (name, description, every_seconds) VALUES (:name, :description, :every)
                                ON CONFLICT (name) DO UPDATE
                                SET description = excluded.description, every_seconds = excluded.every_seconds
                                """)
                        .bind("name", name)
                        .bind("description", description)
                        .bind("every", everySeconds)
                        .execute());
    }

    public void ran(String name, boolean done, String said) {
        database.run(
                "note a run of the job " + name,
                handle -> handle.createUpdate("""
                                UPDATE terrane.job
                                SET run_count = run_count + 1, failure_count = failure_count + :failed,
                                    last_ran_at = now(), last_done = :done, last_said = :said
                                WHERE name = :name
                                """)
                        .bind("name", name)
                        .bind("done", done)
                        .bind("failed", done ? 0 : 1)
                        .bind("said", said.length() <= SAID_CHARS_MAX ? said : said.substring(0, SAID_CHARS_MAX))
                        .execute());
    }

    /** All, by name. */
    public List<JobState> list() {
        return database.call(
                "list the jobs",
                handle -> handle.createQuery("""
                                SELECT name, description, every_seconds, run_count, failure_count,
                                       coalesce((extract(epoch FROM last_ran_at) * 1000)::bigint, 0),
                                       coalesce(last_done, false), last_said
                                FROM terrane.job ORDER BY name
                                """)
                        .map((row, _) -> new JobState(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getBoolean(7),
                                row.getString(8)))
                        .list());
    }
}
