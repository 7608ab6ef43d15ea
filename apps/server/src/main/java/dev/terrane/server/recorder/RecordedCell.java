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
    private final Health health;
    private @Nullable RecordedCell former;
    private @Nullable FileRing ring;
    /** Ticks lead on from the last base that was written. */
    private boolean leading;

    private boolean stopped;
    /** The ring could not be written: nothing is, until it is tried again. */
    private boolean paused;

    private long pausedUntilNanos;
    private long lostSeen;

    /** What all cells of a recorder share. */
    record Health(RecorderMeters meters, RecorderFaults faults) {}

    RecordedCell(RecordingHeader header, CellInputCodec codec, int baseTicks, Opening opening, Health health) {
        this.header = header;
        this.recorder = new CellRecorder(header.hashTicks(), baseTicks);
        this.writer = new RecordingWriter(codec);
        this.opening = opening;
        this.health = health;
    }

    CellTap tap() {
        return recorder;
    }

    /** The cell has started again: what its former self still has is written first. */
    RecordedCell after(RecordedCell one) {
        former = one;
        return this;
    }

    /** Writes what waits. What goes wrong with the disk pauses the recording of this cell, all else ends it; it concerns nothing else. */
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
        if (paused && health.faults.isOver(pausedUntilNanos)) {
            paused = false;
            recorder.resume();
        }
        try {
            recorder.drain(this);
        } catch (UncheckedIOException e) {
            pause(String.valueOf(e.getCause()));
        } catch (RuntimeException | Error e) { // an error of one cell must not end the recording of all
            stop(e.toString());
        }
        long lost = recorder.lostCount();
        health.meters.lost.add(lost - lostSeen);
        lostSeen = lost;
    }

    private void pause(String why) {
        health.meters.stopped.one();
        paused = true;
        leading = false;
        recorder.stop();
        closeRing();
        pausedUntilNanos = health.faults.paused(header.cell(), why);
    }

    private void stop(String why) {
        health.meters.stopped.one();
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
        if (paused) {
            base.draft().discard();
            return;
        }
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
        health.faults.resumed(header.cell());
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
        boolean appended = ring().append(frame);
        health.meters.writtenBytes.add(appended ? frame.size() : 0);
        return appended;
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
        closeRing();
        health.faults.resumed(header.cell());
    }

    private void closeRing() {
        FileRing present = ring;
        ring = null;
        if (present != null) {
            try {
                present.close();
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("cell", header.cell()).log("closing a ring went wrong: {}", e.toString());
            }
        }
    }
}
