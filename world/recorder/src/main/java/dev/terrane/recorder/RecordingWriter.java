package dev.terrane.recorder;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.cell.RunningImage;
import dev.terrane.cell.TickLog;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInputCodec;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** Makes frames, one at a time: {@link #bytes} up to {@link #size} is the last. One thread; {@link #close} gives native memory back. */
public final class RecordingWriter implements AutoCloseable {
    /** Shorter bodies are not worth the time. */
    private static final int DEFLATED_BYTES_MIN = 2048;

    private final CellInputCodec codec;
    private final ByteWriter body = new ByteWriter(1 << 12);
    private final ByteWriter message = new ByteWriter(256);
    private final ByteWriter frame = new ByteWriter(1 << 12);
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final CRC32C checksum = new CRC32C();
    private byte[] deflated = new byte[1 << 12];

    public RecordingWriter(CellInputCodec codec) {
        this.codec = codec;
    }

    public byte[] bytes() {
        return frame.array();
    }

    public int size() {
        return frame.size();
    }

    /** What every recording begins with. */
    public RecordingWriter magic() {
        frame.clear();
        frame.i64(RecordingFormat.MAGIC);
        return this;
    }

    public RecordingWriter header(RecordingHeader header) {
        header.write(body.clear());
        return frame(RecordingFormat.HEADER, 0, false);
    }

    /** @param continues every tick since the base before was recorded */
    public RecordingWriter base(RunningImage image, boolean continues) {
        body.clear();
        body.raw(image.state(), 0, image.state().length);
        return frame(RecordingFormat.BASE, image.tick(), continues);
    }

    public RecordingWriter tick(TickLog log) {
        body.clear();
        body.varlong(log.simulatedAtMillis());
        body.bool(log.imageTaken());
        body.bool(log.failed());
        body.i64(log.hash());
        answers(log);
        body.varuint(log.messages().size());
        for (CellInput each : log.messages()) {
            codec.write(each, message.clear());
            body.varuint(message.size());
            body.raw(message.array(), 0, message.size());
        }
        return frame(RecordingFormat.TICK, log.tick(), true);
    }

    /** Nearly all are the same, so only the others are written. */
    private void answers(TickLog log) {
        int others = 0;
        for (int i = 0; i < log.answerCount(); i++) {
            others += log.answer(i) == Admission.ACCEPTED ? 0 : 1;
        }
        body.varuint(log.answerCount());
        body.varuint(others);
        for (int i = 0; i < log.answerCount(); i++) {
            if (log.answer(i) != Admission.ACCEPTED) {
                body.varuint(i);
                body.u8(log.answer(i).ordinal());
            }
        }
    }

    private RecordingWriter frame(int kind, long tick, boolean continues) {
        boolean large = body.size() >= DEFLATED_BYTES_MIN;
        frame.clear();
        frame.i64(0);
        frame.u8(large ? kind | RecordingFormat.DEFLATED : kind);
        frame.varlong(tick);
        frame.bool(continues);
        if (large) {
            frame.varuint(body.size());
            deflate();
        } else {
            frame.raw(body.array(), 0, body.size());
        }
        int length = frame.size() - RecordingFormat.PREFIX_BYTES;
        checksum.reset();
        checksum.update(frame.array(), RecordingFormat.PREFIX_BYTES, length);
        frame.patchI32(0, length);
        frame.patchI32(4, (int) checksum.getValue());
        return this;
    }

    private void deflate() {
        deflater.reset();
        deflater.setInput(body.array(), 0, body.size());
        deflater.finish();
        while (!deflater.finished()) {
            int count = deflater.deflate(deflated);
            frame.raw(deflated, 0, count);
            if (count == deflated.length) {
                deflated = new byte[Math.min(1 << 16, deflated.length * 2)];
            }
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
