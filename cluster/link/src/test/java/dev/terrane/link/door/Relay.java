package dev.terrane.link.door;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A cable between two nodes that can be cut, or held so that the side that was dialled hears nothing. */
final class Relay implements AutoCloseable {
    private final ServerSocket entrance;
    private final LinkAddress exit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final List<Socket> sockets = new ArrayList<>();
    private boolean held;

    Relay(LinkAddress exit) throws IOException {
        this.exit = exit;
        this.entrance = new ServerSocket();
        entrance.setReceiveBufferSize(64 * 1024); // a held cable is full soon
        entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(this::accept);
    }

    LinkAddress address() {
        return new LinkAddress("127.0.0.1", entrance.getLocalPort());
    }

    void hold(boolean wanted) {
        lock.lock();
        try {
            held = wanted;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void cut() throws IOException {
        lock.lock();
        try {
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket dialler = entrance.accept();
                Socket dialled = new Socket(exit.host(), exit.port());
                lock.lock();
                try {
                    sockets.add(dialler);
                    sockets.add(dialled);
                } finally {
                    lock.unlock();
                }
                Thread.ofVirtual().start(() -> carry(dialler, dialled, true));
                Thread.ofVirtual().start(() -> carry(dialled, dialler, false));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void carry(Socket from, Socket to, boolean holdable) {
        byte[] bytes = new byte[16 * 1024];
        try (from;
                to) {
            int count;
            while ((count = from.getInputStream().read(bytes)) >= 0) {
                if (holdable) {
                    awaitRelease();
                }
                to.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException | InterruptedException cut) {
            // both ends are closed
        }
    }

    private void awaitRelease() throws InterruptedException {
        lock.lock();
        try {
            while (held) {
                released.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        hold(false);
        entrance.close();
        cut();
    }
}
