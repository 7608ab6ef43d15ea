package dev.terrane.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's programs: packed in a Maven artifact of the machine's kind, unpacked once beside the data. */
final class PostgresBinaries {
    private static final String PREFIX = "binaries-";
    private static final String PART = ".part";

    private PostgresBinaries() {}

    /** The folder with {@code bin}, {@code lib} and {@code share}. A new version of the artifact gets a new folder. */
    static Path unpack(PostgresFolder folder, Consumer<String> progress) throws IOException {
        URL archive = archive();
        Path target = folder.root.resolve(PREFIX + checksum(archive));
        if (Files.notExists(target)) {
            progress.accept("unpacking PostgreSQL (first start only)");
            Path part = folder.root.resolve(target.getFileName() + PART);
            PostgresFolder.deleteTree(part);
            extract(archive, part);
            // Only a complete folder gets the name that later starts trust.
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    static void deleteOthers(PostgresFolder folder, Path used) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.root, PREFIX + "*")) {
            for (Path path : all) {
                if (!path.equals(used)) {
                    PostgresFolder.deleteTree(path);
                }
            }
        }
    }

    private static URL archive() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String system = os.contains("mac") ? "darwin" : os;
        String arch = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> System.getProperty("os.arch");
        };
        String name = "postgres-" + system + "-" + arch + ".txz";
        URL found = PostgresBinaries.class.getClassLoader().getResource(name);
        if (found == null) {
            throw new DatabaseStartException("this build carries no PostgreSQL for " + system + " on " + arch + " ("
                    + name + "); start with --database-url and a PostgreSQL of your own");
        }
        return found;
    }

    private static String checksum(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar) {
            jar.setUseCaches(false);
            try (var file = jar.getJarFile()) {
                return Long.toHexString(file.getEntry(jar.getEntryName()).getCrc());
            }
        }
        CRC32 crc = new CRC32();
        try (InputStream in = connection.getInputStream()) {
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return Long.toHexString(crc.getValue());
    }

    private static void extract(URL archive, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive.openStream(), 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("archive entry '" + entry.getName() + "' leads out of its folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true, true)) {
                        throw new IOException(path + " could not be made executable");
                    }
                }
            }
        }
    }
}
