package dev.terrane.sdk;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.ErrorCode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One TCP connection: each message behind its length, 4 bytes, little-endian.
 *
 * <p><b>Threading.</b> {@link #run} is the reading thread's until the end; a thread of its own writes what {@link #send} leaves.
 */
final class TcpLine implements Transport.Line {
    /** How long the server may take to hang up after we have. */
    private static final long CLOSE_MILLIS_MAX = 2_000;

    private static final int BUFFER_BYTES = 16 * 1024;
    /** Stands for "hang up": no message is empty. */
    private static final byte[] LAST = {};

    private final Socket plain;
    private final Socket socket;
    private final int messageBytesMax;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING_COUNT_MAX);
    /** For who waits until more may be read. */
    private final Semaphore room = new Semaphore(0);

    private final CountDownLatch over = new CountDownLatch(1);

    /** @param socket over {@code plain}, or the same */
    TcpLine(Socket plain, Socket socket, int messageBytesMax) {
        this.plain = plain;
        this.socket = socket;
        this.messageBytesMax = messageBytesMax;
    }

    /** Reads until the end and tells of it. */
    void run(Transport.Ears ears) {
        Thread writer = Thread.ofVirtual().name("terrane-tcp-write").unstarted(() -> write(ears));
        try {
            if (ears.opened(this)) {
                writer.start();
                read(ears);
            }
        } catch (EOFException end) {
            ears.ended(ErrorCode.NONE, "the server closed the connection");
        } catch (IOException e) {
            ears.ended(ErrorCode.NONE, Failures.reasonOf(e));
        } catch (RuntimeException e) {
            ears.ended(ErrorCode.MALFORMED, "cannot follow the server: " + e);
        } finally {
            over.countDown();
            writer.interrupt();
        }
    }

    private void read(Transport.Ears ears) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
        byte[] message = new byte[4096];
        while (true) {
            int length = Integer.reverseBytes(in.readInt());
            if (length <= 0 || length > messageBytesMax) {
                throw new MalformedBytesException(
                        "a message of %d bytes is none, or longer than %d; is this a port for tcp:// and tls://?"
                                .formatted(Integer.toUnsignedLong(length), messageBytesMax));
            }
            if (length > message.length) {
                message = new byte[Math.min(messageBytesMax, Math.max(length, message.length * 2))];
            }
            in.readFully(message, 0, length);
            if (!ears.heard(message, length)) {
                room.acquireUninterruptibly();
            }
        }
    }

    @Override
    public boolean send(byte[] message) {
        return waiting.offer(message);
    }

    @Override
    public void more() {
        room.release();
    }

    private void write(Transport.Ears ears) {
        try {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
            byte[] next = waiting.take();
            while (next != LAST) {
                writeFramed(out, next);
                byte[] more = waiting.poll();
                if (more == null) {
                    out.flush(); // what waits together goes together
                    more = waiting.take();
                }
                next = more;
            }
            out.flush();
            socket.shutdownOutput();
        } catch (InterruptedException ended) {
            // Nobody is there any more to write to.
        } catch (IOException e) {
            ears.ended(ErrorCode.NONE, Failures.reasonOf(e));
        }
    }

    private static void writeFramed(OutputStream out, byte[] message) throws IOException {
        int length = message.length;
        out.write(length);
        out.write(length >>> 8);
        out.write(length >>> 16);
        out.write(length >>> 24);
        out.write(message);
    }

    /** Hangs up first and lets the server hang up, too: a connection that is closed with bytes unread is reset, and what was sent last may be lost by that. */
    @Override
    public void close(String reason) {
        boolean queued = waiting.offer(LAST);
        Thread.ofVirtual().name("terrane-tcp-close").start(() -> {
            try {
                if (!queued || !over.await(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
                    plain.close(); // not by TLS, which would wait for who is stuck in writing
                }
            } catch (InterruptedException | IOException e) {
                // It is closed as far as that goes.
            }
        });
    }
}
