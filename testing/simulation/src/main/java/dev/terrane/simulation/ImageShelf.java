package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.cell.CellImage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store of images that takes its time. Of one cell they are stored in order. */
final class ImageShelf {
    private final Rng rng;
    private final int delayTicksMax;
    private final Consumer<CellImage> onStored;
    private final List<Pending> pending = new ArrayList<>();
    private final SortedMap<CellId, CellImage> stored = new TreeMap<>();
    private long now;

    private record Pending(long dueTick, CellImage image) {}

    ImageShelf(Plan plan, Consumer<CellImage> onStored) {
        this.rng = new Rng(Rng.mix(plan.seed() ^ 0x53_48454CL));
        this.delayTicksMax = plan.faults().storeDelayTicksMax();
        this.onStored = onStored;
    }

    void put(CellImage image) {
        long due = now + 1 + (delayTicksMax == 0 ? 0 : rng.nextInt(delayTicksMax));
        for (Pending earlier : pending) {
            if (earlier.image.cell().equals(image.cell())) {
                due = Math.max(due, earlier.dueTick);
            }
        }
        pending.add(new Pending(due, image));
    }

    void tick(long tick) {
        now = tick;
        List<CellImage> done = new ArrayList<>();
        for (Iterator<Pending> all = pending.iterator(); all.hasNext(); ) {
            Pending each = all.next();
            if (each.dueTick <= tick) {
                all.remove();
                done.add(each.image);
            }
        }
        for (CellImage image : done) {
            stored.put(image.cell(), image);
            onStored.accept(image);
        }
    }

    @Nullable
    CellImage stored(CellId cell) {
        return stored.get(cell);
    }

    /** Images on their way die with their cell. */
    void dropUnstored(CellId cell) {
        pending.removeIf(each -> each.image.cell().equals(cell));
    }

    Collection<CellImage> all() {
        return stored.values();
    }
}
