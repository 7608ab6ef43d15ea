package dev.terrane.recorder;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.RunningImage;
import dev.terrane.cell.TickLog;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInputCodec;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Reads recordings: from anywhere, so nothing in them is believed before it was checked. */
final class RecordingReader {
    private static final Admission[] ADMISSIONS = Admission.values();

    private RecordingReader() {}

    /**
     * Walks the frames of one recording until it ends or is torn; returns how many bytes were good.
     *
     * @throws MalformedBytesException if it is no recording of this format at all
     */
    static int read(byte[] bytes, Consumer<Frame> reader) {
        ByteReader in = new ByteReader(bytes);
        if (in.remaining() < 8 || in.i64() != RecordingFormat.MAGIC) {
            throw in.malformed("no recording: it does not begin like one");
        }
        while (in.remaining() > RecordingFormat.PREFIX_BYTES) {
            int from = in.position();
            int length = in.i32();
            int checksum = in.i32();
            if (length < 1
                    || length > RecordingFormat.FRAME_BYTES_MAX
                    || length > in.remaining()
                    || checksum != checksum(bytes, in.position(), length)) {
                return from; // torn: the process died while it wrote
            }
            in.skip(length);
            reader.accept(frame(bytes, from, length));
        }
        return in.position();
    }

    /**
     * One frame, and nothing else.
     *
     * @throws MalformedBytesException if it is none
     */
    static Frame single(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        if (bytes.length <= RecordingFormat.PREFIX_BYTES) {
            throw in.malformed("a frame of " + bytes.length + " bytes");
        }
        int length = in.i32();
        if (length != in.remaining() - 4 || in.i32() != checksum(bytes, in.position(), length)) {
            throw in.malformed("a frame that is torn or has another checksum");
        }
        return frame(bytes, 0, length);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    private static Frame frame(byte[] bytes, int from, int length) {
        int start = from + RecordingFormat.PREFIX_BYTES;
        ByteReader in = new ByteReader(bytes, start, length);
        int kind = in.u8();
        long tick = in.varlong();
        boolean continues = in.bool();
        int plain = kind & ~RecordingFormat.DEFLATED;
        if (plain < RecordingFormat.HEADER || plain > RecordingFormat.TICK) {
            throw in.malformed("a frame of kind " + kind);
        }
        return new Frame(
                plain,
                plain != kind,
                tick,
                continues,
                bytes,
                from,
                length + RecordingFormat.PREFIX_BYTES,
                in.position());
    }

    static RunningImage image(Frame base, RecordingHeader header) {
        ByteReader in = base.body();
        byte[] state = in.rest();
        return new RunningImage(
                header.cell(),
                header.epoch(),
                header.incarnation(),
                base.tick(),
                RunningImage.FORMAT_VERSION,
                header.schemaFingerprint(),
                state);
    }

    /**
     * What a tick's frame says.
     *
     * @throws MalformedBytesException if it is no log of this world
     */
    static TickLog log(Frame frame, CellInputCodec codec) {
        ByteReader in = frame.body();
        TickLog log = new TickLog(frame.tick(), in.varlong());
        boolean imageTaken = in.bool();
        boolean failed = in.bool();
        long hash = in.i64();
        answers(log, in);
        for (int rest = in.count(2); rest > 0; rest--) {
            int end = in.count(1) + in.position();
            log.add(codec.read(in));
            if (in.position() != end) {
                throw in.malformed("a message ends at byte " + in.position() + ", not " + end);
            }
        }
        log.end(imageTaken, hash);
        if (failed) {
            log.fail();
        }
        return log;
    }

    private static void answers(TickLog log, ByteReader in) {
        int count = in.varuint();
        if (count < 0 || count > RecordingFormat.ANSWER_COUNT_MAX) {
            throw in.malformed(count + " answers");
        }
        int rest = in.count(2);
        int other = rest == 0 ? -1 : in.varuint();
        for (int i = 0; i < count; i++) {
            if (i != other) {
                log.answered(Admission.ACCEPTED);
                continue;
            }
            int answer = in.u8();
            if (answer >= ADMISSIONS.length) {
                throw in.malformed("answer " + answer + " of " + ADMISSIONS.length);
            }
            log.answered(ADMISSIONS[answer]);
            other = --rest == 0 ? -1 : in.varuint();
        }
        if (rest > 0) {
            throw in.malformed(rest + " answers to nothing");
        }
    }
}
