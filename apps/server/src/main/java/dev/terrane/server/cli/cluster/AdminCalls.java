package dev.terrane.server.cli.cluster;

import dev.terrane.json.JsonTree;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Speaks as an administrator with coordinators, one after the other until one can say: the leader decides, and the others know who it is. Blocks. */
public final class AdminCalls implements AutoCloseable {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(3);
    /** Longer than a coordinator waits for the nodes that it asks. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);
    /** Not this one: it does not lead, or not yet. */
    private static final int MISDIRECTED = 421;

    private static final int SERVER_FAULT = 500;
    private static final int NOT_FOUND = 404;
    /** Lists are longer than that nowhere. */
    private static final int PAGE_COUNT_MAX = 1_000;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final List<String> bases;
    private final Supplier<String> token;

    /**
     * What a coordinator has answered.
     *
     * @param status of HTTP
     */
    public record Reply(int status, JsonTree body) {
        public boolean done() {
            return status / 100 == 2;
        }

        /** The same with another value under this key. */
        public Reply with(String key, JsonTree value) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            if (body.value() instanceof Map<?, ?> known) {
                known.forEach((name, each) -> fields.put(String.valueOf(name), each));
            }
            fields.put(key, value.value());
            return new Reply(status, new JsonTree(fields));
        }

        /** Why not, for people. */
        public String reason() {
            String reason = body.get("reason").text();
            return !reason.isEmpty()
                    ? reason
                    : status == NOT_FOUND ? "the coordinator does not know that" : "status " + status;
        }
    }

    /**
     * @param bases of the REST interface, in the order in which they are asked: {@code http://host:port/api/v1}
     * @param token for each request
     */
    public AdminCalls(List<String> bases, Supplier<String> token) {
        this.bases = List.copyOf(bases);
        this.token = token;
    }

    /** @throws ClusterUnusableException if nobody can say */
    public Reply get(String path) {
        return ask(path, null);
    }

    /** @throws ClusterUnusableException if nobody can do it */
    public Reply post(String path, Map<String, Object> body) {
        return ask(path, JsonTree.write(body));
    }

    /**
     * Everything of a long list, page by page, as if it had come at once.
     *
     * @param list name of the field that has the items
     */
    public Reply all(String path, String list) {
        List<@Nullable Object> items = new ArrayList<>();
        String next = "";
        for (int page = 0; page < PAGE_COUNT_MAX; page++) {
            String after = next.isEmpty() ? "" : (path.contains("?") ? "&" : "?") + "after=" + encoded(next);
            Reply reply = get(path + after);
            if (!reply.done()) {
                return reply;
            }
            reply.body.get(list).items().forEach(item -> items.add(item.value()));
            next = reply.body.get("next").text();
            if (next.isEmpty()) {
                return reply.with(list, new JsonTree(items));
            }
        }
        throw new ClusterUnusableException(path + " does not end");
    }

    /** For a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Reply ask(String path, @Nullable String body) {
        String last = "none of them runs";
        for (String base : bases) {
            try {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + token.get());
                if (body != null) {
                    request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
                }
                Reply reply = reply(send(request.build()));
                if (reply.status != MISDIRECTED && reply.status < SERVER_FAULT) {
                    return reply;
                }
                last = reply.reason();
            } catch (IOException e) {
                last = base + ": " + e.getMessage();
            }
        }
        throw new ClusterUnusableException("no coordinator can do it now: " + last);
    }

    private static Reply reply(HttpResponse<String> answer) {
        try {
            return new Reply(answer.statusCode(), JsonTree.read(answer.body()));
        } catch (IOException noJson) {
            return new Reply(answer.statusCode(), new JsonTree(null));
        }
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
