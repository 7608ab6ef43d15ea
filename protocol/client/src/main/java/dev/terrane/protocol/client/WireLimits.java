package dev.terrane.protocol.client;

/**
 * How much one message may hold, checked before anything is allocated.
 *
 * @param frameBytesMax of the whole message
 * @param textBytesMax of each text in it
 * @param blobBytesMax of each byte vector in it
 */
public record WireLimits(int frameBytesMax, int textBytesMax, int blobBytesMax) {
    /** What a gateway accepts unless configured otherwise. */
    public static final WireLimits FROM_CLIENT = new WireLimits(16 * 1024, 1024, 8 * 1024);

    /** What a client accepts. */
    public static final WireLimits FROM_SERVER = new WireLimits(1024 * 1024, 4096, 1024 * 1024);

    public WireLimits {
        if (frameBytesMax < 64 || textBytesMax < 1 || blobBytesMax < 1) {
            throw new IllegalArgumentException("limits of " + frameBytesMax + ", " + textBytesMax + " and "
                    + blobBytesMax + " bytes leave no room for a message");
        }
    }
}
