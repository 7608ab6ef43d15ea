package dev.terrane.protocol.client;

/** From the gateway to a player. Fields as in client.fbs; unsigned numbers keep their bits. */
public sealed interface ServerMessage extends WireMessage
        permits ServerMessage.Welcome,
                ServerMessage.ServerInfo,
                ServerMessage.ServerSnapshot,
                ServerMessage.ServerError,
                ServerMessage.CommandResult,
                ServerMessage.Event,
                ServerMessage.Unrecognised,
                GameMessage,
                Ping,
                Pong {

    /** @param schema bytes of {@link WireSchemaCodec} */
    record Welcome(
            int major,
            int minor,
            String server,
            long session,
            String resumeToken,
            String world,
            String partition,
            float chunkMetres,
            int simulationHz,
            int snapshotHz,
            float interestRadiusMetres,
            byte[] schema,
            int nextSeq)
            implements ServerMessage {
        /** Without the secret token: this may be logged. */
        @Override
        public String toString() {
            return "Welcome[session=" + session + ", world=" + world + ", partition=" + partition + ", nextSeq="
                    + nextSeq + "]";
        }
    }

    record ServerInfo(String worldId, int regionA, int regionB, int layer, long cellEpoch, long avatar)
            implements ServerMessage {}

    /**
     * A snapshot, with what its head left out because an earlier one told it.
     *
     * @param dilation simulated time per real time
     * @param shed how far the world has stepped down: 0 not at all, 1 opportunistic systems do not run, 2 rings but the nearest come half as often, 3 the heaviest
     *     cell splits; each beyond the one before
     * @param bytes hold the records, to be read with {@link SnapshotRecords}
     */
    record ServerSnapshot(
            int tick,
            int ackSeq,
            double serverTimeMillis,
            long cellEpoch,
            float dilation,
            int shed,
            long avatar,
            int ownership,
            int regionA,
            int regionB,
            int layer,
            boolean keyframe,
            byte[] bytes,
            int payloadOffset,
            int payloadLength)
            implements ServerMessage {}

    /** @param requestId of the game message it answers, or 0 */
    record ServerError(ErrorCode code, String message, boolean fatal, int retryAfterMillis, int requestId)
            implements ServerMessage {}

    /**
     * What became of a durable command.
     *
     * @param errorCode empty if {@code done}
     * @param retryAfterMillis of a refusal; 0: the same again is of no use
     * @param payload JSON, or empty
     */
    record CommandResult(
            String requestId,
            String type,
            boolean done,
            String errorCode,
            String reason,
            int retryAfterMillis,
            byte[] payload)
            implements ServerMessage {}

    /**
     * Something has happened, durably.
     *
     * @param id the same if it is told twice
     * @param payload JSON
     */
    record Event(String topic, String key, String id, byte[] payload) implements ServerMessage {}

    /** Of a newer minor version: to be ignored. */
    record Unrecognised(int type) implements ServerMessage {}
}
