package dev.terrane.protocol.client;

/** From the gateway to a player. Fields as in client.fbs; unsigned numbers keep their bits. */
public sealed interface ServerMessage extends WireMessage
        permits ServerMessage.Welcome,
                ServerMessage.ServerInfo,
                ServerMessage.ServerSnapshot,
                ServerMessage.ServerError,
                ServerMessage.Unrecognised,
                Command,
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

    /** @param bytes hold the payload's records, to be read with {@link RecordReader} */
    record ServerSnapshot(
            int tick,
            int ackSeq,
            double serverTimeMillis,
            long cellEpoch,
            float dilation,
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

    /** @param requestId of the command it answers, or 0 */
    record ServerError(ErrorCode code, String message, boolean fatal, int retryAfterMillis, int requestId)
            implements ServerMessage {}

    /** Of a newer minor version: to be ignored. */
    record Unrecognised(int type) implements ServerMessage {}
}
