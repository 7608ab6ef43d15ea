package dev.terrane.bench.load.bots;

import java.util.ArrayList;
import java.util.List;

/**
 * What the bots are to do.
 *
 * @param port on 127.0.0.1
 * @param greets whether there is a game behind the socket; else it only sends frames, and nobody decodes
 * @param inputsPerSecond of each bot; 0 sends none
 * @param legSeconds how long a bot walks straight on
 * @param joinsPerSecond how fast they come
 * @param warmUpSeconds between the last join and the measurement
 * @param serverPid whose CPU time is measured
 */
public record BotPlan(
        int port,
        int clients,
        boolean greets,
        double inputsPerSecond,
        double legSeconds,
        int joinsPerSecond,
        int warmUpSeconds,
        int seconds,
        long serverPid) {

    public List<String> toArguments() {
        List<String> words = new ArrayList<>();
        words.add(Integer.toString(port));
        words.add(Integer.toString(clients));
        words.add(Boolean.toString(greets));
        words.add(Double.toString(inputsPerSecond));
        words.add(Double.toString(legSeconds));
        words.add(Integer.toString(joinsPerSecond));
        words.add(Integer.toString(warmUpSeconds));
        words.add(Integer.toString(seconds));
        words.add(Long.toString(serverPid));
        return words;
    }

    static BotPlan parse(String[] words) {
        return new BotPlan(
                Integer.parseInt(words[0]),
                Integer.parseInt(words[1]),
                Boolean.parseBoolean(words[2]),
                Double.parseDouble(words[3]),
                Double.parseDouble(words[4]),
                Integer.parseInt(words[5]),
                Integer.parseInt(words[6]),
                Integer.parseInt(words[7]),
                Long.parseLong(words[8]));
    }
}
