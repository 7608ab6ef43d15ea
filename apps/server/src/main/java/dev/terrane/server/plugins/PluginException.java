package dev.terrane.server.plugins;

/** A plugin cannot be found or made; the message says which, where it was looked for, and what to do. */
public final class PluginException extends RuntimeException {
    PluginException(String message) {
        super(message);
    }

    PluginException(String message, Throwable cause) {
        super(message, cause);
    }
}
