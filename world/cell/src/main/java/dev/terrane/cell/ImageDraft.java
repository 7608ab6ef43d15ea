package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A cell's whole state at a tick boundary: copied, but not yet an image. The tick pays for the copy alone; hashing and encoding are left to whoever
 * {@link #finish}es it.
 *
 * <p>Any thread may have it, one at a time. It holds a copy of the cell's columns: finish it soon, or {@link #discard} it.
 */
public final class ImageDraft {
    private final CellId cell;
    private final long epoch;
    private final long tick;
    private final long schemaFingerprint;
    private final AtomicReference<@Nullable DraftRoom> room;
    private final @Nullable ImageDesk desk;
    private final @Nullable CellImage finished;

    ImageDraft(ImageDesk desk, CellSpec spec, long tick, DraftRoom room) {
        this.cell = spec.cell();
        this.epoch = spec.epoch();
        this.tick = tick;
        this.schemaFingerprint = spec.world().schema().components().fingerprint();
        this.room = new AtomicReference<>(room);
        this.desk = desk;
        this.finished = null;
    }

    private ImageDraft(CellImage image) {
        this.cell = image.cell();
        this.epoch = image.epoch();
        this.tick = image.tick();
        this.schemaFingerprint = image.schemaFingerprint();
        this.room = new AtomicReference<>();
        this.desk = null;
        this.finished = image;
    }

    /** An image that nothing is left to do for. */
    public static ImageDraft of(CellImage image) {
        return new ImageDraft(image);
    }

    public CellId cell() {
        return cell;
    }

    /** Of the owner that took it. */
    public long epoch() {
        return epoch;
    }

    public long tick() {
        return tick;
    }

    /**
     * Hashes and encodes: some milliseconds for 10,000 entities. Once.
     *
     * @throws IllegalStateException if it was finished or discarded before
     */
    public CellImage finish() {
        if (finished != null) {
            return finished;
        }
        DraftRoom taken = room.getAndSet(null);
        if (taken == null || desk == null) {
            throw new IllegalStateException(
                    "the draft of cell " + cell + " at tick " + tick + " was finished or discarded before");
        }
        StateHash hash = new StateHash();
        ImageFormat.hashHead(new ByteReader(taken.parts.array(), 0, taken.parts.size()), taken.parts.array(), hash);
        taken.entities().hash(hash);
        ByteWriter out = new ByteWriter(desk.imageBytesExpected());
        out.raw(taken.parts.array(), 0, taken.parts.size());
        taken.entities().write(out);
        desk.giveBack(taken, out.size());
        return new CellImage(
                cell, epoch, tick, CellImage.FORMAT_VERSION, schemaFingerprint, hash.value(), out.toBytes());
    }

    /** Nobody wants it any more: its memory serves the cell's next one. */
    public void discard() {
        DraftRoom taken = room.getAndSet(null);
        if (taken != null && desk != null) {
            desk.giveBack(taken, 0);
        }
    }
}
