package dev.terrane.cell;

import dev.terrane.base.CellId;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one chair in a cell: whoever sits in it may write, and only one can sit.
 *
 * <p>The right is bound to running code, not to a thread: a cell may tick on another pool thread each time, and in the
 * simulator every cell ticks on the same thread, where a check of thread identity would never fire.
 *
 * <p><b>Threading.</b> Any thread may call {@link #run}. What one run wrote is visible to the next.
 */
final class SingleWriter {
    private static final ScopedValue<SingleWriter> SEATED = ScopedValue.newInstance();

    private final CellId cell;
    private final AtomicBoolean taken = new AtomicBoolean();

    SingleWriter(CellId cell) {
        this.cell = cell;
    }

    /** @throws NotTheWriterException if somebody, even the caller itself, is already seated */
    void run(Runnable work) {
        if (!taken.compareAndSet(false, true)) {
            throw new NotTheWriterException(cell, "a second writer");
        }
        try {
            ScopedValue.where(SEATED, this).run(work);
        } finally {
            taken.set(false);
        }
    }

    /** Lets pass the seated writer and nobody else. */
    void require() {
        SingleWriter seated = SEATED.isBound() ? SEATED.get() : null; // orElse(null) would throw
        if (seated != this) {
            throw new NotTheWriterException(cell, seated == null ? "no cell's tick" : "the tick of " + seated.cell);
        }
    }
}
