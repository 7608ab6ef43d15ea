package dev.terrane.sdk;

import dev.terrane.conditions.LinkConditions;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How to connect.
 *
 * @param url for example {@code ws://127.0.0.1:8080/ws}, or {@code tls://play.example.org:8443} and {@code tcp://127.0.0.1:8443} for the way in without HTTP
 * @param others more gateways of the same cluster: whenever a connection is lost or does not come about, the next is tried, in turn with {@code url}
 * @param world empty for the server's default world
 * @param name what to call the avatar, 1 to 24 characters
 * @param token a JWT; empty: a guest token is fetched from the same server, and renewed when it is refused
 * @param http shared by many clients, which then share its threads
 * @param tcp what else it takes to go by {@code tcp://} or {@code tls://}
 * @param link a worse network than there is, made at the client's side, to see how the game feels over it
 * @param predict whether the own avatar is predicted while it is steered ({@link TerraneClient#steer}): by the world's movement rule, which is fetched from the server
 */
public record ClientOptions(
        URI url,
        List<URI> others,
        String world,
        String name,
        String token,
        ReconnectPolicy reconnect,
        HttpClient http,
        Tcp tcp,
        LinkConditions link,
        boolean predict) {
    private static final String GUEST_PATH = "/api/v1/guest";
    private static final Set<String> WEB_SOCKETS = Set.of("ws", "wss");
    private static final Set<String> STREAMS = Set.of("tcp", "tls");

    /**
     * For connections without HTTP.
     *
     * @param guests a server's HTTP address, {@code https://play.example.org:8080}, that gives guests their tokens, and movement rules; null: that of a WebSocket among the gateways
     * @param tls whom to believe to be the server, null: whom the platform does; the name in its certificate is compared, too
     */
    public record Tcp(@Nullable URI guests, @Nullable SSLContext tls) {
        public static final Tcp DEFAULT = new Tcp(null, null);
    }

    /** A guest in the default world, with an HTTP client of its own. */
    public static ClientOptions guest(URI url, String name) {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        return guest(url, name, http);
    }

    /** A guest in the default world. */
    public static ClientOptions guest(URI url, String name, HttpClient http) {
        return new ClientOptions(
                url, List.of(), "", name, "", ReconnectPolicy.DEFAULT, http, Tcp.DEFAULT, LinkConditions.NONE, true);
    }

    public ClientOptions {
        others = List.copyOf(others);
        requireSocket(url);
        others.forEach(ClientOptions::requireSocket);
    }

    private static void requireSocket(URI url) {
        boolean good = url.getHost() != null
                && (WEB_SOCKETS.contains(url.getScheme())
                        || STREAMS.contains(url.getScheme())
                                && url.getPort() > 0
                                && url.getRawPath().isEmpty());
        if (!good) {
            throw new IllegalArgumentException("'" + url
                    + "' must be of the form ws://host:port/path, wss://…, tls://host:port or tcp://host:port");
        }
    }

    /** Gateways to go to when the first is lost: the session is resumed there. */
    public ClientOptions withOthers(List<URI> urls) {
        return new ClientOptions(url, urls, world, name, token, reconnect, http, tcp, link, predict);
    }

    public ClientOptions withWorld(String newWorld) {
        return new ClientOptions(url, others, newWorld, name, token, reconnect, http, tcp, link, predict);
    }

    public ClientOptions withToken(String newToken) {
        return new ClientOptions(url, others, world, name, newToken, reconnect, http, tcp, link, predict);
    }

    public ClientOptions withReconnect(ReconnectPolicy newPolicy) {
        return new ClientOptions(url, others, world, name, token, newPolicy, http, tcp, link, predict);
    }

    public ClientOptions withHttp(HttpClient newHttp) {
        return new ClientOptions(url, others, world, name, token, reconnect, newHttp, tcp, link, predict);
    }

    /** For {@code tcp://} and {@code tls://}. */
    public ClientOptions withTcp(Tcp newTcp) {
        return new ClientOptions(url, others, world, name, token, reconnect, http, newTcp, link, predict);
    }

    /** For {@code tls://}: these certificates and no others; see {@link Trust#in}. */
    public ClientOptions withTls(SSLContext tls) {
        return withTcp(new Tcp(tcp.guests(), tls));
    }

    /** Whether the own avatar is predicted while it is steered. */
    public ClientOptions withPredict(boolean newPredict) {
        return new ClientOptions(url, others, world, name, token, reconnect, http, tcp, link, newPredict);
    }

    /** Where guests get their tokens and movement rules come from, for {@code tcp://} and {@code tls://}: a server's HTTP address. */
    public ClientOptions withGuestsFrom(URI rest) {
        return withTcp(new Tcp(rest, tcp.tls()));
    }

    /** As if the network were so bad. */
    public ClientOptions withLink(LinkConditions newLink) {
        return new ClientOptions(url, others, world, name, token, reconnect, http, tcp, newLink, predict);
    }

    boolean isGuest() {
        return token.isEmpty();
    }

    /** Where the {@code turn}th attempt goes, from 0. */
    URI url(int turn) {
        int place = Math.floorMod(turn, others.size() + 1);
        return place == 0 ? url : others.get(place - 1);
    }

    /**
     * Where a guest gets a token for that attempt: from the same gateway, if its address says where.
     *
     * @throws IllegalArgumentException when nothing says it
     */
    URI guestUrl(int turn) {
        return restUrl(turn, GUEST_PATH)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a guest needs a token, and '%s' does not say where to get one: withGuestsFrom does, or bring a token"
                                .formatted(url)));
    }

    /**
     * Something that a server tells by HTTP, of the gateway of that attempt, if its address says where; else of another.
     *
     * @return empty when nothing says it
     */
    Optional<URI> restUrl(int turn, String path) {
        URI gateway = url(turn);
        URI guests = tcp.guests();
        if (!WEB_SOCKETS.contains(gateway.getScheme()) && guests != null) {
            return Optional.of(URI.create(guests.getScheme() + "://" + guests.getRawAuthority() + path));
        }
        return Stream.concat(Stream.of(gateway, url), others.stream())
                .filter(each -> WEB_SOCKETS.contains(each.getScheme()))
                .findFirst()
                .map(asked -> URI.create(
                        ("wss".equals(asked.getScheme()) ? "https" : "http") + "://" + asked.getRawAuthority() + path));
    }

    /** Without the token: this may be logged. */
    @Override
    public String toString() {
        return "ClientOptions[" + url + ", world=" + world + ", name=" + name + "]";
    }
}
