package dev.terrane.server.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** This process as a node of a cluster. Without coordinators it is the whole cluster, and none of this is used. */
public record ClusterConfig(
        @Key(doc = "Name of the cluster; nodes of another are refused.", fallback = "terrane")
        String name,

        @Key(doc = "Name of this node, a-z 0-9 '.' and '-'; its certificate bears it.", fallback = "node-1")
        String node,

        @Key(
                doc = "The coordinators, three or one: name=host:port:logPort, separated by commas. port is that of"
                        + " their links, logPort that of their log. Empty: this process is the whole cluster.",
                fallback = "")
        List<String> coordinators,

        @Key(doc = "Address that links listen on, and that other nodes are told.", fallback = "127.0.0.1")
        String host,

        @Key(
                doc = "Port of links; 0 takes a free one. A coordinator's is that of cluster.coordinators.",
                fallback = "0",
                min = 0,
                max = 65535)
        int port,

        @Key(
                doc = "Folder with authority.pem, and node-NAME.pem and node-NAME-key.pem for this node; with"
                        + " authority-key.pem there, too, missing ones are made. Empty: the folder certificates in"
                        + " database.dataDir, made when there is none.",
                fallback = "")
        String certificates,

        @Key(
                doc = "How often a node says that it lives.",
                unit = "milliseconds",
                fallback = "50",
                min = 10,
                max = 10000)
        int heartbeat,

        @Key(
                doc = "After this silence a node is lost and its cells go on elsewhere.",
                unit = "milliseconds",
                fallback = "250",
                min = 50,
                max = 60000)
        int silence,

        @Key(
                doc = "After this long without a leading coordinator a sim stops ticking by itself.",
                unit = "milliseconds",
                fallback = "3000",
                min = 500,
                max = 600000)
        int lease,

        @Key(
                doc = "A sim that is asked to end (SIGTERM) first waits so long for its cells to move to others; 0:"
                        + " it does not. Where nobody could take them it does not wait.",
                unit = "milliseconds",
                fallback = "10000",
                min = 0,
                max = 600000)
        int drain,

        @Key(
                doc = "Standbys: a second sim follows every cell tick by tick and takes over when its owner is lost."
                        + " Costs the simulation's CPU twice.",
                fallback = "true")
        boolean standbys,

        @Key(doc = "Sims that are waited for before cells are first dealt out.", fallback = "1", min = 1, max = 1000)
        int simsExpected,

        @Key(
                doc = "Whether administrators may stand above the plan: move and pin cells, freeze placement. auto:"
                        + " everywhere but where server.env is prod or production. Taking such a word back and"
                        + " draining nodes is always allowed. Of coordinators.",
                fallback = "auto",
                oneOf = {"auto", "on", "off"})
        String overrides,

        @Key(
                doc = "Where characters may go by a transfer token: cluster/world=http://host:port/api/v1, the REST"
                        + " address of a gateway there; separated by commas. Of gateways.",
                fallback = "")
        List<String> transferTo,

        @Key(
                doc = "Signs and checks transfer tokens: the same in all clusters that characters go between, 32"
                        + " bytes at least. Empty: auth.jwt.secret.",
                fallback = "")
        Secret transferSecret,

        @Key(doc = "How long a transfer token is good.", unit = "seconds", fallback = "60", min = 10, max = 600)
        int transferTtl) {
    private static final Set<String> PRODUCTION = Set.of("prod", "production");

    /** @param env see server.env */
    public boolean allowsOverrides(String env) {
        return switch (overrides) {
            case "on" -> true;
            case "off" -> false;
            default -> !PRODUCTION.contains(env.toLowerCase(Locale.ROOT));
        };
    }
}
