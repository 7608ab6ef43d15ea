package dev.terrane.recorder;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All that is kept of one cell, put together from the files of its ring: stretches of ticks without a hole. */
public final class Recording {
    private final List<Stretch> stretches = new ArrayList<>();
    private long tornBytes;
    private int unreadableCount;

    /**
     * Ticks that follow one another, from a base on.
     *
     * @param frames bases and ticks, in order; the first is a base
     * @param headerFrame where {@code header} stands
     */
    public record Stretch(RecordingHeader header, Frame headerFrame, List<Frame> frames) {
        /** The first tick that can be carried out again. */
        public long firstTick() {
            return frames.size() > 1 ? frames.get(1).tick() : frames.getFirst().tick();
        }

        public long lastTick() {
            return frames.getLast().tick();
        }

        public int baseCount() {
            return (int) frames.stream().filter(Frame::isBase).count();
        }

        public int tickCount() {
            return frames.size() - baseCount();
        }

        public long bytes() {
            return frames.stream().mapToLong(Frame::length).sum();
        }

        boolean holds(long fromTick, long toTick) {
            return tickCount() > 0 && firstTick() <= fromTick && toTick <= lastTick();
        }
    }

    private Recording() {}

    /**
     * Files that are no recordings, or of another build's format, are left out and counted: a ring outlives builds.
     *
     * @param files of one cell, the oldest first
     * @throws MalformedBytesException if all of them are so; it says why the newest is
     */
    public static Recording of(List<byte[]> files) {
        Recording recording = new Recording();
        Builder builder = new Builder(recording.stretches);
        MalformedBytesException why = null;
        for (byte[] file : files) {
            try {
                int good = file.length == 0 ? 0 : RecordingReader.read(file, builder::take);
                recording.tornBytes += file.length - good;
            } catch (MalformedBytesException unreadable) {
                recording.unreadableCount++;
                builder.breakOff();
                why = unreadable;
            }
        }
        if (why != null && recording.stretches.isEmpty()) {
            throw why;
        }
        return recording;
    }

    /** Files that are no recordings, or written by another build. */
    public int unreadableCount() {
        return unreadableCount;
    }

    /** The oldest first. */
    public List<Stretch> stretches() {
        return stretches;
    }

    /** Bytes that are no whole frames: a killed process leaves such an end. */
    public long tornBytes() {
        return tornBytes;
    }

    /** The newest stretch that has all of these ticks. */
    public Optional<Stretch> holding(long fromTick, long toTick) {
        return stretches.reversed().stream()
                .filter(stretch -> stretch.holds(fromTick, toTick))
                .findFirst();
    }

    /** These ticks alone, with all that a replay of them needs, as one recording: to be replayed elsewhere. */
    public static byte[] export(Stretch stretch, long fromTick, long toTick) {
        ByteWriter out = new ByteWriter(1 << 16);
        out.i64(RecordingFormat.MAGIC);
        copy(stretch.headerFrame(), out);
        List<Frame> frames = stretch.frames();
        boolean compared = false;
        for (int i = base(stretch, fromTick); i < frames.size() && !compared; i++) {
            copy(frames.get(i), out);
            // One base behind the end: to compare with, entity by entity.
            compared = frames.get(i).isBase() && frames.get(i).tick() >= toTick;
        }
        return out.toBytes();
    }

    private static void copy(Frame frame, ByteWriter out) {
        out.raw(frame.bytes(), frame.from(), frame.length());
    }

    /** Index of the last base before this tick. */
    static int base(Stretch stretch, long fromTick) {
        int found = 0;
        for (int i = 0; i < stretch.frames().size(); i++) {
            Frame frame = stretch.frames().get(i);
            if (frame.tick() >= fromTick) {
                break;
            }
            found = frame.isBase() ? i : found;
        }
        return found;
    }

    /** Puts frames together as they come. */
    private static final class Builder {
        private final List<Stretch> stretches;
        private @Nullable Frame headerFrame;
        private @Nullable RecordingHeader header;
        private @Nullable Stretch open;

        Builder(List<Stretch> stretches) {
            this.stretches = stretches;
        }

        /** Nothing that follows leads on from what was before. */
        void breakOff() {
            open = null;
            header = null;
            headerFrame = null;
        }

        void take(Frame frame) {
            RecordingHeader present = header;
            Frame presentFrame = headerFrame;
            if (frame.kind() == RecordingFormat.HEADER) {
                headerFrame = frame;
                header = RecordingHeader.read(frame.body());
            } else if (present == null || presentFrame == null) {
                throw new MalformedBytesException("a recording without a header");
            } else if (frame.isBase() && !leadsOn(frame, present)) {
                open = new Stretch(present, presentFrame, new ArrayList<>(List.of(frame)));
                stretches.add(open);
            } else if (open != null) {
                open.frames().add(frame);
            }
        }

        /** Whether the open stretch ends with the very tick that the base was taken after. */
        private boolean leadsOn(Frame base, RecordingHeader of) {
            return open != null && base.continues() && open.header().equals(of) && open.lastTick() == base.tick();
        }
    }
}
