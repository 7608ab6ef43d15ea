package dev.terrane.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

/** What one of the door's two ways in does differently beneath a {@link SocketLink}. Its loop's thread only. */
interface Wire {
    /** Room to leave in front of a message for {@link #writeHead}. */
    int HEAD_BYTES_MAX = FrameHead.BYTES_MAX;

    /** Finished frames are written from here: nobody between this and the socket changes them, but for TLS. */
    ChannelHandlerContext frames();

    /**
     * Writes what goes before a message so that it ends at {@link #HEAD_BYTES_MAX}, and returns where it begins.
     *
     * @param messageBytes of the whole message, wherever it stands
     */
    int writeHead(ByteBuf buffer, int messageBytes);

    /** Ends the connection once everything before has been sent; whoever gave it a session is told later, not from inside this call. */
    void close(int code, String reason);

    /** Ends it now, whatever waits. */
    void cut();
}
