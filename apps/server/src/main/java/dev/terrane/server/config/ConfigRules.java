package dev.terrane.server.config;

import dev.terrane.base.WorldId;
import dev.terrane.space.Partition;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Rules that span more than one key. */
final class ConfigRules {
    private static final int SECRET_BYTES_MIN = 32;

    private ConfigRules() {}

    static void check(TerraneConfig config, List<String> mistakes) {
        TerraneConfig.Simulation rates = config.simulation();
        if (rates.simulationHz() % rates.networkSnapshotHz() != 0) {
            mistakes.add("simulation.networkSnapshotHz = %d must divide simulation.simulationHz = %d"
                    .formatted(rates.networkSnapshotHz(), rates.simulationHz()));
        }
        refused(() -> new WorldId(config.world().name()), "world.name", mistakes);
        refused(() -> Partition.parse(config.world().partition()), "world.partition", mistakes);
        TlsConfig tls = config.server().tls();
        if (tls.certFile().isEmpty() != tls.keyFile().isEmpty()) {
            mistakes.add("server.tls.certFile and server.tls.keyFile must be given together");
        }
        checkTcp(config.server(), mistakes);
        if (config.protocolLimits().maxMessageBytes() < config.protocolLimits().maxWsFrameBytes()) {
            mistakes.add("protocolLimits.maxMessageBytes must not be less than protocolLimits.maxWsFrameBytes");
        }
        for (String path : List.of(
                config.server().wsPath(),
                config.server().restPrefix(),
                config.server().metricsPath(),
                config.server().adminPrefix())) {
            if (!path.startsWith("/") || path.length() < 2 || path.endsWith("/")) {
                mistakes.add("server path '" + path + "' must start with '/', have a name and not end with '/'");
            }
        }
        if (config.degradation().calmPercent() >= config.degradation().busyPercent()) {
            mistakes.add("degradation.calmPercent = %d must be less than degradation.busyPercent = %d"
                    .formatted(
                            config.degradation().calmPercent(),
                            config.degradation().busyPercent()));
        }
        if (config.ghosts().followedMax() > config.ghosts().max()) {
            mistakes.add("ghosts.followedMax = %d must not be more than ghosts.max = %d"
                    .formatted(config.ghosts().followedMax(), config.ghosts().max()));
        }
        if (config.rewind().maxMs() > config.rewind().historyMs()) {
            mistakes.add("rewind.maxMs = %d must not be more than rewind.historyMs = %d"
                    .formatted(config.rewind().maxMs(), config.rewind().historyMs()));
        }
        checkSecret(config, mistakes);
        refused(() -> checkLink(config), "dev.link", mistakes);
        String transfers = config.cluster().transferSecret().reveal();
        if (!transfers.isEmpty() && transfers.getBytes(StandardCharsets.UTF_8).length < SECRET_BYTES_MIN) {
            mistakes.add("cluster.transferSecret must have at least " + SECRET_BYTES_MIN + " bytes");
        }
        refused(() -> TransferDestinations.parse(config.cluster().transferTo()), "cluster.transferTo", mistakes);
    }

    private static void checkLink(TerraneConfig config) {
        String environment = config.server().env();
        if (!config.dev().conditions().isNone() && !DevConfig.allowedIn(environment)) {
            throw new IllegalArgumentException(
                    "'%s' makes players' networks worse, which only a server with server.env = dev does; here it is '%s'"
                            .formatted(config.dev().link(), environment));
        }
    }

    private static void checkTcp(TerraneConfig.Server server, List<String> mistakes) {
        TcpConfig tcp = server.tcp();
        if (tcp.tls().certFile().isEmpty() != tcp.tls().keyFile().isEmpty()) {
            mistakes.add("server.tcp.tls.certFile and server.tcp.tls.keyFile must be given together");
        }
        if (tcp.plaintext() && !tcp.tls().certFile().isEmpty()) {
            mistakes.add(
                    "server.tcp.plaintext = true and server.tcp.tls.certFile exclude each other: with TLS, or without");
        }
        if (tcp.enabled()
                && !tcp.plaintext()
                && tcp.pair(server.tls()).certFile().isEmpty()
                && !loopback(server.host())) {
            mistakes.add(
                    "server.tcp.enabled with server.host = '%s' needs a certificate, in server.tcp.tls.certFile or server.tls.certFile, or players' tokens could be read on their way; "
                                    .formatted(server.host())
                            + "if TLS ends before this server, say server.tcp.plaintext: true");
        }
    }

    private static void checkSecret(TerraneConfig config, List<String> mistakes) {
        String secret = config.auth().jwt().secret().reveal();
        int bytes = secret.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < SECRET_BYTES_MIN) {
            mistakes.add(
                    "auth.jwt.secret has %d bytes, but HS256 needs at least %d".formatted(bytes, SECRET_BYTES_MIN));
        }
        if (secret.equals(TerraneConfig.Jwt.DEVELOPMENT_SECRET)
                && !loopback(config.server().host())) {
            mistakes.add(
                    "auth.jwt.secret is the built-in one, which everybody knows; with server.host = '%s' set your own "
                                    .formatted(config.server().host())
                            + "(TERRANE_AUTH_JWT_SECRET), or listen on 127.0.0.1");
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static void refused(Runnable check, String key, List<String> mistakes) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            mistakes.add(key + ": " + e.getMessage());
        }
    }
}
