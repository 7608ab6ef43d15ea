package dev.terrane.link;

/**
 * How much a link takes. Queues are per connection and direction.
 *
 * @param controlMessageBytesMax of one message of the control lane
 * @param dataMessageBytesMax of one message of the data lane; it is also what a connection keeps of a message that has come in part
 * @param controlQueueBytesMax what may wait to be written, heads of frames included
 * @param dataQueueBytesMax likewise
 */
public record LinkLimits(
        int controlMessageBytesMax, int dataMessageBytesMax, int controlQueueBytesMax, int dataQueueBytesMax) {
    private static final int KIB = 1024;
    private static final int QUEUE_BYTES_MAX = 1 << 29;

    public LinkLimits {
        check("control", controlMessageBytesMax, controlQueueBytesMax);
        check("data", dataMessageBytesMax, dataQueueBytesMax);
    }

    /** 64 KiB and 1 MiB a message, 1 MiB and 8 MiB a queue. */
    public static LinkLimits defaults() {
        return new LinkLimits(64 * KIB, KIB * KIB, KIB * KIB, 8 * KIB * KIB);
    }

    int messageBytesMax(Lane lane) {
        return lane == Lane.CONTROL ? controlMessageBytesMax : dataMessageBytesMax;
    }

    int queueBytesMax(Lane lane) {
        return lane == Lane.CONTROL ? controlQueueBytesMax : dataQueueBytesMax;
    }

    private static void check(String lane, int messageBytesMax, int queueBytesMax) {
        if (messageBytesMax < 1
                || queueBytesMax > QUEUE_BYTES_MAX
                || messageBytesMax > queueBytesMax - Frames.HEAD_BYTES) {
            throw new IllegalArgumentException(
                    "a %s queue of %d bytes must hold a message of %d bytes and not exceed %d"
                            .formatted(lane, queueBytesMax, messageBytesMax, QUEUE_BYTES_MAX));
        }
    }
}
