package dev.terrane.cell;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.StoreCopy;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A running image that is copied, but not yet encoded: the tick pays for the copy of the entities' columns and for the rest, which is small.
 *
 * <p>Any thread may have it, one at a time. It holds a copy of the cell's columns: finish it soon, or {@link #discard} it.
 */
public final class RunningDraft {
    /** The memory of a draft: used again by the cell's next one. */
    static final class Room {
        /** All parts but the entities. */
        final ByteWriter parts = new ByteWriter(1024);

        final StoreCopy store;

        Room(EntityStore of) {
            this.store = new StoreCopy(of.schema());
        }
    }

    private final CellSpec spec;
    private final long tick;
    private final int entitiesAt;
    private final AtomicReference<@Nullable Room> room;
    private final AtomicReference<@Nullable Room> home;

    /** @param entitiesAt where the entities belong among the other parts */
    RunningDraft(CellSpec spec, long tick, int entitiesAt, Room room, AtomicReference<@Nullable Room> home) {
        this.spec = spec;
        this.tick = tick;
        this.entitiesAt = entitiesAt;
        this.room = new AtomicReference<>(room);
        this.home = home;
    }

    /** The tick after which it was taken. */
    public long tick() {
        return tick;
    }

    /**
     * Encodes the entities. Once.
     *
     * @throws IllegalStateException if it was finished or discarded before
     */
    public RunningImage finish() {
        Room taken = room.getAndSet(null);
        if (taken == null) {
            throw new IllegalStateException(
                    "the draft of cell " + spec.cell() + " at tick " + tick + " was finished or discarded before");
        }
        ByteWriter out = new ByteWriter(taken.parts.size() * 2);
        out.raw(taken.parts.array(), 0, entitiesAt);
        out.i32(0);
        int start = out.size();
        taken.store.write(out);
        out.patchI32(start - 4, out.size() - start);
        out.raw(taken.parts.array(), entitiesAt, taken.parts.size() - entitiesAt);
        home.set(taken);
        return RunningFormat.image(spec, tick, out.toBytes());
    }

    /** Nobody wants it any more: its memory serves the cell's next one. */
    public void discard() {
        Room taken = room.getAndSet(null);
        if (taken != null) {
            home.set(taken);
        }
    }
}
