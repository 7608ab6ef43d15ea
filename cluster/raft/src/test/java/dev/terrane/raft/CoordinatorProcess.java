package dev.terrane.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terrane.coordinator.CoordinatorState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A coordinator in a JVM of its own, until it is killed or whoever started it has ended. */
final class CoordinatorProcess {
    private static final String APPLIED = "applied ";

    private final Process process;
    private final BufferedReader output;

    private CoordinatorProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** @param arguments folder, index, shortest election time, ports */
    public static void main(String[] arguments) throws IOException {
        List<CoordinatorPeer> peers = new ArrayList<>();
        for (int i = 3; i < arguments.length; i++) {
            peers.add(new CoordinatorPeer("c" + (i - 3), "127.0.0.1", Integer.parseInt(arguments[i])));
        }
        RaftTimings timings = Peers.timings(Integer.parseInt(arguments[2]), Duration.ofSeconds(2));
        RaftSettings settings =
                Peers.settings(peers, Integer.parseInt(arguments[1]), Path.of(arguments[0]), 50, timings);
        try (RaftCoordinatorLog log = RaftCoordinatorLog.open(settings, Peers.SEGMENT_BYTES)) {
            while (System.in.read() >= 0) {
                System.out.println(APPLIED + log.<Long>read(CoordinatorState::appliedCount));
            }
        }
    }

    static CoordinatorProcess start(Path folder, int index, int electionMillisMin, List<CoordinatorPeer> peers)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                CoordinatorProcess.class.getName(),
                folder.toString(),
                Integer.toString(index),
                Integer.toString(electionMillisMin)));
        peers.forEach(peer -> command.add(Integer.toString(peer.port())));
        return new CoordinatorProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits for it to be up. */
    long appliedCount() {
        try {
            process.outputWriter(UTF_8).append('?').flush();
            String line = output.readLine();
            while (line != null && !line.startsWith(APPLIED)) {
                System.out.println("coordinator: " + line);
                line = output.readLine();
            }
            if (line == null) {
                throw new AssertionError("the coordinator's process has ended");
            }
            return Long.parseLong(line.substring(APPLIED.length()));
        } catch (IOException e) {
            throw new AssertionError("the coordinator's process does not answer", e);
        }
    }

    /** By SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
