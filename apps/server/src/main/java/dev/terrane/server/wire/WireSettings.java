package dev.terrane.server.wire;

import dev.terrane.link.LinkHello;
import dev.terrane.link.LinkLimits;
import dev.terrane.link.LinkTimes;
import dev.terrane.link.door.LinkAddress;
import dev.terrane.link.door.LinkFiles;

/**
 * What a {@link Wire} needs to know.
 *
 * @param self how this node introduces itself; its life is the one that it registers with
 * @param listen port 0 takes a free one
 */
public record WireSettings(LinkHello self, LinkAddress listen, LinkFiles files, LinkLimits limits, LinkTimes times) {
    private static final int MIB = 1 << 20;

    /** A longer message is not sent, nor put together. */
    static final int MESSAGE_BYTES_MAX = 64 * MIB;

    /**
     * Messages as links have them usually; the control lane's queue holds the avatars of a crowded sim at once, the data lane's the base of a large cell for its standby. Room is taken when it is needed.
     */
    public static final LinkLimits LIMITS = new LinkLimits(MIB / 16, MIB, 4 * MIB, 72 * MIB);
}
