package dev.terrane.server.config;

import java.util.Map;

/** Where the value of each key came from, in the order of the sections: key → {@code default}, a file, a variable or a flag. */
public record Origins(Map<String, Entry> entries) {
    /** @param shown the value as it may be printed: secrets are hidden */
    public record Entry(String shown, String origin) {}
}
