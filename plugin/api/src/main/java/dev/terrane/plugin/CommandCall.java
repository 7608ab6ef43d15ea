package dev.terrane.plugin;

/**
 * A durable command as its handler gets it.
 *
 * @param payload the client's wish: its form is checked, its sense is not
 * @param clientId who asks: {@code character:<uuid>}, {@code service:<name>} or another; set by the server
 * @param avatar handle of the avatar that the command is about; 0 for a command about a region
 */
public record CommandCall<P extends Record>(P payload, String clientId, long avatar) {
    /** Whether a player asks, and not a service or the world itself. */
    public boolean fromPlayer() {
        return clientId.startsWith("character:");
    }
}
