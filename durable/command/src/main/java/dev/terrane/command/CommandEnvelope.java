package dev.terrane.command;

/**
 * One command on its way (H5). Immutable: nobody changes {@code payload}.
 *
 * @param type name of a {@link CommandType}
 * @param key what it is about, at most {@link CommandLimits#KEY_CHARS_MAX} characters; chosen by the type's rule
 * @param payload JSON, at most {@link CommandLimits#PAYLOAD_BYTES_MAX} bytes
 */
public record CommandEnvelope(String type, int version, String key, Origin origin, Trace trace, byte[] payload) {

    /**
     * Who asks, under which number. The same origin, type and key again is the same wish again, and gets the same result.
     *
     * @param clientId {@code character:<uuid>}, {@code service:<name>}, {@code cell:<world>}, {@code job:<plugin>} or {@code admin:<name>}; set by the server, never by the client
     * @param requestId chosen by the client, unique among its own; 1 to {@link CommandLimits#REQUEST_ID_CHARS_MAX} characters
     */
    public record Origin(String clientId, String requestId) {}

    /**
     * For logs and traces (H10): decides nothing.
     *
     * @param eventId names this sending; another for each try of the client
     * @param correlationId of the first command in a chain of them
     * @param causationId event that made the producer send it; empty if a client did
     * @param producer node or service
     * @param atMillis Unix time of its sending
     */
    public record Trace(String eventId, String correlationId, String causationId, String producer, long atMillis) {}

    /** Under which its effect is recorded. */
    public IdempotencyKey idempotencyKey() {
        return IdempotencyKey.of(origin.clientId(), origin.requestId(), type, key);
    }

    /** Tells another payload under the same request id. */
    public long payloadHash() {
        return IdempotencyKey.hash(payload);
    }
}
