package dev.terrane.http;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Prepares a file for sending: type, ETag, gzip, caching, and what its inline scripts need to be allowed to run. */
final class SiteFiles {
    /** Below it the gzip header and a second cache entry cost more than the bytes saved. */
    private static final int GZIP_BYTES_MIN = 1024;

    /** Bundlers put a hash of the content into the name: such a file never changes. */
    private static final Pattern HASHED = Pattern.compile("(?:.*/)?assets/.*-[A-Za-z0-9_-]{8,}\\.[a-z0-9.]+");

    private static final Pattern INLINE_SCRIPT = Pattern.compile(
            "<script(?![^>]*\\ssrc\\s*=)[^>]*>(.*?)</script\\s*>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("glb", "model/gltf-binary"));

    private SiteFiles() {}

    static SiteFile of(String path, byte[] content) {
        String type = typeOf(path);
        String etag = "\""
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(sha256(content))
                        .substring(0, 22) + "\"";
        String hashes = type.startsWith("text/html") ? scriptHashes(new String(content, StandardCharsets.UTF_8)) : "";
        boolean immutable = HASHED.matcher(path).matches();
        return new SiteFile(Buffer.buffer(content), gzip(type, content), type, etag, immutable, hashes);
    }

    private static String typeOf(String path) {
        int dot = path.lastIndexOf('.');
        return TYPES.getOrDefault(path.substring(dot + 1).toLowerCase(Locale.ROOT), "application/octet-stream");
    }

    private static @Nullable Buffer gzip(String type, byte[] content) {
        boolean compressible = type.startsWith("text/")
                || type.contains("json")
                || type.contains("svg")
                || type.contains("wasm")
                || type.startsWith("model/");
        if (!compressible || content.length < GZIP_BYTES_MIN) {
            return null;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.size() < content.length ? Buffer.buffer(packed.toByteArray()) : null;
    }

    /** So that a page in one file needs no {@code unsafe-inline}: exactly its own scripts may run. */
    private static String scriptHashes(String html) {
        StringBuilder sources = new StringBuilder();
        Matcher script = INLINE_SCRIPT.matcher(html);
        while (script.find()) {
            // A browser hashes the text after it has made every line end a newline.
            String text = script.group(1).replace("\r\n", "\n").replace('\r', '\n');
            String hash = Base64.getEncoder().encodeToString(sha256(text.getBytes(StandardCharsets.UTF_8)));
            sources.append(" 'sha256-").append(hash).append('\'');
        }
        return sources.toString();
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
