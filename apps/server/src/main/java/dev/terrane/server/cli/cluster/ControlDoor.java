package dev.terrane.server.cli.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where a running cluster takes orders from other commands: one line in, {@code KEY start NODE CLASSPATH}, with an empty class path for the one that it had, one line out, empty for done or what is in the way. On the loopback address, and only for those who can read
 * {@code cluster.json}. One order at a time.
 */
final class ControlDoor implements AutoCloseable {
    private static final int KEY_BYTES = 16;
    /** Class paths are long. */
    private static final int LINE_CHARS_MAX = 1 << 17;

    private static final int WORD_COUNT = 4;
    private static final int ASK_MILLIS_MAX = 2_000;
    private static final int ANSWER_MILLIS_MAX = 150_000;
    private static final int CALLERS_WAITING_MAX = 8;

    /** Carries an order out; on the door's thread. */
    interface Orders {
        /**
         * @param classPath of the build that it is from now on; empty: as before
         * @return empty when it is ready, otherwise what is in the way
         */
        String start(String node, String classPath) throws InterruptedException;
    }

    private final ServerSocket socket;
    private final String key;
    private final Orders orders;

    private ControlDoor(ServerSocket socket, String key, Orders orders) {
        this.socket = socket;
        this.key = key;
        this.orders = orders;
    }

    static ControlDoor open(Orders orders) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        ControlDoor door = new ControlDoor(
                new ServerSocket(0, CALLERS_WAITING_MAX, InetAddress.getLoopbackAddress()),
                HexFormat.of().formatHex(key),
                orders);
        Thread.ofPlatform().daemon().name("cluster-door").start(door::serve);
        return door;
    }

    ClusterFacts.Door where() {
        return new ClusterFacts.Door(socket.getLocalPort(), key);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket caller = socket.accept()) {
                caller.setSoTimeout(ASK_MILLIS_MAX);
                String answer = answer(line(caller));
                caller.getOutputStream().write((answer.replace('\n', '\t') + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // That caller is gone, or we are closed.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private String answer(String order) throws InterruptedException {
        String[] words = order.split(" ", WORD_COUNT); // the last one may contain some
        if (words.length != WORD_COUNT
                || !MessageDigest.isEqual(
                        words[0].getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8))) {
            return "not for you";
        }
        return words[1].equals("start") ? orders.start(words[2], words[3]) : "'" + words[1] + "' is no order";
    }

    private static String line(Socket caller) throws IOException {
        StringBuilder line = new StringBuilder();
        int next;
        while ((next = caller.getInputStream().read()) >= 0 && next != '\n' && line.length() < LINE_CHARS_MAX) {
            line.append((char) next);
        }
        return line.toString();
    }

    /**
     * Asks the door of a running cluster to start a node.
     *
     * @param classPath of the build that it is from now on; empty: as before
     * @return empty when it is ready, otherwise what is in the way
     */
    static String askToStart(ClusterFacts.Door door, String node, String classPath) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), door.port()), ASK_MILLIS_MAX);
            socket.setSoTimeout(ANSWER_MILLIS_MAX);
            socket.getOutputStream()
                    .write((door.key() + " start " + node + " " + classPath + "\n").getBytes(StandardCharsets.UTF_8));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return answer == null ? "the cluster ended meanwhile" : answer.replace('\t', '\n');
        } catch (IOException e) {
            throw new UncheckedIOException("the cluster's process does not answer", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
