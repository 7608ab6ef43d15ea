package dev.terrane.http;

import dev.terrane.protocol.client.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.util.List;

/** Looks at the first bytes of a connection that should begin with TLS: who begins with something else is told so in a way that he can read, and not let in. */
final class TlsGuard extends ByteToMessageDecoder {
    private static final int TLS_HEAD_BYTES = 5;

    private final TcpTraffic traffic;

    TlsGuard(TcpTraffic traffic) {
        this.traffic = traffic;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (in.readableBytes() < TLS_HEAD_BYTES) {
            return; // TLS' own patience ends that
        }
        if (!SslHandler.isEncrypted(in, false)) {
            in.skipBytes(in.readableBytes());
            context.pipeline().remove(SslHandler.class);
            traffic.tell(
                    context.pipeline().context(traffic),
                    ErrorCode.MALFORMED,
                    "this port speaks TLS, and what you sent is none: connect by tls://");
        }
        context.pipeline().remove(this);
    }
}
