package dev.terrane.recorder;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.MalformedBytesException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One frame of a recording, as it stands in the bytes. Its body is made anew by each call of {@link #body}: a recording is larger than what is looked at.
 *
 * @param kind without {@link RecordingFormat#DEFLATED}
 * @param from of the whole frame in {@code bytes}, for copying it
 * @param bodyFrom of the body in {@code bytes}
 */
record Frame(
        int kind, boolean deflated, long tick, boolean continues, byte[] bytes, int from, int length, int bodyFrom) {
    /** Nothing deflates better; whoever claims more wants our memory. */
    private static final int INFLATED_FACTOR_MAX = 1032;

    boolean isBase() {
        return kind == RecordingFormat.BASE;
    }

    /** @throws MalformedBytesException if it cannot be inflated */
    ByteReader body() {
        ByteReader raw = new ByteReader(bytes, bodyFrom, from + length - bodyFrom);
        if (!deflated) {
            return raw;
        }
        int size = raw.varuint();
        if (size < 0 || size > RecordingFormat.FRAME_BYTES_MAX || size / INFLATED_FACTOR_MAX > raw.remaining()) {
            throw raw.malformed("a frame that claims to be " + Integer.toUnsignedString(size) + " bytes long");
        }
        byte[] body = new byte[size];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, raw.position(), raw.remaining());
            int done = 0;
            while (done < size && !inflater.finished() && !inflater.needsInput()) {
                done += inflater.inflate(body, done, size - done);
            }
            if (done != size) {
                throw raw.malformed("a frame of " + size + " bytes ends after " + done);
            }
        } catch (DataFormatException e) {
            throw raw.malformed("a frame that cannot be inflated: " + e.getMessage());
        } finally {
            inflater.end();
        }
        return new ByteReader(body);
    }
}
