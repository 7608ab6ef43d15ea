package dev.terrane.server.cli;

import dev.terrane.server.cli.cluster.AdminCalls;
import dev.terrane.server.cli.cluster.ClusterFacts;
import dev.terrane.server.cli.cluster.CoordinatorCalls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cluster an administrator means, and who he is. Tokens come from a file or the environment: an argument could be read by everybody on the machine. */
final class AdminOptions {
    static final String URL_VARIABLE = "TERRANE_ADMIN_URL";
    static final String TOKEN_VARIABLE = "TERRANE_ADMIN_TOKEN";
    private static final String PREFIX = "/api/v1";

    @Mixin
    private ClusterOptions local = new ClusterOptions();

    @Option(
            names = "--url",
            paramLabel = "URL",
            split = ",",
            description = {
                "Coordinators, asked in this order: http://host:port, or with another prefix than /api/v1 behind it (or TERRANE_ADMIN_URL).",
                "Without it: the local cluster in --data, which needs no token."
            })
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "File with an administrator's token (or TERRANE_ADMIN_TOKEN); see terrane admin token.")
    private @Nullable Path tokenFile;

    @Option(names = "--json", description = "JSON for scripts instead of text for people.")
    private boolean json;

    boolean json() {
        return json;
    }

    /** @throws UnusableException if it is not known where or as whom */
    AdminCalls open() {
        return open(System.getenv());
    }

    AdminCalls open(Map<String, String> environment) {
        List<String> wanted = urls.isEmpty()
                ? List.of(environment.getOrDefault(URL_VARIABLE, "").split(","))
                : urls;
        List<String> bases = wanted.stream()
                .filter(url -> !url.isBlank())
                .map(url -> base(url.strip()))
                .toList();
        if (bases.isEmpty()) {
            ClusterFacts facts = ClusterFacts.running(local.folder());
            return CoordinatorCalls.local(facts, local.config(facts), System.getProperty("user.name", "operator"));
        }
        String token = token(environment);
        return new AdminCalls(bases, () -> token);
    }

    private String token(Map<String, String> environment) {
        String token;
        try {
            token = tokenFile == null
                    ? environment.getOrDefault(TOKEN_VARIABLE, "").strip()
                    : Files.readString(tokenFile).strip();
        } catch (IOException e) {
            throw new UnusableException("the token in " + tokenFile + " cannot be read: " + e.getMessage());
        }
        if (token.isEmpty()) {
            throw new UnusableException(
                    "an administrator's token is needed: --token-file FILE or TERRANE_ADMIN_TOKEN; make one with: terrane admin token");
        }
        return token;
    }

    private static String base(String url) {
        try {
            URI uri = URI.create(url);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!isWeb || uri.getHost() == null) {
                throw new UnusableException("--url must be like http://host:port, not '" + url + "'");
            }
            String path = uri.getPath().replaceAll("/+$", "");
            return uri.getScheme() + "://" + uri.getAuthority() + (path.isEmpty() ? PREFIX : path);
        } catch (IllegalArgumentException wrong) {
            throw new UnusableException("--url must be like http://host:port, not '" + url + "'");
        }
    }
}
