package dev.terrane.postgres;

import java.nio.file.Path;

/**
 * One real server for all tests of this JVM, its data kept between runs; each test takes a world of its own. The guard stops it when
 * the JVM ends.
 */
public final class SharedPostgres {
    public static final LocalPostgres SERVER = LocalPostgres.start(Path.of("target", "it-data"));
    static final PostgresStore STORE = PostgresStore.open(SERVER.address());
    /** With all rights. */
    public static final Database ADMIN =
            new Database(SERVER.address(), new Database.Options("terrane-test-admin", 2, ""));

    private SharedPostgres() {}
}
