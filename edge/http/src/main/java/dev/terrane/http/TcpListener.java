package dev.terrane.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The port of plain TCP; connections are dealt out to the loops in turn. Opened and closed by plain threads. */
final class TcpListener {
    private final TcpDoor door;
    private final List<GatewayLoop> loops;
    private final @Nullable Supplier<SslContext> tls;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();

    private @Nullable Channel listening;

    /** @param tls null: plain TCP */
    TcpListener(TcpDoor door, List<GatewayLoop> loops, @Nullable Supplier<SslContext> tls) {
        this.door = door;
        this.loops = loops;
        this.tls = tls;
    }

    /**
     * Blocks until connections are accepted. Returns the port.
     *
     * @throws IllegalStateException when the address cannot be listened on
     */
    int listen(VertxInternal vertx, String host, int port) {
        ChannelFuture bound = new ServerBootstrap()
                .group(vertx.acceptorEventLoopGroup(), vertx.nettyEventLoopGroup())
                .channelFactory(vertx.transport().serverChannelFactory(false))
                .option(ChannelOption.SO_BACKLOG, ServerOptions.ACCEPT_BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, ServerOptions.SEND_BUFFER_BYTES)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                })
                .bind(host, port)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(
                    "cannot listen on %s:%d for TCP: %s; is another server running there? Choose another server.tcp.port"
                            .formatted(host, port, bound.cause().getMessage()),
                    bound.cause());
        }
        listening = bound.channel();
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    private void accept(Channel channel) {
        open.add(channel);
        channel.closeFuture().addListener(closed -> open.remove(channel));
        for (GatewayLoop loop : loops) {
            if (loop.context().nettyEventLoop() == channel.eventLoop()) {
                door.onConnection(loop, channel, tls);
                return;
            }
        }
        throw new IllegalStateException("a connection was given to a loop without a gateway");
    }

    /** Accepts no more. */
    void stop() {
        Channel own = listening;
        if (own != null) {
            own.close().awaitUninterruptibly();
        }
    }

    /** Waits until everybody is gone, who was told to go before, and cuts who is not within {@code grace}. */
    void close(Duration grace) {
        stop();
        long end = System.nanoTime() + grace.toNanos();
        for (Channel channel : open) {
            channel.closeFuture().awaitUninterruptibly(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        for (Channel channel : open) {
            // Past the pipeline, where TLS would wait to say close_notify.
            channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
        }
    }
}
