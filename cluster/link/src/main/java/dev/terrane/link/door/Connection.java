package dev.terrane.link.door;

import dev.terrane.base.NodeId;
import dev.terrane.link.Lane;
import dev.terrane.link.LinkEnd;
import dev.terrane.link.LinkHello;
import dev.terrane.link.LinkHost;
import dev.terrane.link.LinkInfo;
import dev.terrane.link.LinkLoss;
import dev.terrane.link.LinkMachine;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * A socket and the machine that speaks over it. Belongs to the loop.
 *
 * <p>The socket is given little more at a time than it can write, so control messages overtake data that waits, and what a slow
 * reader does not take stays in the lanes' queues, which are bounded.
 */
final class Connection implements LinkHost {
    /** Given to the socket and not written yet; control messages wait behind this much, and behind the systems' own buffers. */
    static final int UNDERWAY_BYTES_MAX = 256 * 1024;

    private final LinkLoop loop;
    private final NetSocket socket;
    private final @Nullable Dialler dialler;
    private final LinkMachine machine;
    private int underwayBytes;
    private boolean pumping;
    private boolean opened;
    private boolean gone;
    private @Nullable Throwable failure;

    /** @param dialler null when the other node has dialled */
    Connection(LinkLoop loop, NetSocket socket, NodeId certified, @Nullable Dialler dialler) {
        this.loop = loop;
        this.socket = socket;
        this.dialler = dialler;
        LinkOptions options = loop.options();
        this.machine = new LinkMachine(
                options.self(),
                certified,
                options.limits(),
                options.times(),
                this,
                options.ports().clock().nanos());
    }

    void start() {
        socket.handler(this::onBytes);
        socket.exceptionHandler(broken -> failure = broken);
        socket.closeHandler(closed -> onSocketClosed());
        pump();
    }

    LinkMachine machine() {
        return machine;
    }

    boolean opened() {
        return opened;
    }

    String who() {
        return "node " + machine.peer() + " at " + socket.remoteAddress();
    }

    void onTimer(long nowNanos) {
        machine.onTimer(nowNanos);
        pump();
    }

    void close(LinkEnd why, String text) {
        machine.close(why, text);
    }

    /** Writes what may be written, as few and as large buffers as possible. */
    void pump() {
        if (pumping || gone) {
            return;
        }
        pumping = true;
        int next;
        while (underwayBytes < UNDERWAY_BYTES_MAX && (next = machine.nextBytes()) > 0) {
            byte[] batch = loop.batch(next);
            int count = machine.take(batch);
            underwayBytes += count;
            loop.meters().batch(count);
            // A write may be over when it returns: then the next turn of this loop goes on, and nothing is nested.
            socket.write(Buffer.buffer(count).appendBytes(batch, 0, count)).onComplete(done -> onWritten(count));
        }
        pumping = false;
        // Whoever has said why waits for the other to close: a socket that is closed with bytes unread takes its last
        // words back.
        if (machine.over() && underwayBytes == 0 && machine.nextBytes() == 0) {
            closeSocket();
        }
    }

    private void onWritten(int count) {
        underwayBytes -= count;
        pump();
    }

    private void onBytes(Buffer buffer) {
        int length = buffer.length();
        byte[] chunk = loop.chunk(length);
        buffer.getBytes(0, length, chunk, 0);
        loop.meters().receivedBytes(length);
        machine.receive(chunk, 0, length, loop.options().ports().clock().nanos());
        pump();
    }

    private void onSocketClosed() {
        gone = true;
        Throwable reason = failure;
        machine.onReset(
                !opened && LinkTls.isMeantBy(reason) ? LinkEnd.TLS : LinkEnd.RESET,
                reason == null ? "the socket was closed without a word" : String.valueOf(reason.getMessage()));
        loop.onClosed(this);
    }

    private void closeSocket() {
        if (!gone) {
            gone = true;
            socket.close();
        }
    }

    @Override
    public @Nullable LinkLoss admit(LinkHello peer) {
        return loop.admit(peer);
    }

    @Override
    public void opened(LinkInfo info) {
        opened = true;
        loop.onOpened(this, info);
    }

    @Override
    public void received(Lane lane, byte[] bytes, int offset, int length) {
        loop.onMessage(machine.peer(), lane, bytes, offset, length);
    }

    @Override
    public void ended(LinkLoss loss) {
        loop.onEnded(this, loss);
        if (dialler != null) {
            dialler.onEnded();
        }
        if (!gone) {
            loop.later(LinkLoop.LAST_WORDS_MILLIS_MAX, this::closeSocket);
            pump();
        }
    }
}
