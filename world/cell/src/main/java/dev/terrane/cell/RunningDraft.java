package dev.terrane.cell;

import dev.terrane.bytes.ByteWriter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A running image that is copied, but not yet encoded: the tick pays for copies of columns and for the rest, which is small.
 *
 * <p>Any thread may have it, one at a time. It holds a copy of the cell's columns: finish it soon, or {@link #discard} it.
 */
public final class RunningDraft {
    private final CellSpec spec;
    private final long tick;
    private final AtomicReference<@Nullable DraftRoom> room;
    private final DraftRooms home;
    /** Of each part: how many bytes, and how many gaps, stand before its end. */
    private final int[] partEnds = new int[RunningFormat.PART_COUNT];

    private final int[] gapEnds = new int[RunningFormat.PART_COUNT];

    RunningDraft(CellSpec spec, long tick, DraftRoom room, DraftRooms home) {
        this.spec = spec;
        this.tick = tick;
        this.room = new AtomicReference<>(room);
        this.home = home;
    }

    /** The part is in the room by now. */
    void endPart(int part, DraftRoom filled) {
        partEnds[part] = filled.parts.size();
        gapEnds[part] = filled.gapCount();
    }

    /** The tick after which it was taken. */
    public long tick() {
        return tick;
    }

    /**
     * Encodes what was copied. Once.
     *
     * @throws IllegalStateException if it was finished or discarded before
     */
    public RunningImage finish() {
        DraftRoom taken = room.getAndSet(null);
        if (taken == null) {
            throw new IllegalStateException(
                    "the draft of cell " + spec.cell() + " at tick " + tick + " was finished or discarded before");
        }
        ByteWriter out = new ByteWriter(taken.parts.size() * 2);
        int from = 0;
        int gaps = 0;
        for (int part = 0; part < partEnds.length; part++) {
            out.i32(0);
            int start = out.size();
            taken.write(from, partEnds[part], gaps, gapEnds[part], out);
            out.patchI32(start - 4, out.size() - start);
            from = partEnds[part];
            gaps = gapEnds[part];
        }
        home.giveBack(taken);
        return RunningFormat.image(spec, tick, out.toBytes());
    }

    /** Nobody wants it any more: its memory serves the cell's next one. */
    public void discard() {
        DraftRoom taken = room.getAndSet(null);
        if (taken != null) {
            home.giveBack(taken);
        }
    }
}
