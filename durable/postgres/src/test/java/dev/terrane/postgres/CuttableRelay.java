package dev.terrane.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A wire to a loopback port that can be cut: live connections break, new ones are closed at once. */
final class CuttableRelay implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> live = new ArrayList<>();
    private final int targetPort;
    private boolean cut;

    CuttableRelay(int targetPort) throws IOException {
        this.targetPort = targetPort;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    synchronized void cut() throws IOException {
        cut = true;
        for (Socket socket : live) {
            socket.close();
        }
        live.clear();
    }

    synchronized void mend() {
        cut = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException _) {
                // The listener was closed, or the target refused: the client sees a broken connection, as it should.
            }
        }
    }

    private synchronized void connect(Socket client) throws IOException {
        if (cut) {
            client.close();
            return;
        }
        Socket target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        live.add(client);
        live.add(target);
        Thread.ofVirtual().start(() -> pump(client, target));
        Thread.ofVirtual().start(() -> pump(target, client));
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // Cut: both ends are closed on the way out.
        }
    }
}
