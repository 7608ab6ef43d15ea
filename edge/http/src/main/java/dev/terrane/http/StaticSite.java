package dev.terrane.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The static files, read once at start: what is asked for is looked up by its whole path, so no request can reach anything else on the
 * disk, and no request waits for it. Immutable; any loop may ask.
 */
final class StaticSite {
    /** A page with its engine has some MiB; more than this is a wrong folder. */
    static final long BYTES_MAX = 256L << 20;

    private static final String INDEX = "index.html";

    private final Map<String, SiteFile> files;

    private StaticSite(Map<String, SiteFile> files) {
        this.files = Map.copyOf(files);
    }

    /** @throws UncheckedIOException when a folder is missing or cannot be read */
    static StaticSite read(List<SiteRoot> roots) {
        Map<String, SiteFile> files = new HashMap<>();
        long bytes = 0;
        for (SiteRoot root : roots) {
            try {
                bytes += readRoot(root, files);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "the folder %s for %s cannot be served: %s"
                                .formatted(root.folder(), root.mount(), e.getMessage()),
                        e);
            }
            if (bytes > BYTES_MAX) {
                throw new UncheckedIOException(
                        new IOException("%s holds more than %d MiB of files; is it the folder of a page?"
                                .formatted(root.folder(), BYTES_MAX >> 20)));
            }
        }
        return new StaticSite(files);
    }

    /** Null when there is no such file. A path that ends with a slash means the index.html there. */
    @Nullable
    SiteFile find(String path) {
        return files.get(path.endsWith("/") ? path + INDEX : path);
    }

    /** A folder that was asked for without its slash: relative links in its page would miss. */
    boolean isFolder(String path) {
        return files.containsKey(path + "/" + INDEX);
    }

    int fileCount() {
        return files.size();
    }

    private static long readRoot(SiteRoot root, Map<String, SiteFile> files) throws IOException {
        if (!root.folder().startsWith(SiteRoot.CLASSPATH)) {
            return readFolder(Path.of(root.folder()), root.mount(), files);
        }
        String name = root.folder().substring(SiteRoot.CLASSPATH.length());
        URI index = resource((name.endsWith("/") ? name : name + "/") + INDEX);
        if (!index.getScheme().equals("jar")) {
            return readFolder(folderOf(Path.of(index)), root.mount(), files);
        }
        try (FileSystem jar = FileSystems.newFileSystem(index, Map.of())) {
            return readFolder(folderOf(jar.provider().getPath(index)), root.mount(), files);
        }
    }

    private static URI resource(String name) throws IOException {
        URL found = StaticSite.class.getClassLoader().getResource(name);
        if (found == null) {
            throw new IOException("no resource " + name + " on the classpath");
        }
        try {
            return found.toURI();
        } catch (URISyntaxException e) {
            throw new IOException("resource " + name + " has an odd address", e);
        }
    }

    private static Path folderOf(Path index) throws IOException {
        Path folder = index.getParent();
        if (folder == null) {
            throw new IOException(index + " lies in no folder");
        }
        return folder;
    }

    private static long readFolder(Path folder, String mount, Map<String, SiteFile> files) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("not a directory");
        }
        long bytes = 0;
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String relative = folder.relativize(path).toString().replace('\\', '/');
                // Links are not followed: one to a secret would publish it. Dot files are never meant for the public.
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !isHidden(relative)) {
                    byte[] content = Files.readAllBytes(path);
                    bytes += content.length;
                    files.put(mount + relative, SiteFiles.of(relative, content));
                }
                if (bytes > BYTES_MAX) {
                    return bytes;
                }
            }
        }
        return bytes;
    }

    private static boolean isHidden(String relative) {
        return relative.startsWith(".") || relative.contains("/.");
    }
}
