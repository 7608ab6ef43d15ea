package dev.terrane.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * A TCP connection. It is closed in one direction first, so that nothing the client still sends can make the system reset the connection and throw away the last message, which says why:
 *
 * <pre>
 *   Error ─► TLS' close_notify ─► FIN ─► the client's FIN, or the cut
 * </pre>
 */
final class TcpWire implements Wire {
    private final ChannelHandlerContext context;

    /** @param context behind TLS, if there is TLS */
    TcpWire(ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public ChannelHandlerContext frames() {
        return context;
    }

    @Override
    public int writeHead(ByteBuf buffer, int messageBytes) {
        return LengthHead.write(buffer, messageBytes);
    }

    /** No codes here: the Error before it says why. */
    @Override
    public void close(int code, String reason) {
        context.executor().execute(this::finish);
    }

    private void finish() {
        SslHandler tls = tls();
        if (tls != null) {
            context.flush(); // what is said after close_notify is lost
            tls.closeOutbound();
        }
        last(tls).writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> sayNoMore());
    }

    /** What still waits would be lost, so only when nothing does. */
    private void sayNoMore() {
        Channel channel = context.channel();
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        } else {
            channel.close();
        }
    }

    /** Past TLS, which would wait to say close_notify to somebody who does not read. */
    @Override
    public void cut() {
        last(tls()).close();
    }

    private @Nullable SslHandler tls() {
        return context.pipeline().get(SslHandler.class);
    }

    /** Of whom nobody but the socket hears. */
    private ChannelHandlerContext last(@Nullable SslHandler tls) {
        return tls == null ? context : context.pipeline().context(tls);
    }
}
