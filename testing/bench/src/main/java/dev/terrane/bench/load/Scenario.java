package dev.terrane.bench.load;

import dev.terrane.bench.load.arena.BorderArena;
import dev.terrane.bench.load.arena.CrowdArena;
import dev.terrane.bench.load.arena.RoamArena;
import dev.terrane.plugin.WorldPlugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is played, and in which world. */
public enum Scenario {
    /** All in one spot, all see all. */
    CROWD(CrowdArena.class, 10, 2) {
        @Override
        Map<String, String> world(int clients) {
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("world.partition", "single;width=1024;depth=1024");
            settings.put("snapshot.maxEntitiesPerSnapshot", "100000");
            settings.put("snapshot.maxBytesPerSnapshot", "1048576");
            return settings;
        }
    },

    /** Spread so evenly that each sees about fifty others. */
    ROAM(RoamArena.class, 10, 6) {
        @Override
        Map<String, String> world(int clients) {
            double area = clients * METRES2_PER_PLAYER;
            // Whole chunks wide, so that those of two strips lie in one grid.
            double width = CHUNK_METRES * Math.max(1, Math.round(Math.sqrt(area) / STRIPS / CHUNK_METRES));
            double depth = area / (STRIPS * width);
            return Map.of(
                    "world.partition",
                    String.format(Locale.ROOT, "strip;count=%d;width=%.1f;depth=%.1f", STRIPS, width, depth),
                    "aoi.radius",
                    "192",
                    "aoi.cellSize",
                    "200");
        }
    },

    /** Entities rush over borders while some watch. */
    BORDER(BorderArena.class, 10, 2) {
        @Override
        Map<String, String> world(int clients) {
            return Map.of(
                    "world.partition",
                    String.format(
                            Locale.ROOT,
                            "strip;count=%d;width=%.1f;depth=1024",
                            BorderArena.STRIPS,
                            BorderArena.STRIP_METRES));
        }

        @Override
        ServerWatch watch(ServerProcess server, int clients) {
            return new BorderWatch(server);
        }

        @Override
        List<Integer> steps() {
            return List.of(100);
        }

        @Override
        boolean hasFloor() {
            return false;
        }
    },

    /** Sockets that are open, and nothing else: what a connection costs by itself. */
    IDLE(RoamArena.class, 0, 1) {
        @Override
        Map<String, String> world(int clients) {
            return Map.of(
                    "world.partition",
                    "strip;count=1;width=512;depth=512",
                    "protocolLimits.idleTimeout",
                    "3600",
                    "protocolLimits.helloTimeout",
                    "300");
        }

        @Override
        ServerWatch watch(ServerProcess server, int clients) {
            return new IdleWatch(server, clients);
        }

        @Override
        List<Integer> steps() {
            return List.of(10_000);
        }

        @Override
        boolean greets() {
            return false;
        }

        @Override
        boolean hasFloor() {
            return false;
        }
    };

    /** A player sees the three by three chunks around his own, and fifty others there. */
    private static final double METRES2_PER_PLAYER = 360_000.0 / 50;

    private static final double CHUNK_METRES = 200;

    private static final int STRIPS = 4;

    private final Class<? extends WorldPlugin> arena;
    final double inputsPerSecond;
    final double legSeconds;

    Scenario(Class<? extends WorldPlugin> arena, double inputsPerSecond, double legSeconds) {
        this.arena = arena;
        this.inputsPerSecond = inputsPerSecond;
        this.legSeconds = legSeconds;
    }

    /** What its world needs beside {@link #everywhere}. */
    abstract Map<String, String> world(int clients);

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Settings of the server, except those of the process. Limits are out of the way, and nothing is left out under load. */
    Map<String, String> settings(int clients) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("world.game", game());
        settings.putAll(everywhere());
        settings.putAll(world(clients));
        return settings;
    }

    private String game() {
        try {
            return arena.getDeclaredConstructor().newInstance().name();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(arena + " has no public constructor", e);
        }
    }

    static Map<String, String> everywhere() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("world.linger", "0");
        settings.put("workers.worldWorkers", "1");
        settings.put("workers.gatewayWorkers", "1");
        settings.put("protocolLimits.maxConnections", "20000");
        settings.put("protocolLimits.helloTimeout", "60");
        settings.put("worldLimits.softMaxEntities", "1000000");
        settings.put("worldLimits.softMaxPlayers", "100000");
        settings.put("worldLimits.split.enabled", "false");
        settings.put("degradation.enabled", "false");
        settings.put("degradation.dilation.enabled", "false");
        return settings;
    }

    /** What is asked of the server while so many are connected. */
    ServerWatch watch(ServerProcess server, int clients) {
        return ServerWatch.none();
    }

    /** Whether clients join; else they only open their sockets. */
    boolean greets() {
        return true;
    }

    /** Whether a bare loop can do the same. */
    boolean hasFloor() {
        return true;
    }

    /** How many clients, unless somebody says so. */
    List<Integer> steps() {
        return List.of(100, 200, 500, 1000, 2000, 3000, 3500, 4000, 5000);
    }
}
