package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.StoreCopy;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A cell's whole state at a tick boundary: copied, but not yet an image. The tick pays for the copy alone; hashing and encoding are left to whoever
 * {@link #finish}es it.
 *
 * <p>Any thread may have it, one at a time. It holds a copy of the cell's columns: finish it soon, or {@link #discard} it.
 */
public final class ImageDraft {
    /** The memory of a draft: used again by the cell's next one. */
    static final class Room {
        /** Everything of the image that stands before the store. */
        final ByteWriter head = new ByteWriter(1024);

        final StoreCopy store;

        Room(EntityStore of) {
            this.store = new StoreCopy(of.schema());
        }
    }

    private final CellId cell;
    private final long epoch;
    private final long tick;
    private final long schemaFingerprint;
    private final AtomicReference<@Nullable Room> room;
    private final @Nullable ImageDesk desk;
    private final @Nullable CellImage finished;

    ImageDraft(ImageDesk desk, CellSpec spec, long tick, Room room) {
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
        Room taken = room.getAndSet(null);
        if (taken == null || desk == null) {
            throw new IllegalStateException(
                    "the draft of cell " + cell + " at tick " + tick + " was finished or discarded before");
        }
        StateHash hash = new StateHash();
        ImageFormat.hashHead(new ByteReader(taken.head.array(), 0, taken.head.size()), taken.head.array(), hash);
        taken.store.hash(hash);
        ByteWriter out = new ByteWriter(desk.imageBytesExpected());
        out.raw(taken.head.array(), 0, taken.head.size());
        taken.store.write(out);
        desk.giveBack(taken, out.size());
        return new CellImage(
                cell, epoch, tick, CellImage.FORMAT_VERSION, schemaFingerprint, hash.value(), out.toBytes());
    }

    /** Nobody wants it any more: its memory serves the cell's next one. */
    public void discard() {
        Room taken = room.getAndSet(null);
        if (taken != null && desk != null) {
            desk.giveBack(taken, 0);
        }
    }
}
