package dev.terrane.postgres;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that saves checkpoints until somebody kills it, printing each tick that is safe. */
final class CrashingServer {
    private CrashingServer() {}

    public static void main(String[] arguments) {
        LocalPostgres server = LocalPostgres.start(Path.of(arguments[0]));
        PostgresStore store = PostgresStore.open(server.address());
        CellId cell = cell(arguments[1]);
        long epoch = store.grants().grant(cell, Worlds.NODE).epoch();
        for (long tick = 1; ; tick++) {
            store.checkpoints().save(Worlds.checkpoint(cell, epoch, tick));
            System.out.println(tick);
        }
    }

    static CellId cell(String world) {
        return new CellId(new WorldId(world), RegionId.ORIGIN, 0);
    }

    /** Starts it in a JVM of its own and reads until it has saved some checkpoints. */
    static Process runUntilSaved(Path dataDir, String world, long tickCount) throws IOException {
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingServer.class.getName(),
                        dataDir.toString(),
                        world))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        @SuppressWarnings("resource") // closed with the process
        BufferedReader lines = child.inputReader();
        for (long tick = 0; tick < tickCount; ) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the server in the other JVM ended by itself");
            }
            tick = line.matches("[0-9]+") ? Long.parseLong(line) : tick;
        }
        return child;
    }
}
