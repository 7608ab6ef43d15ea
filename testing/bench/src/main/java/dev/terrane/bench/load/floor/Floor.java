package dev.terrane.bench.load.floor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A bare loop: sends the same number of bytes to the same number of sockets at the same cadence as a real run, one write per frame, and reads the same inputs
 * back without looking at them. One thread, direct buffers, nothing per client but its socket: a server that writes to each socket can hardly take less.
 *
 * <p>Arguments: bytes of a frame with its header, frames per second.
 */
public final class Floor {
    private static final int READ_BUFFER_BYTES = 64 * 1024;
    private static final int BACKLOG = 4096;

    private final Selector selector;
    private final ServerSocketChannel door;
    private final FloorFrame frame;
    private final long periodNanos;
    private final List<FloorClient> clients = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);

    private Floor(int frameBytes, int framesPerSecond) throws IOException {
        this.selector = Selector.open();
        this.frame = new FloorFrame(frameBytes);
        this.periodNanos = TimeUnit.SECONDS.toNanos(1) / framesPerSecond;
        this.door = ServerSocketChannel.open();
        door.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), BACKLOG);
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] arguments) throws IOException {
        Floor floor = new Floor(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println("listening " + floor.door.socket().getLocalPort());
        floor.run();
    }

    private void run() throws IOException {
        long dueNanos = System.nanoTime();
        for (int tick = 1; ; tick++) {
            dueNanos += periodNanos;
            readUntil(dueNanos);
            frame.stamp(tick, System.currentTimeMillis());
            clients.removeIf(client -> !client.send(frame));
        }
    }

    private void readUntil(long dueNanos) throws IOException {
        long remaining;
        while ((remaining = dueNanos - System.nanoTime()) > 0) {
            // A timeout of 0 would wait for ever, and half a millisecond early is not worth a spin.
            selector.select(this::ready, Math.max(1, TimeUnit.NANOSECONDS.toMillis(remaining + 500_000)));
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
                return;
            }
            FloorClient client = (FloorClient) key.attachment();
            in.clear();
            if (client.receive(in)) {
                clients.add(client);
            }
        } catch (IOException _) {
            key.cancel(); // the next write finds it out, too
        }
    }

    private void accept() throws IOException {
        SocketChannel channel;
        while ((channel = door.accept()) != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new FloorClient(channel));
        }
    }
}
