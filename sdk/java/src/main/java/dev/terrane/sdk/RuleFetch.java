package dev.terrane.sdk;

import dev.terrane.rule.CompiledRule;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks a server for a world's movement rule. Clients of one process that get the same bytes share the code that is made of them. */
final class RuleFetch {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    /** Worlds that one process plays in at a time; of more, those that were asked for longest ago are compiled again. */
    private static final int COMPILED_COUNT_MAX = 8;

    /** By the hash of the module. */
    private static final Map<String, CompiledRule> COMPILED = new LinkedHashMap<>(COMPILED_COUNT_MAX, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompiledRule> eldest) {
            return size() > COMPILED_COUNT_MAX;
        }
    };

    private RuleFetch() {}

    static String path(String world) {
        return "/api/v1/worlds/"
                + URLEncoder.encode(world, StandardCharsets.UTF_8).replace("+", "%20") + "/rule.wasm";
    }

    /**
     * Empty for a world without a rule. Fails with an IOException that says what the server answered, or with a {@link dev.terrane.rule.RuleRefusedException}.
     * The answer comes on a thread of its own: to compile a rule takes some hundred milliseconds the first time.
     */
    static CompletableFuture<Optional<CompiledRule>> fetch(HttpClient http, URI url) {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(TIMEOUT).GET().build();
        return http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), CompiledRule.BYTES_MAX))
                .thenCompose(RuleFetch::read)
                .thenApplyAsync(
                        module -> module.map(bytes -> compiled(url, bytes)),
                        command -> Thread.ofVirtual().name("terrane-rule").start(command));
    }

    private static CompletableFuture<Optional<byte[]>> read(HttpResponse<byte[]> response) {
        return switch (response.statusCode()) {
            case OK -> CompletableFuture.completedFuture(Optional.of(response.body()));
            case NOT_FOUND -> CompletableFuture.completedFuture(Optional.empty());
            default ->
                CompletableFuture.failedFuture(new IOException(response.uri() + " answered " + response.statusCode()));
        };
    }

    /** One at a time: of a fleet that comes at once, one compiles and the others have it then. */
    private static CompiledRule compiled(URI url, byte[] module) {
        synchronized (COMPILED) {
            return COMPILED.computeIfAbsent(hash(module), _ -> CompiledRule.load(url.toString(), module));
        }
    }

    private static String hash(byte[] module) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(module));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
