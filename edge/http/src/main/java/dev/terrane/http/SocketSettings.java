package dev.terrane.http;

import java.util.List;

/**
 * Limits of one WebSocket.
 *
 * @param path where clients connect
 * @param frameBytesMax largest frame a client may send (maxWsFrameBytes)
 * @param messageBytesMax largest message, however many frames it is cut into (maxMessageBytes)
 * @param queuedBytesMax above this many unsent bytes the link is congested and frames are skipped
 * @param pingSeconds interval of the pings that keep quiet connections known to middleboxes; 0 for none
 * @param compression offer permessage-deflate: snapshots are dense already, so it costs more than it saves
 */
public record SocketSettings(
        String path, int frameBytesMax, int messageBytesMax, int queuedBytesMax, int pingSeconds, boolean compression) {

    public static SocketSettings defaults() {
        return new SocketSettings("/ws", 16 * 1024, 16 * 1024, 64 * 1024, 20, false);
    }

    void addMistakes(List<String> found) {
        Range.checkPath(found, "server.wsPath", path);
        Range.check(found, "protocolLimits.maxWsFrameBytes", frameBytesMax, 256, 1 << 20);
        Range.check(found, "protocolLimits.maxMessageBytes", messageBytesMax, 256, 4 << 20);
        Range.check(found, "protocolLimits.maxQueuedBytes", queuedBytesMax, 4 * 1024, 16 << 20);
        Range.check(found, "protocolLimits.pingSeconds", pingSeconds, 0, 3_600);
        if (messageBytesMax < frameBytesMax) {
            found.add(
                    "protocolLimits.maxMessageBytes = %d is below maxWsFrameBytes = %d: no such frame could be a message"
                            .formatted(messageBytesMax, frameBytesMax));
        }
    }
}
