package dev.terrane.http;

import dev.terrane.gateway.TokenGate;
import dev.terrane.protocol.client.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Carries one TCP connection's messages to its gateway. Its loop's thread only.
 *
 * <pre>
 *   accepted ─► (TLS) ─► session: messages ─► closing: what still comes is thrown away ─► gone
 *                  └───► refused: told why ─┘
 * </pre>
 */
final class TcpTraffic extends ChannelInboundHandlerAdapter implements LengthReader.Receiver {
    private final TcpDoor door;
    private final GatewayLoop loop;
    private final TcpDoor.Visitor visitor;
    private final LengthReader reader;
    private @Nullable SocketLink link;
    private @Nullable DoorSession session;
    private long discardedBytes;
    private boolean ended;

    TcpTraffic(TcpDoor door, GatewayLoop loop, TcpDoor.Visitor visitor) {
        this.door = door;
        this.loop = loop;
        this.visitor = visitor;
        this.reader = new LengthReader(door.messageBytesMax(), loop.unmasked(), this);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        if (context.pipeline().get(SslHandler.class) == null) {
            begin(context);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                begin(context);
            } else {
                door.tlsFailed(visitor, handshake.cause()); // the handler of TLS closes the connection
            }
        }
    }

    private void begin(ChannelHandlerContext context) {
        ErrorCode refused = visitor.refused();
        if (refused != null) {
            tell(context, refused, visitor.why());
            return;
        }
        SocketLink own = door.link(context, loop);
        link = own;
        door.opened();
        DoorSession begun = new DoorSession(loop, own, door.meters(), door.clock(), door::closed);
        session = begun;
        TokenGate gate = door::check;
        begun.begin(
                visitor.ip(), (gateway, out, nowNanos) -> gateway.open(out, visitor.ip(), gate, nowNanos), () -> {});
    }

    /** Instead of a session. */
    void tell(ChannelHandlerContext context, ErrorCode error, String why) {
        if (link == null) {
            SocketLink own = door.link(context, loop);
            link = own;
            own.send(ErrorMessage.fatal(error, why));
            own.close(error.closeCode(), error.name());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof ByteBuf bytes) {
                reader.read(bytes);
                discard(bytes);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** A connection that is closed with bytes unread is reset, and the reset would overtake the Error. */
    private void discard(ByteBuf bytes) {
        discardedBytes += bytes.readableBytes();
        SocketLink own = link;
        if (discardedBytes > FrameGuard.DISCARDED_BYTES_MAX && own != null) {
            own.cutOff();
        }
    }

    @Override
    public void message(ByteBuffer message) {
        DoorSession own = session;
        if (own != null) {
            own.heard(message);
        }
    }

    @Override
    public void fault(ErrorCode error, String message) {
        DoorSession own = session;
        if (own != null) {
            own.reject(error, message);
        }
    }

    @Override
    public boolean closing() {
        SocketLink own = link;
        return session == null || own == null || own.closing();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        end();
    }

    /** Also of a connection that was never active. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        end();
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        reader.drop();
        try {
            DoorSession own = session;
            SocketLink told = link;
            if (own != null) {
                own.end();
            } else if (told != null) {
                told.ended();
            }
        } finally {
            door.left(visitor);
        }
    }

    /** A broken connection, or broken TLS. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        new TcpWire(context).cut();
    }
}
