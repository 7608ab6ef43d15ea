package dev.terrane.server.coordinator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets everybody through to a port of the loopback address, and counts them. */
final class CountingDoor implements AutoCloseable {
    private final ServerSocket door;
    private final int behind;
    private final AtomicInteger knocks = new AtomicInteger();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    CountingDoor(int behind) {
        this.behind = behind;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many connections have been made so far. */
    int knocks() {
        return knocks.get();
    }

    private void serve() {
        while (!door.isClosed()) {
            try {
                Socket caller = door.accept();
                knocks.incrementAndGet();
                open.add(caller);
                Socket called = new Socket(InetAddress.getLoopbackAddress(), behind);
                open.add(called);
                Thread.ofVirtual().start(() -> pass(caller, called));
                Thread.ofVirtual().start(() -> pass(called, caller));
            } catch (IOException nobodyThere) {
                // Closed, or nobody listens behind it yet: whoever came is let go with all others.
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException over) {
            // Either side has gone.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
