package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.ecs.EntityStore;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput.GhostBatch;
import dev.terrane.protocol.cluster.CellInput.GhostSubscribe;
import dev.terrane.protocol.cluster.CellInput.GhostUnsubscribe;
import dev.terrane.space.Partition;
import java.util.Arrays;
import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks other cells for what this one needs to see, and keeps the ghosts as they tell.
 *
 * <pre>
 *   source:  asked ──first push──► in step ──gap, epoch, broken──► asked (next stream) ──silence──► its ghosts end
 * </pre>
 */
public final class GhostSubscriber {
    private static final int[] NO_CHUNKS = {};

    private final CellId self;
    private final long epoch;
    private final Partition partition;
    private final GhostLimits limits;
    private final GhostShape shape;
    private final Flock flock;
    private final Followed followed;
    private final BatchReader reader;
    private final SortedMap<CellId, Source> sources = new TreeMap<>();
    private final SortedMap<CellId, int[]> wantedChunks = new TreeMap<>();
    private boolean wantsChanged;
    private long lastStream;
    private long leftOutCount;

    public GhostSubscriber(
            CellId self, long epoch, Partition partition, GhostShape shape, GhostLimits limits, Residents residents) {
        this.self = self;
        this.epoch = epoch;
        this.partition = partition;
        this.shape = shape;
        this.limits = limits;
        this.flock = new Flock(shape);
        this.followed = new Followed(limits.followedCountMax());
        this.reader = new BatchReader(self, flock, followed, limits, residents);
        this.lastStream = epoch << 32;
    }

    /** The ghosts. Written by this machine only. */
    public EntityStore ghosts() {
        return flock.store;
    }

    public int ghostCount() {
        return flock.size();
    }

    public int sourceCount() {
        return sources.size();
    }

    /** Ghosts that the limit left out, and sources and followed ones too many; since the start. */
    public long leftOutCount() {
        return leftOutCount + reader.leftOutCount();
    }

    /** The handle of the ghost, or 0. */
    public long find(long id) {
        return flock.find(id);
    }

    public long idOf(long ghost) {
        return flock.idOf(ghost);
    }

    /** The cell that owns the entity, as far as its ghost tells; null where there is none. */
    public @Nullable CellId ownerOf(long id) {
        long ghost = flock.find(id);
        return ghost == 0 ? null : flock.ownerOf(ghost);
    }

    /** Before the batches of a tick. */
    public void beginTick(long tick) {
        flock.store.clearChanges();
        flock.endBridges(tick);
    }

    /** Takes a batch in. Batches of one source in order of their arrival. False if it is not the one that comes next, or broken: nothing is known anew by it. */
    public boolean onBatch(GhostBatch batch, long tick) {
        Source source = sources.get(batch.source());
        if (source == null || batch.stream() != source.stream || batch.sourceEpoch() < source.epoch) {
            return false;
        }
        if (batch.sourceEpoch() == source.epoch && batch.seq() <= source.seq) {
            return false; // again, or overtaken
        }
        boolean first = GhostFormat.begins(batch.seq());
        boolean next = batch.sourceEpoch() == source.epoch && batch.seq() == source.seq + 1 && source.seq > 0;
        if (!first && !next) {
            restart(source);
            return false;
        }
        source.epoch = batch.sourceEpoch();
        source.seq = batch.seq();
        source.heardTick = tick;
        try {
            reader.read(source, batch, first, tick);
            return true;
        } catch (MalformedBytesException broken) {
            restart(source); // the first push puts right whatever was taken in by halves
            return false;
        }
    }

    /** All ghosts that this cell tells of. */
    public void eachOf(CellId cell, LongConsumer ghosts) {
        Source source = sources.get(cell);
        if (source != null) {
            source.each(ghosts);
        }
    }

    /** All ghosts of whom nothing was heard in this tick: their source had nothing to say, or there is none for now. */
    public void eachUnheard(long tick, LongConsumer ghosts) {
        for (Source source : sources.values()) {
            if (source.heardTick != tick) {
                source.each(ghosts);
            }
        }
        flock.eachBridged(ghosts);
    }

    /** That cell has forgotten who asked it: asks anew until it answers, and not only when it is time to. */
    public void restarted(CellId cell) {
        Source source = sources.get(cell);
        if (source != null) {
            restart(source);
        }
    }

    /** After {@link #read} of what the cell's former self saw, under the epoch that it goes on with: asks everybody anew, and sees what it saw until they answer. */
    public void askAnew() {
        lastStream = Math.max(lastStream, epoch << 32);
        sources.values().forEach(this::restart);
    }

    private void restart(Source source) {
        lastStream++;
        source.restart(lastStream);
    }

    /** The entity is the cell's own now: it stops being a ghost. */
    public void arrived(long id) {
        long ghost = flock.find(id);
        if (ghost != 0) {
            flock.remove(ghost);
        }
        followed.moved(id, null);
    }

    /**
     * An entity of the cell goes to another: it becomes a ghost at once, until its new owner tells of it.
     *
     * @param store the cell's own, where it is still alive
     */
    public void departed(GhostTables tables, long handle, EntityStore store, CellId target, long tick) {
        GhostTable from = tables.of(handle);
        if (from == null) {
            return;
        }
        int row = store.rowOf(handle);
        long id = from.ids.read()[row];
        int ownership = from.ownerships.read()[row] + 1;
        followed.moved(id, target);
        long before = flock.find(id);
        if (before != 0) {
            flock.remove(before);
        }
        if (flock.size() >= limits.ghostCountMax()) {
            leftOutCount++;
            return;
        }
        GhostTable to = flock.table(from.travelling);
        long ghost = flock.add(id, ownership, to);
        to.copy(from, row, flock.store.rowOf(ghost));
        flock.bridge(ghost, ownership, target, tick + GhostLimits.BRIDGE_TICKS);
    }

    /** The tables of the cell's own store, for {@link #departed}. */
    public GhostTables tablesOf(EntityStore own) {
        return new GhostTables(shape, own);
    }

    /** See {@code CellContext.follow}. */
    public boolean follow(long id, boolean own, long tick) {
        CellId owner = own ? null : ownerOf(id);
        if (!own && owner == null && !followed.contains(id)) {
            return false;
        }
        boolean taken = followed.add(id, owner, tick + limits.followTicks());
        if (!taken) {
            leftOutCount++;
        }
        return taken;
    }

    /** Wants whoever is in these chunks of that cell, from now on and until it is said otherwise. Empty: nobody. */
    public void want(CellId cell, int[] chunks) {
        if (cell.equals(self)) {
            return;
        }
        int[] before = chunks.length == 0 ? wantedChunks.remove(cell) : wantedChunks.put(cell, chunks);
        wantsChanged |= !Arrays.equals(before == null ? NO_CHUNKS : before, chunks);
    }

    /** Wants nobody's chunks any more of cells that {@code gone} names: layers that merged. */
    public void forget(Predicate<CellId> gone) {
        wantsChanged |= wantedChunks.keySet().removeIf(gone);
    }

    /** Says to other cells what has to be said. Once per tick. */
    public void flush(long tick, GhostLink link) {
        followed.endOld(tick);
        if (followed.takeMoved() | wantsChanged) {
            wantsChanged = false;
            rearrange(tick);
        }
        Iterator<Source> each = sources.values().iterator();
        while (each.hasNext()) {
            Source source = each.next();
            if (!source.wanted) {
                removeAll(source);
                each.remove();
                link.send(source.cell, new GhostUnsubscribe(self, epoch)); // lost: it expires there
                continue;
            }
            if (tick - source.heardTick > GhostLimits.TTL_TICKS) {
                removeAll(source);
                source.heardTick = tick;
                restart(source);
            }
            if (source.retryTick != 0 && tick >= source.retryTick) {
                restart(source);
            }
            ask(source, tick, link);
        }
    }

    private void rearrange(long tick) {
        for (Source source : sources.values()) {
            source.wanted = false;
        }
        for (CellId cell : wantedChunks.keySet()) {
            ensure(cell, tick);
        }
        for (int i = 0; i < followed.count(); i++) {
            CellId owner = followed.owner(i);
            if (owner != null && !owner.equals(self)) {
                ensure(owner, tick);
            }
        }
        for (Source source : sources.values()) {
            if (source.wanted) {
                int[] chunks = wantedChunks.getOrDefault(source.cell, NO_CHUNKS);
                source.want(chunks, followed.at(source.cell));
            }
        }
    }

    private void ensure(CellId cell, long tick) {
        Source source = sources.get(cell);
        if (source == null) {
            if (sources.size() >= GhostLimits.SOURCE_COUNT_MAX) {
                leftOutCount++;
                return;
            }
            source = newSource(cell, ++lastStream);
            source.heardTick = tick;
            sources.put(cell, source);
        }
        source.wanted = true;
    }

    private Source newSource(CellId cell, long stream) {
        return new Source(
                cell,
                partition.originX(cell.region()) - partition.originX(self.region()),
                partition.originY(cell.region()) - partition.originY(self.region()),
                stream);
    }

    private void ask(Source source, long tick, GhostLink link) {
        int patience = source.seq == 0 ? GhostLimits.RETRY_TICKS : GhostLimits.RENEW_TICKS;
        if (!source.due && tick - source.sentTick < patience) {
            return;
        }
        GhostSubscribe message = new GhostSubscribe(
                self, epoch, source.stream, source.version, source.chunks, source.entities, GhostLimits.TTL_TICKS);
        source.due = link.send(source.cell, message) == Admission.FULL;
        source.sentTick = tick;
    }

    private void removeAll(Source source) {
        for (long ghost : source.takeAll()) {
            if (ghost != 0) {
                flock.remove(ghost);
            }
        }
    }

    /**
     * Writes what it sees and what it asked for, for a twin of the cell: between two ticks.
     *
     * @param ghosts called once, where the ghosts belong: it writes the store, or copies it to be written elsewhere
     */
    public void write(ByteWriter out, Consumer<EntityStore> ghosts) {
        out.varlong(lastStream);
        out.varlong(leftOutCount());
        out.bool(wantsChanged);
        out.varuint(wantedChunks.size());
        wantedChunks.forEach((cell, chunks) -> {
            GhostFormat.cell(cell, out);
            out.varints(chunks);
        });
        followed.write(out);
        ghosts.accept(flock.store);
        out.varuint(sources.size());
        GhostTables tables = flock.tables();
        sources.forEach((cell, source) -> {
            GhostFormat.cell(cell, out);
            source.write(tables, out);
        });
        flock.writeSeats(out);
    }

    /**
     * Replaces the state of a new machine.
     *
     * @throws MalformedBytesException if it is no such state
     */
    public void read(ByteReader in) {
        lastStream = in.varlong();
        leftOutCount = in.varlong();
        wantsChanged = in.bool();
        for (int rest = in.count(4); rest > 0; rest--) {
            wantedChunks.put(GhostFormat.cell(self.world(), in), in.varints());
        }
        followed.read(self.world(), in);
        flock.readGhosts(in);
        for (int rest = in.count(4); rest > 0; rest--) {
            Source source = newSource(GhostFormat.cell(self.world(), in), 0);
            source.read(flock.tables(), in);
            sources.put(source.cell, source);
        }
        flock.readSeats(self.world(), sources, in);
    }
}
