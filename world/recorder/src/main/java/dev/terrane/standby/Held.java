package dev.terrane.standby;

import dev.terrane.base.CellId;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.ImageDraft;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Something that a cell has said and nobody has heard yet. */
sealed interface Held {
    /** @param epoch that the cell believes in */
    record ToCell(CellId cell, long epoch, CellInput message) implements Held {}

    record ToGateway(int gateway, CellOutput message) implements Held {}

    /** News for the listener. */
    record Report(Runnable told) implements Held {}

    /** A draft, until a later one makes it needless. */
    final class Image implements Held {
        private final AtomicReference<@Nullable ImageDraft> draft;
        private final boolean last;

        Image(ImageDraft draft, boolean last) {
            this.draft = new AtomicReference<>(draft);
            this.last = last;
        }

        void tell(CellListener listener) {
            ImageDraft taken = draft.getAndSet(null);
            if (taken != null) {
                listener.image(taken, last);
            }
        }

        void discard() {
            ImageDraft taken = draft.getAndSet(null);
            if (taken != null) {
                taken.discard();
            }
        }
    }
}
