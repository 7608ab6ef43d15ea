package dev.terrane.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the server's programs to their end. Not thread-safe. */
final class PostgresProgram {
    private static final long TIMEOUT_SECONDS = 90;

    private final Path binaries;
    private final Path output;
    private final boolean root;

    PostgresProgram(Path binaries, PostgresFolder folder) throws IOException {
        this.binaries = binaries;
        this.output = folder.root.resolve("program.log");
        this.root = Integer.valueOf(0).equals(Files.getAttribute(folder.root, "unix:uid"));
    }

    /** What a program that ran to its end said, and whether it was content. */
    record Result(boolean succeeded, String output) {}

    Result run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (root) {
            // The server refuses to run as root. In a user namespace without a mapping it sees itself, and its files,
            // as nobody's.
            Collections.addAll(command, "unshare", "--user", "--");
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        Collections.addAll(command, arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                // A file, because the server inherits the stream and would keep a pipe open.
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new DatabaseStartException("cannot run " + command.getFirst() + hint(), e);
        }
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Result(false, program + " did not end within " + TIMEOUT_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + program + " ran", e);
        }
        String said = Files.readString(output).strip();
        boolean refused = root && process.exitValue() != 0 && said.startsWith("unshare:");
        return new Result(process.exitValue() == 0, refused ? said + hint() : said);
    }

    private String hint() {
        return root
                ? "; PostgreSQL does not run as root, and user namespaces (unshare --user) are not available here: "
                        + "run as another user, or use --database-url"
                : "";
    }
}
