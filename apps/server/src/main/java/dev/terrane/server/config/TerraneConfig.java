package dev.terrane.server.config;

import java.util.List;

/** Everything an operator can decide, section by section (R13). docs/CONFIG.md is made from these annotations. */
public record TerraneConfig(
        Server server,
        World world,
        Simulation simulation,
        Aoi aoi,
        GhostsConfig ghosts,
        RewindConfig rewind,
        Snapshot snapshot,
        Workers workers,
        Ipc ipc,
        ProtocolLimits protocolLimits,
        FairPlayConfig fairplay,
        Auth auth,
        WorldLimits worldLimits,
        DegradationConfig degradation,
        CheckpointConfig checkpoint,
        CommandsConfig commands,
        RecorderConfig recorder,
        EconomyConfig economy,
        InventoryConfig inventory,
        ClusterConfig cluster,
        Database database,
        Flags flags,
        DevConfig dev,
        Log log,
        List<ModuleConfig> modules) {

    /** Where clients reach the server. */
    public record Server(
            @Key(
                    doc = "Address to listen on. Anything but a loopback address needs an own auth.jwt.secret.",
                    fallback = "127.0.0.1")
            String host,

            @Key(
                    doc = "Port of the page, WebSocket and REST. 0 takes a free one.",
                    fallback = "8080",
                    min = 0,
                    max = 65535)
            int port,

            @Key(doc = "Path of the WebSocket.", fallback = "/ws")
            String wsPath,

            @Key(doc = "Prefix of the REST interface.", fallback = "/api/v1")
            String restPrefix,

            @Key(doc = "Path of the metrics in Prometheus' text format.", fallback = "/metrics")
            String metricsPath,

            @Key(doc = "Prefix kept for administration.", fallback = "/admin")
            String adminPrefix,

            @Key(
                    doc =
                            "Origins (scheme://host:port) whose pages may connect besides the server's own; * allows all.",
                    fallback = "")
            List<String> corsOrigins,

            @Key(doc = "Believe X-Forwarded-For when it comes from a trusted proxy.", fallback = "false")
            boolean trustProxy,

            @Key(doc = "Addresses or blocks of the proxies in front of this server.", fallback = "127.0.0.0/8,::1/128")
            List<String> trustedProxies,

            @Key(doc = "Name of the environment, shown by server/info; prod: see cluster.overrides.", fallback = "dev")
            String env,

            TlsConfig tls,
            TcpConfig tcp) {}

    /** The world that is hosted. */
    public record World(
            @Key(doc = "Its name, a-z 0-9 and '-'.", fallback = "skirmish")
            String name,

            @Key(doc = "Name of the plugin that is the game.", fallback = "skirmish")
            String game,

            @Key(
                    doc =
                            "How its plane is cut: hex;columns=…;rows=…;radius=…, strip;count=…;width=…;depth=… or single;width=…;depth=…",
                    fallback = "hex;columns=4;rows=4;radius=256")
            String partition,

            @Key(doc = "Seed of the world's randomness at its first start.", fallback = "1")
            long seed,

            @Key(
                    doc = "How far beyond a border an entity stays with its old region.",
                    unit = "metres",
                    fallback = "8",
                    min = 0,
                    max = 1000)
            double borderHysteresis,

            @Key(
                    doc = "Shortest stay of an entity in a region before it may change again.",
                    unit = "ticks",
                    fallback = "20",
                    min = 0,
                    max = 10000)
            int borderCooldown,

            @Key(
                    doc = "How long an avatar stays after its connection is lost.",
                    unit = "seconds",
                    fallback = "30",
                    min = 0,
                    max = 86400)
            int linger) {}

    /** Rates of the simulation. */
    public record Simulation(
            @Key(doc = "Ticks of the simulation per second.", unit = "Hz", fallback = "20", min = 1, max = 120)
            int simulationHz,

            @Key(
                    doc = "Snapshots per second; must divide simulationHz.",
                    unit = "Hz",
                    fallback = "20",
                    min = 1,
                    max = 120)
            int networkSnapshotHz) {}

    /** Area of interest. */
    public record Aoi(
            @Key(
                    doc = "How far a client sees around its avatar.",
                    unit = "metres",
                    fallback = "200",
                    min = 8,
                    max = 10000)
            double radius,

            @Key(
                    doc =
                            "Side of an interest chunk. As wide as the radius is cheapest where some fifty are in view: neighbours in a chunk share what they are sent. Narrower ones see less of what is beyond the radius, which pays in crowds.",
                    unit = "metres",
                    fallback = "64",
                    min = 4,
                    max = 4096)
            double cellSize,

            @Key(
                    doc =
                            "Rings of equal width around an avatar. The nearest is sent in every snapshot, the next in every second, then every fourth, every eighth.",
                    fallback = "2",
                    min = 1,
                    max = 4)
            int rings) {}

    /** What a client is sent. */
    public record Snapshot(
            @Key(
                    doc = "Every slice is sent whole at least this often.",
                    unit = "seconds",
                    fallback = "10",
                    min = 1,
                    max = 3600)
            int keyframeIntervalSec,

            @Key(
                    doc =
                            "Entities updated in one snapshot of one client, nearest first; the rest follows in the next ones.",
                    fallback = "500",
                    min = 1,
                    max = 100000)
            int maxEntitiesPerSnapshot,

            @Key(
                    doc = "Size of one snapshot of one client.",
                    unit = "bytes",
                    fallback = "16384",
                    min = 1024,
                    max = 1048576)
            int maxBytesPerSnapshot) {}

    /** Threads. */
    public record Workers(
            @Key(doc = "Gateways, each with an event loop of its own.", fallback = "1", min = 1, max = 64)
            int gatewayWorkers,

            @Key(
                    doc =
                            "Threads that tick cells. A region splits into no more layers than there are, at all sims of a cluster together. 0 takes one less than there are processors, but two where there are two.",
                    fallback = "0",
                    min = 0,
                    max = 256)
            int worldWorkers,

            @Key(
                    doc = "Threads for work that waits: storing checkpoints, admitting characters.",
                    fallback = "2",
                    min = 1,
                    max = 64)
            int jobWorkers) {}

    /** Bounds of the queues inside the server. */
    public record Ipc(
            @Key(
                    doc = "Messages that wait for a cell; more are refused to the sender.",
                    unit = "messages",
                    fallback = "16384",
                    min = 64,
                    max = 1048576)
            int cellInboxMessages,

            @Key(
                    doc = "Messages that wait for a gateway; more are dropped and healed by full slices.",
                    unit = "messages",
                    fallback = "4096",
                    min = 64,
                    max = 1048576)
            int gatewayInboxMessages,

            @Key(
                    doc = "Bytes that wait for one client before its snapshots are skipped.",
                    unit = "bytes",
                    fallback = "131072",
                    min = 16384,
                    max = 16777216)
            int clientOutputBytes) {}

    /** What one client may do to the server. */
    public record ProtocolLimits(
            @Key(doc = "Largest WebSocket frame.", unit = "bytes", fallback = "4096", min = 256, max = 1048576)
            int maxWsFrameBytes,

            @Key(
                    doc = "Largest message, all frames of it together.",
                    unit = "bytes",
                    fallback = "4096",
                    min = 256,
                    max = 1048576)
            int maxMessageBytes,

            InputRate inputRate,

            @Key(doc = "Connections in all.", fallback = "2000", min = 1, max = 100000)
            int maxConnections,

            @Key(
                    doc = "Connections from one address. Not applied while server.host is a loopback address.",
                    fallback = "32",
                    min = 1,
                    max = 100000)
            int ipConnections,

            @Key(
                    doc = "Guest tokens that one address may take.",
                    unit = "tokens/minute",
                    fallback = "120",
                    min = 1,
                    max = 1000000)
            int guestsPerMinute,

            @Key(
                    doc = "Guest tokens that one address may take at once.",
                    unit = "tokens",
                    fallback = "500",
                    min = 1,
                    max = 1000000)
            int guestBurst,

            @Key(
                    doc = "A connection must say Hello within this time.",
                    unit = "seconds",
                    fallback = "5",
                    min = 1,
                    max = 300)
            int helloTimeout,

            @Key(
                    doc = "A connection that sends nothing for this long is closed.",
                    unit = "seconds",
                    fallback = "30",
                    min = 2,
                    max = 3600)
            int idleTimeout) {}

    /** Token bucket of each connection. */
    public record InputRate(
            @Key(
                    doc = "Messages per second that a client may send on average.",
                    unit = "messages/s",
                    fallback = "60",
                    min = 1,
                    max = 10000)
            int ratePerSec,

            @Key(
                    doc = "Messages that a client may send at once.",
                    unit = "messages",
                    fallback = "120",
                    min = 1,
                    max = 100000)
            int burst) {}

    /** Who may connect. */
    public record Auth(
            @Key(doc = "Give tokens to guests by POST <restPrefix>/guest.", fallback = "true")
            boolean guests,

            Jwt jwt) {}

    /** Tokens. */
    public record Jwt(
            @Key(doc = "Signature of tokens.", fallback = "HS256", oneOf = "HS256")
            String algorithm,

            @Key(
                    doc =
                            "Shared secret, at least 32 bytes. The built-in one is refused unless the server listens on loopback only.",
                    fallback = Jwt.DEVELOPMENT_SECRET)
            Secret secret,

            @Key(doc = "Issuer that a token must name.", fallback = "terrane")
            String issuer,

            @Key(doc = "How long a token is good.", unit = "seconds", fallback = "3600", min = 10, max = 2592000)
            int accessTtl,

            @Key(
                    doc =
                            "How long after its expiry a guest's token may be exchanged for a new one of the same character.",
                    unit = "seconds",
                    fallback = "604800",
                    min = 0,
                    max = 31536000)
            int refreshTtl,

            @Key(
                    doc = "How far the clocks of issuer and server may differ.",
                    unit = "seconds",
                    fallback = "30",
                    min = 0,
                    max = 300)
            int clockSkew) {
        public static final String DEVELOPMENT_SECRET = "terrane-development-secret-not-for-production";
    }

    /** When a region counts as crowded, and what is done then. */
    public record WorldLimits(
            @Key(
                    doc = "Entities of a cell above which it counts as crowded.",
                    fallback = "5000",
                    min = 1,
                    max = 1000000)
            int softMaxEntities,

            @Key(
                    doc =
                            "Avatars of a cell above which it counts as crowded. A region of which no layer has room and that cannot split any further takes no newcomers.",
                    fallback = "1000",
                    min = 1,
                    max = 100000)
            int softMaxPlayers,

            SplitTrigger splitTrigger,
            Split split,
            MergeTrigger mergeTrigger,

            @Key(
                    doc = "Layers of one region. It never has more than there are workers.",
                    fallback = "8",
                    min = 1,
                    max = 64)
            int layersMax,

            @Key(
                    doc = "Rest of a region after a split or a merge.",
                    unit = "seconds",
                    fallback = "10",
                    min = 1,
                    max = 3600)
            int cooldownSec) {}

    /** When a cell counts as overloaded. */
    public record SplitTrigger(
            @Key(
                    doc = "Limit of the slowest percent of ticks.",
                    unit = "milliseconds",
                    fallback = "40",
                    min = 1,
                    max = 10000)
            int p99TickMs,

            @Key(
                    doc = "Messages that may wait in a cell's inbox after a tick.",
                    unit = "messages",
                    fallback = "2048",
                    min = 1,
                    max = 1048576)
            int backlog,

            @Key(
                    doc = "For how many ticks in a row a cell is over one of its limits before it splits.",
                    unit = "ticks",
                    fallback = "100",
                    min = 1,
                    max = 100000)
            int consecutiveTicks) {}

    /** Whether crowds are spread over threads. */
    public record Split(
            @Key(
                    doc = "Split crowded regions into layers on different workers. Off: layers that exist merge.",
                    fallback = "true")
            boolean enabled) {}

    /** When layers merge back. */
    public record MergeTrigger(
            @Key(
                    doc = "Two layers merge when together they stay below this part of each limit.",
                    unit = "percent",
                    fallback = "50",
                    min = 1,
                    max = 90)
            int percent,

            @Key(
                    doc = "For how many ticks in a row they do, before they merge.",
                    unit = "ticks",
                    fallback = "400",
                    min = 1,
                    max = 100000)
            int consecutiveTicks) {}

    /** Where the truth is kept. */
    public record Database(
            @Key(doc = "JDBC URL of a PostgreSQL server; empty starts the embedded one.", fallback = "")
            String url,

            @Key(doc = "User at that server.", fallback = "terrane")
            String user,

            @Key(doc = "Password of that user.", fallback = "")
            Secret password,

            @Key(doc = "Folder of the embedded server and of everything else that is kept.", fallback = "data")
            String dataDir) {}

    /** Switches that can be turned while the server runs. */
    public record Flags(
            @Key(doc = "YAML file with switches: 'joins: false' lets nobody new in. Empty: none.", fallback = "")
            String path,

            @Key(doc = "Read the file again when it changes.", fallback = "true")
            boolean hotReload) {}

    /** What is written about the server's doings. */
    public record Log(
            @Key(
                    doc = "For people (pretty) or machines (json, one object a line).",
                    fallback = "pretty",
                    oneOf = {"pretty", "json"})
            String format,

            @Key(
                    doc = "Lowest level that is written.",
                    fallback = "info",
                    oneOf = {"error", "warn", "info", "debug", "trace"})
            String level) {}
}
