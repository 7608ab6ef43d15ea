package dev.terrane.server.cli;

import dev.terrane.json.JsonTree;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of a world at a running server, by REST. */
final class WorldTypesAtServer {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int ANSWER_BYTES_MAX = 4 << 20;
    private static final String REST = "/api/v1";

    private final String rest;

    /** @param url of the server, or of its REST interface if that is elsewhere than at {@code /api/v1} */
    WorldTypesAtServer(String url) {
        String plain = url.replaceAll("/+$", "");
        URI address = URI.create(plain);
        if (address.getHost() == null) {
            throw new UnusableException("'" + url + "' names no server; write http://host:port");
        }
        this.rest = address.getPath().isEmpty() ? plain + REST : plain;
    }

    /**
     * @param name of the world; null: the only one
     * @throws UnusableException saying what did not answer, or which worlds there are
     */
    JsonTree read(@Nullable String name) throws InterruptedException {
        List<String> worlds = get("/worlds").get("worlds").items().stream()
                .map(world -> world.get("name").text())
                .toList();
        if (worlds.isEmpty()) {
            throw new UnusableException(rest + " has no worlds; ask a gateway, or is this no server of Terrane?");
        }
        if (name == null && worlds.size() > 1) {
            throw new UnusableException(rest + " has the worlds " + worlds + "; say which: --world-name");
        }
        String world = name == null ? worlds.getFirst() : name;
        if (!worlds.contains(world)) {
            throw new UnusableException(rest + " has no world '" + world + "', but " + worlds);
        }
        return get("/worlds/" + URLEncoder.encode(world, StandardCharsets.UTF_8) + "/schema");
    }

    private JsonTree get(String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(rest + path))
                .timeout(PATIENCE)
                .build();
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpResponse<InputStream> answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(ANSWER_BYTES_MAX + 1);
                if (answer.statusCode() != 200) {
                    throw new UnusableException(rest + path + " answered " + answer.statusCode()
                            + "; is this a server of Terrane, of this release?");
                }
                if (bytes.length > ANSWER_BYTES_MAX) {
                    throw new UnusableException(
                            rest + path + " answered more than " + ANSWER_BYTES_MAX + " bytes, which no world has");
                }
                return JsonTree.read(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new UnusableException(rest + path + " cannot be read: " + why);
        }
    }
}
