package dev.terrane.server.config;

import java.util.List;

/** The configuration cannot be used. Carries every mistake, not just the first. */
public final class ConfigException extends RuntimeException {
    private final List<String> mistakes;

    ConfigException(List<String> mistakes) {
        super(mistakes.size() + (mistakes.size() == 1 ? " mistake" : " mistakes") + " in the configuration:\n  - "
                + String.join("\n  - ", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
