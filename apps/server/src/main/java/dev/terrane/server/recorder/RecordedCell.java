package dev.terrane.server.recorder;

import dev.terrane.cell.CellTap;
import dev.terrane.cell.TickLog;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.recorder.CellRecorder;
import dev.terrane.recorder.RecordingHeader;
import dev.terrane.recorder.RecordingWriter;
import dev.terrane.ring.FileRing;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One start of a cell, and its part of the ring. {@link #tap} belongs to the cell's tick, the rest to the recorder's thread. */
final class RecordedCell implements CellRecorder.Reader {
    private static final Logger LOG = LoggerFactory.getLogger(RecordedCell.class);

    /** Opens the ring, once there is something to write. */
    interface Opening {
        FileRing open() throws IOException;
    }

    private final RecordingHeader header;
    private final CellRecorder recorder;
    private final RecordingWriter writer;
    private final Opening opening;
    private final RecorderMeters meters;
    private @Nullable RecordedCell former;
    private @Nullable FileRing ring;
    /** Ticks lead on from the last base that was written. */
    private boolean leading;

    private boolean stopped;
    private long lostSeen;

    RecordedCell(RecordingHeader header, CellInputCodec codec, int baseTicks, Opening opening, RecorderMeters meters) {
        this.header = header;
        this.recorder = new CellRecorder(header.hashTicks(), baseTicks);
        this.writer = new RecordingWriter(codec);
        this.opening = opening;
        this.meters = meters;
    }

    CellTap tap() {
        return recorder;
    }

    /** The cell has started again: what its former self still has is written first. */
    RecordedCell after(RecordedCell one) {
        former = one;
        return this;
    }

    /** Writes what waits. Whatever goes wrong ends the recording of this cell, and of nothing else. */
    void write() {
        RecordedCell before = former;
        if (before != null) {
            before.write();
            before.close();
            former = null;
        }
        if (stopped) {
            return;
        }
        try {
            recorder.drain(this);
        } catch (UncheckedIOException e) {
            stop(String.valueOf(e.getCause()));
        } catch (RuntimeException e) {
            stop(e.toString());
        }
        long lost = recorder.lostCount();
        meters.lost.add(lost - lostSeen);
        lostSeen = lost;
    }

    private void stop(String why) {
        meters.stopped.one();
        LOG.atError().addKeyValue("cell", header.cell()).log("the cell is not recorded any more: {}", why);
        close();
    }

    @Override
    public void ticked(TickLog log) {
        if (leading && !append(writer.tick(log))) {
            leading = false; // the ring holds less than what comes between two bases
            recorder.wantBase();
        }
    }

    @Override
    public void base(CellRecorder.Base base) {
        boolean anew = ring == null;
        if (ring().turn(anew || !leading)) {
            append(writer.magic());
            append(writer.header(header));
        }
        if (!append(writer.base(base.draft().finish(), base.continues() && leading))) {
            throw new IllegalStateException("a base of " + writer.size()
                    + " bytes does not fit into the ring; raise recorder.mebibytesPerCell");
        }
        leading = true;
    }

    private Ring ring() {
        return new Ring(ringOrOpen());
    }

    private FileRing ringOrOpen() {
        FileRing present = ring;
        if (present == null) {
            try {
                present = opening.open();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            ring = present;
        }
        return present;
    }

    private boolean append(RecordingWriter frame) {
        meters.writtenBytes.add(frame.size());
        return ring().append(frame);
    }

    /** The ring, for code that cannot throw what it throws. */
    private record Ring(FileRing files) {
        boolean turn(boolean anew) {
            try {
                return files.turn(anew);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean append(RecordingWriter frame) {
            try {
                return files.append(frame.bytes(), frame.size());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void close() {
        stopped = true;
        recorder.stop();
        writer.close();
        FileRing present = ring;
        if (present != null) {
            try {
                present.close();
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("cell", header.cell()).log("closing a ring went wrong: {}", e.toString());
            }
        }
    }
}
