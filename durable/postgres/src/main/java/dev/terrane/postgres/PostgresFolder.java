package dev.terrane.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where our own server keeps its things, readable by its user only.
 *
 * <pre>
 *   data/postgres/
 *     binaries-CRC/   the unpacked server        cluster/     its data
 *     lock            held while a JVM uses it   password     of the superuser, mode 600
 *     server.log      what the server says
 * </pre>
 */
final class PostgresFolder {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_READS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ENTERS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final int PASSWORD_BYTES = 24;

    final Path root;
    final Path cluster;
    final Path passwordFile;
    final Path log;

    private PostgresFolder(Path root) {
        this.root = root;
        this.cluster = root.resolve("cluster");
        this.passwordFile = root.resolve("password");
        this.log = root.resolve("server.log");
    }

    static PostgresFolder in(Path dataDir) throws IOException {
        Path root = dataDir.toAbsolutePath().normalize().resolve("postgres");
        Files.createDirectories(root.getParent());
        if (Files.notExists(root)) {
            Files.createDirectory(root, OWNER_ENTERS);
        }
        return new PostgresFolder(root);
    }

    /** Held until the returned channel is closed or this process is gone, however it goes. */
    FileChannel lock() throws IOException {
        Path file = root.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException _) {
            // Somebody in this very process has it; the same answer as for another process.
        }
        if (lock == null) {
            channel.close();
            throw new DatabaseStartException("the database in " + root
                    + " is in use by another running server; stop that one, or give this one its own data directory");
        }
        return channel;
    }

    /** The superuser's password, made up at the first call. */
    String password() throws IOException {
        if (Files.notExists(passwordFile)) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            Path part = root.resolve("password.part");
            Files.deleteIfExists(part);
            Files.createFile(part, OWNER_READS);
            Files.writeString(part, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            Files.move(part, passwordFile);
        }
        return Files.readString(passwordFile).strip();
    }

    /** The last lines that the server wrote, for an error message. */
    String logTail(int lineCount) throws IOException {
        if (Files.notExists(log)) {
            return "(it wrote no log)";
        }
        var lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - lineCount), lines.size()));
    }

    static void deleteTree(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
