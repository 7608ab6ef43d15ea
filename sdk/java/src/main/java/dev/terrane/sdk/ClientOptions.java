package dev.terrane.sdk;

import dev.terrane.conditions.LinkConditions;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;

/**
 * How to connect.
 *
 * @param url for example {@code ws://127.0.0.1:8080/ws}
 * @param others more gateways of the same cluster: whenever a connection is lost or does not come about, the next is tried, in turn with {@code url}
 * @param world empty for the server's default world
 * @param name what to call the avatar, 1 to 24 characters
 * @param token a JWT; empty: a guest token is fetched from the same server, and renewed when it is refused
 * @param http shared by many clients, which then share its threads
 * @param link a worse network than there is, made at the client's side, to see how the game feels over it
 */
public record ClientOptions(
        URI url,
        List<URI> others,
        String world,
        String name,
        String token,
        ReconnectPolicy reconnect,
        HttpClient http,
        LinkConditions link) {
    private static final String GUEST_PATH = "/api/v1/guest";

    /** A guest in the default world, with an HTTP client of its own. */
    public static ClientOptions guest(URI url, String name) {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
        return guest(url, name, http);
    }

    /** A guest in the default world. */
    public static ClientOptions guest(URI url, String name, HttpClient http) {
        return new ClientOptions(url, List.of(), "", name, "", ReconnectPolicy.DEFAULT, http, LinkConditions.NONE);
    }

    public ClientOptions {
        others = List.copyOf(others);
        requireSocket(url);
        others.forEach(ClientOptions::requireSocket);
    }

    private static void requireSocket(URI url) {
        if (!"ws".equals(url.getScheme()) && !"wss".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("'" + url + "' must be of the form ws://host:port/path or wss://…");
        }
    }

    /** Gateways to go to when the first is lost: the session is resumed there. */
    public ClientOptions withOthers(List<URI> urls) {
        return new ClientOptions(url, urls, world, name, token, reconnect, http, link);
    }

    public ClientOptions withWorld(String newWorld) {
        return new ClientOptions(url, others, newWorld, name, token, reconnect, http, link);
    }

    public ClientOptions withToken(String newToken) {
        return new ClientOptions(url, others, world, name, newToken, reconnect, http, link);
    }

    public ClientOptions withReconnect(ReconnectPolicy newPolicy) {
        return new ClientOptions(url, others, world, name, token, newPolicy, http, link);
    }

    public ClientOptions withHttp(HttpClient newHttp) {
        return new ClientOptions(url, others, world, name, token, reconnect, newHttp, link);
    }

    /** As if the network were so bad. */
    public ClientOptions withLink(LinkConditions newLink) {
        return new ClientOptions(url, others, world, name, token, reconnect, http, newLink);
    }

    boolean isGuest() {
        return token.isEmpty();
    }

    /** Where the {@code turn}th attempt goes, from 0. */
    URI url(int turn) {
        int place = Math.floorMod(turn, others.size() + 1);
        return place == 0 ? url : others.get(place - 1);
    }

    /** Where the same gateway gives guest tokens. */
    URI guestUrl(int turn) {
        URI gateway = url(turn);
        String scheme = "wss".equals(gateway.getScheme()) ? "https" : "http";
        return URI.create(scheme + "://" + gateway.getRawAuthority() + GUEST_PATH);
    }

    /** Without the token: this may be logged. */
    @Override
    public String toString() {
        return "ClientOptions[" + url + ", world=" + world + ", name=" + name + "]";
    }
}
