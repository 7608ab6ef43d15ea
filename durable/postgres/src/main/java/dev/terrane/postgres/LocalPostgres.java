package dev.terrane.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL server of our own, with its data kept between runs: for everybody who brings no database.
 *
 * <pre>
 *   lock the folder ► unpack once ► stop a left-over server ► initdb once ► start on a free loopback port ► guard
 * </pre>
 *
 * <p>It listens on 127.0.0.1 only, unless its starter names another address, and wants the password that stands in {@code postgres/password}, mode 600. When it ends while it is in use, it is started
 * again at the same address, as often as it takes. When the JVM dies, its guard stops it; what the guard misses, the next start finds and stops. There is no shutdown hook: whoever starts it closes it,
 * after the last write. Not thread-safe.
 */
public final class LocalPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalPostgres.class);
    private static final String USER = "terrane";
    private static final int PORT_ATTEMPT_COUNT = 3;
    /** One server with all its pools, and a tool. */
    private static final int CONNECTION_COUNT_MAX = 40;

    private static final int LOG_BYTES_KEPT = 4 << 20;
    /** In postmaster.pid. */
    private static final int PORT_LINE = 3;

    private final PostgresFolder folder;
    private final PostgresProgram program;
    private final FileChannel lock;
    private final DatabaseAddress address;
    private final PostgresSupervisor supervisor;
    private final Optional<GrowthFlusher> flusher;
    /** The supervisor's, until that is closed. */
    private OrphanGuard guard;

    private boolean closed;

    private LocalPostgres(
            PostgresFolder folder,
            PostgresProgram program,
            FileChannel lock,
            DatabaseAddress address,
            OrphanGuard guard) {
        this.folder = folder;
        this.program = program;
        this.lock = lock;
        this.address = address;
        this.guard = guard;
        this.supervisor = new PostgresSupervisor(new PostgresSupervisor.Server() {
            @Override
            public boolean isRunning() throws IOException {
                return runningPid(folder).isPresent();
            }

            @Override
            public String start() throws IOException {
                return startAgain();
            }
        });
        this.flusher = WriteOut.ofThisSystem().map(disk -> new GrowthFlusher(folder.cluster.resolve("base"), disk));
        flusher.ifPresent(GrowthFlusher::start);
    }

    /** Like {@link #start(Path, Consumer)}, telling nobody. */
    public static LocalPostgres start(Path dataDir) {
        return start(dataDir, step -> {});
    }

    /**
     * Starts the server with its things in {@code dataDir/postgres}. Takes some seconds the first time, then less than one.
     *
     * @param progress told, on the calling thread, what takes a while: for a line on a terminal
     * @throws DatabaseStartException says what to do
     */
    public static LocalPostgres start(Path dataDir, Consumer<String> progress) {
        return start(dataDir, CONNECTION_COUNT_MAX, progress);
    }

    /** Like the other, for more than one process. @param connectionCountMax of all of them */
    public static LocalPostgres start(Path dataDir, int connectionCountMax, Consumer<String> progress) {
        return start(dataDir, connectionCountMax, "", progress);
    }

    /**
     * Like the other, for processes that are not all on the loopback address.
     *
     * @param beside an address of this machine on which it listens as well, with the width of the network from which it may be reached: {@code 198.19.0.1/24}. Empty: none
     */
    public static LocalPostgres start(Path dataDir, int connectionCountMax, String beside, Consumer<String> progress) {
        Reach reach = new Reach(connectionCountMax, beside);
        try {
            PostgresFolder folder = PostgresFolder.in(dataDir);
            FileChannel lock = folder.lock();
            try {
                return startLocked(folder, lock, reach, progress);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DatabaseStartException("the database in " + dataDir + " cannot be started: " + e, e);
        }
    }

    /**
     * Where the server of this folder listens, if some process runs it now: for tools beside it.
     *
     * @throws DatabaseStartException if the folder cannot be read
     */
    public static Optional<DatabaseAddress> running(Path dataDir) {
        try {
            PostgresFolder folder = PostgresFolder.in(dataDir);
            if (runningPid(folder).isEmpty()) {
                return Optional.empty();
            }
            List<String> note = Files.readAllLines(folder.cluster.resolve("postmaster.pid"));
            return Optional.of(new DatabaseAddress(
                    "jdbc:postgresql://127.0.0.1:" + note.get(PORT_LINE).strip() + "/postgres",
                    USER,
                    folder.password()));
        } catch (IOException e) {
            throw new DatabaseStartException("the database in " + dataDir + " cannot be found: " + e, e);
        }
    }

    /** Where the stores find it. */
    public DatabaseAddress address() {
        return address;
    }

    /** The same for those who reach it at another address of this machine. */
    public DatabaseAddress addressAt(String host) {
        return new DatabaseAddress(
                address.jdbcUrl().replace("//127.0.0.1:", "//" + host + ":"), address.user(), address.password());
    }

    /** Who may come. @param beside see {@link #start(Path, int, String, Consumer)} */
    private record Reach(int connectionCountMax, String beside) {
        String addresses() {
            return beside.isEmpty() ? "127.0.0.1" : "127.0.0.1, " + beside.substring(0, beside.indexOf('/'));
        }

        /** Those that were made with the database know the loopback address only. */
        String rules(PostgresFolder folder) throws IOException {
            if (beside.isEmpty()) {
                return "";
            }
            Path file = folder.cluster.resolve("terrane_hba.conf");
            Files.writeString(file, """
                    host all all 127.0.0.1/32 scram-sha-256
                    host all all %s scram-sha-256
                    """.formatted(beside));
            return "hba_file = '" + file.toAbsolutePath() + "'\n";
        }
    }

    /** Ends all connections and stops the server cleanly. A second call does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        flusher.ifPresent(GrowthFlusher::close);
        supervisor.close();
        guard.close();
        try (lock) {
            stop(program, folder);
        } catch (IOException e) {
            LOG.warn("the database in {} was not stopped cleanly; it recovers at its next start", folder.root, e);
        }
    }

    /** How often it ended while it was in use, and was started again. Any thread. */
    public int restartCount() {
        return supervisor.restartCount();
    }

    /** With the settings that it had: on a full disk nothing could be written in their place. Why it does not start; empty when it runs. */
    private String startAgain() throws IOException {
        PostgresProgram.Result result = pgCtlStart(program, folder);
        if (!result.succeeded()) {
            return folder.logTail(8)
                    .lines()
                    .filter(line -> line.contains("FATAL") || line.contains("PANIC"))
                    .reduce("see its log, " + folder.log, (_, last) -> last);
        }
        long pid = runningPid(folder).orElseThrow(() -> new IOException("it left no postmaster.pid"));
        guard.close();
        guard = OrphanGuard.of(pid);
        return "";
    }

    private static LocalPostgres startLocked(
            PostgresFolder folder, FileChannel lock, Reach reach, Consumer<String> progress) throws IOException {
        Path binaries = PostgresBinaries.unpack(folder, progress);
        PostgresProgram program = new PostgresProgram(binaries, folder);
        settleLeftover(program, folder, progress);
        String password = folder.password();
        if (Files.notExists(folder.cluster)) {
            progress.accept("creating the database (first start only)");
            create(program, folder);
        }
        trimLog(folder);
        int port = startOnFreePort(program, folder, reach);
        long pid = runningPid(folder).orElseThrow(() -> new IOException("the server left no postmaster.pid"));
        OrphanGuard guard = OrphanGuard.of(pid);
        PostgresBinaries.deleteOthers(folder, binaries);
        DatabaseAddress address =
                new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
        return new LocalPostgres(folder, program, lock, address, guard);
    }

    /** A server that outlived its JVM is stopped; the note of one that is long gone is removed. */
    private static void settleLeftover(PostgresProgram program, PostgresFolder folder, Consumer<String> progress)
            throws IOException {
        Optional<Long> pid = runningPid(folder);
        if (pid.isPresent()) {
            progress.accept("stopping a database server left over from a crash");
            LOG.info("stopping the PostgreSQL left over from a crash, process {}", pid.get());
            stop(program, folder);
        } else {
            // Its number may meanwhile be another program's, which would make the server refuse to start.
            Files.deleteIfExists(folder.cluster.resolve("postmaster.pid"));
        }
    }

    private static void stop(PostgresProgram program, PostgresFolder folder) throws IOException {
        for (String mode : List.of("fast", "immediate")) {
            PostgresProgram.Result result =
                    program.run("pg_ctl", "stop", "-D", folder.cluster.toString(), "-m", mode, "-w", "-t", "15");
            if (result.succeeded() || runningPid(folder).isEmpty()) {
                return;
            }
            LOG.warn("PostgreSQL did not stop in mode {}: {}", mode, result.output());
        }
        throw new IOException(
                "PostgreSQL, process " + runningPid(folder).orElse(0L) + ", does not stop; end it by hand");
    }

    private static void create(PostgresProgram program, PostgresFolder folder) throws IOException {
        Path part = folder.root.resolve("cluster.part");
        PostgresFolder.deleteTree(part);
        // The built-in locale sorts the same on every machine, whatever its C library.
        PostgresProgram.Result result = program.run(
                "initdb",
                "--pgdata=" + part,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + folder.passwordFile,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8");
        if (!result.succeeded()) {
            throw new DatabaseStartException("initdb failed: " + result.output());
        }
        Files.writeString(part.resolve("postgresql.conf"), "\ninclude 'terrane.conf'\n", StandardOpenOption.APPEND);
        Files.move(part, folder.cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    private static int startOnFreePort(PostgresProgram program, PostgresFolder folder, Reach reach) throws IOException {
        String said = "";
        for (int attempt = 0; attempt < PORT_ATTEMPT_COUNT; attempt++) {
            int port = freePort();
            Files.writeString(folder.cluster.resolve("terrane.conf"), settings(port, reach) + reach.rules(folder));
            PostgresProgram.Result result = pgCtlStart(program, folder);
            if (result.succeeded()) {
                return port;
            }
            said = result.output();
        }
        throw new DatabaseStartException("PostgreSQL did not start: " + said + "\nThe end of its log, " + folder.log
                + ":\n" + folder.logTail(8));
    }

    private static PostgresProgram.Result pgCtlStart(PostgresProgram program, PostgresFolder folder)
            throws IOException {
        return program.run(
                "pg_ctl", "start", "-D", folder.cluster.toString(), "-l", folder.log.toString(), "-w", "-t", "60");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /**
     * Written anew at each start. The world lives in memory, but each durable command is a few rows: buffers and log are large enough that a backend seldom has to write for
     * others, and that pages are not logged whole too often after a checkpoint. What lanes have done with is swept up every few seconds, so that they live on the same few
     * pages. What is written goes to the disk soon and in small pieces: commits would wait behind large ones.
     */
    private static String settings(int port, Reach reach) {
        return """
                listen_addresses = '%s'
                unix_socket_directories = ''
                port = %s
                max_connections = %s
                shared_buffers = '256MB'
                wal_buffers = '16MB'
                max_wal_size = '1GB'
                backend_flush_after = '256kB'
                autovacuum_naptime = '5s'
                wal_level = minimal
                max_wal_senders = 0
                io_method = sync
                jit = off
                log_timezone = 'UTC'
                log_min_messages = warning
                """.formatted(reach.addresses(), Integer.toString(port), Integer.toString(reach.connectionCountMax));
    }

    private static void trimLog(PostgresFolder folder) throws IOException {
        if (Files.exists(folder.log) && Files.size(folder.log) > LOG_BYTES_KEPT) {
            Files.move(folder.log, folder.root.resolve("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The live server on this folder's data, by the number that it noted; a reused number is told by the program behind it. */
    private static Optional<Long> runningPid(PostgresFolder folder) throws IOException {
        Path file = folder.cluster.resolve("postmaster.pid");
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                            // A zombie shows no program: it is not a server any more.
                            .filter(process ->
                                    process.info().command().orElse("").contains("postgres"))
                            .map(ProcessHandle::pid);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
