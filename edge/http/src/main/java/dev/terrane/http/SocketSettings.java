package dev.terrane.http;

import java.util.List;

/**
 * Limits of one WebSocket. Compression is never offered: snapshots are dense already, and a few bytes of a client could blow up to megabytes.
 *
 * @param path where clients connect
 * @param frameBytesMax largest frame a client may send (maxWsFrameBytes)
 * @param messageBytesMax largest message, however many frames it is cut into (maxMessageBytes)
 * @param queuedBytesMax above this many unsent bytes the link is congested and frames are skipped
 * @param pingSeconds interval of the pings that keep quiet connections known to middleboxes; 0 for none
 */
public record SocketSettings(String path, int frameBytesMax, int messageBytesMax, int queuedBytesMax, int pingSeconds) {

    public static SocketSettings defaults() {
        return new SocketSettings("/ws", 16 * 1024, 16 * 1024, 64 * 1024, 20);
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
