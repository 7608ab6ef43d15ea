package dev.terrane.cell;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a cell's drafts, in turn: two, so that one is there while the other waits for its journal or for the store. More are made when they are asked
 * for, and forgotten afterwards.
 *
 * <p>The tick takes; any thread gives back. Neither waits.
 */
final class DraftRooms {
    private static final int KEPT_COUNT = 2;

    private final Supplier<DraftRoom> make;
    private final AtomicReferenceArray<@Nullable DraftRoom> spare = new AtomicReferenceArray<>(KEPT_COUNT);
    private int next;

    DraftRooms(Supplier<DraftRoom> make) {
        this.make = make;
    }

    /** An empty one. In turn, so that each has grown with the cell when it is needed. */
    DraftRoom take() {
        for (int i = 0; i < KEPT_COUNT; i++) {
            next = (next + 1) % KEPT_COUNT;
            DraftRoom room = spare.getAndSet(next, null);
            if (room != null) {
                return room.clear();
            }
        }
        return make.get();
    }

    /** Has each of them filled once, so that the first draft finds memory that it can write to. The tick, or whoever makes the cell. */
    void prepare(Consumer<DraftRoom> fill) {
        DraftRoom[] rooms = new DraftRoom[KEPT_COUNT];
        for (int i = 0; i < KEPT_COUNT; i++) {
            rooms[i] = take();
            fill.accept(rooms[i]);
        }
        for (DraftRoom room : rooms) {
            giveBack(room);
        }
    }

    void giveBack(DraftRoom room) {
        for (int i = 0; i < KEPT_COUNT; i++) {
            if (spare.compareAndSet(i, null, room)) {
                return;
            }
        }
    }
}
