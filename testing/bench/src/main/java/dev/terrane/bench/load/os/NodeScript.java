package dev.terrane.bench.load.os;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A script in Node.js that measures something. What it says on its error output is ours, too. */
public final class NodeScript {
    private static final long STOP_SECONDS_MAX = 5;

    private NodeScript() {}

    /**
     * Runs it to its end.
     *
     * @param node the program
     * @return what it found, in the order of its lines {@code name value}
     * @throws UnusableMachineException when Node.js cannot be started
     * @throws IllegalStateException when the script fails
     */
    public static Map<String, Double> run(String node, Path script, List<String> arguments)
            throws InterruptedException {
        // Node 20 has WebSocket on request only; newer ones do not mind.
        List<String> command = new ArrayList<>(List.of(node, "--experimental-websocket", script.toString()));
        command.addAll(arguments);
        Process process = start(command);
        try (BufferedReader output = process.inputReader()) {
            Map<String, Double> found = new LinkedHashMap<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                String[] words = line.split(" ", 2);
                found.put(words[0], Double.valueOf(words[1]));
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException("%s ended with %d".formatted(script, code));
            }
            return found;
        } catch (IOException e) {
            throw new IllegalStateException("%s cannot be heard: %s".formatted(script, e.getMessage()), e);
        } finally {
            end(process);
        }
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UnusableMachineException(
                    "Node.js, which runs the real client, cannot be started: %s. Install version 20 or newer, or point --node at it"
                            .formatted(e.getMessage()));
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
