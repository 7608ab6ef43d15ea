package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput.GhostBatch;
import dev.terrane.protocol.cluster.CellInput.GhostSubscribe;
import dev.terrane.protocol.cluster.CellInput.GhostUnsubscribe;
import dev.terrane.space.ChunkGrid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells other cells about entities of this one, as they asked. What a full link refuses is not sent twice: the next batch says how everything is by then.
 *
 * <p>Not state of the cell: after a restart the subscribers ask anew.
 */
public final class GhostPublisher {
    /** A subscriber that takes nothing for so long that it would have to be told of so many departures starts again. */
    static final int LEAVING_BYTES_MAX = 1 << 20;

    private final CellId self;
    private final long epoch;
    private final EntityStore store;
    private final Residents residents;
    private final GhostTables tables;
    private final Tellings tellings = new Tellings();
    private final @Nullable Subscriber[] subscribers = new Subscriber[GhostLimits.SUBSCRIBER_COUNT_MAX];
    private final TellPass pass;
    private int[] askedSlots = new int[64];
    private int askedCount;
    private int subscriberCount;
    private int lastRow;
    private int removedSeen;
    private long sentBytes;
    private long refusedCount;

    public GhostPublisher(
            CellId self, long epoch, EntityStore store, GhostShape shape, ChunkGrid grid, Residents residents) {
        this.self = self;
        this.epoch = epoch;
        this.store = store;
        this.residents = residents;
        this.tables = new GhostTables(shape, store);
        this.pass = new TellPass(grid, tellings, subscribers);
    }

    /** False if there are too many subscribers already. */
    public boolean subscribe(GhostSubscribe message, long tick) {
        Subscriber subscriber = find(message.subscriber());
        if (subscriber == null) {
            subscriber = add(message.subscriber());
            if (subscriber == null) {
                return false;
            }
        } else if (message.subscriberEpoch() < subscriber.epoch || message.stream() < subscriber.stream) {
            return true; // overtaken by a later one
        }
        boolean anew = message.stream() > subscriber.stream;
        if (anew) {
            tellings.forget(subscriber.bit);
            subscriber.begin(++lastRow);
            subscriber.epoch = message.subscriberEpoch();
            subscriber.stream = message.stream();
        }
        if (anew || message.version() > subscriber.version) {
            subscriber.version = message.version();
            want(subscriber, message.chunks(), message.entities());
        } else {
            Arrays.fill(subscriber.answered, false); // whom it still looks for here it looks for in the wrong place
        }
        subscriber.deadlineTick = tick + message.ttlTicks();
        return true;
    }

    private void want(Subscriber subscriber, int[] chunks, long[] entities) {
        for (int chunk : subscriber.chunks) {
            if (inGrid(chunk)) {
                pass.wantedChunk[chunk] &= ~subscriber.bit;
            }
        }
        subscriber.want(chunks, entities);
        for (int chunk : chunks) {
            if (inGrid(chunk)) {
                pass.wantedChunk[chunk] |= subscriber.bit;
            }
        }
    }

    private boolean inGrid(int chunk) {
        return chunk >= 0 && chunk < pass.wantedChunk.length;
    }

    public void unsubscribe(GhostUnsubscribe message) {
        Subscriber subscriber = find(message.subscriber());
        if (subscriber != null && message.subscriberEpoch() >= subscriber.epoch) {
            drop(subscriber);
        }
    }

    private @Nullable Subscriber find(CellId cell) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber != null && subscriber.cell.equals(cell)) {
                return subscriber;
            }
        }
        return null;
    }

    private @Nullable Subscriber add(CellId cell) {
        for (int i = 0; i < subscribers.length; i++) {
            if (subscribers[i] == null) {
                Subscriber added = new Subscriber(cell, i);
                added.stream = -1;
                subscribers[i] = added;
                subscriberCount++;
                return added;
            }
        }
        return null;
    }

    private void drop(Subscriber subscriber) {
        want(subscriber, new int[0], new long[0]);
        tellings.forget(subscriber.bit);
        subscribers[subscriber.index] = null;
        subscriberCount--;
    }

    /** Tells everybody what changed since the last call. Once per tick, when the store has settled and before its change marks are cleared. */
    public void publish(long tick, GhostLink link) {
        dropExpired(tick);
        if (subscriberCount == 0) {
            removedSeen = store.removedCount();
            return;
        }
        tables.refresh();
        reserve();
        buryRemoved();
        lookForAsked();
        for (int i = 0; i < tables.count(); i++) {
            GhostTable table = tables.at(i);
            if (table == null) {
                pass.hide(store.table(i));
            } else {
                pass.run(table, i, tick);
            }
        }
        for (int i = 0; i < askedCount; i++) {
            tellings.wantedById[askedSlots[i]] = 0;
        }
        for (Subscriber subscriber : subscribers) {
            if (subscriber != null) {
                send(subscriber, tick, link);
            }
        }
    }

    private void dropExpired(long tick) {
        for (Subscriber subscriber : subscribers) {
            if (subscriber != null
                    && (tick > subscriber.deadlineTick || subscriber.leaving.size() > LEAVING_BYTES_MAX)) {
                drop(subscriber);
            }
        }
    }

    private void reserve() {
        int fields = 0;
        for (int i = 0; i < tables.count(); i++) {
            GhostTable table = tables.at(i);
            fields = table == null ? fields : Math.max(fields, table.columns.length);
        }
        tellings.reserve(store.slotLimit(), fields);
    }

    private void buryRemoved() {
        for (; removedSeen < store.removedCount(); removedSeen++) {
            int slot = EntityStore.slot(store.removed()[removedSeen]);
            long told = tellings.told[slot];
            if (told == 0) {
                continue;
            }
            CellId target = residents.find(tellings.ids[slot]) != 0 ? null : residents.goneTo(tellings.ids[slot]);
            if (target == null) {
                pass.left(slot, told, GhostFormat.GONE);
            } else {
                handedOver(slot, told, target);
            }
            tellings.told[slot] = 0;
            tellings.stale[slot] = 0;
        }
    }

    private void handedOver(int slot, long told, CellId target) {
        for (long rest = told; rest != 0; rest &= rest - 1) {
            Subscriber subscriber = pass.subscriber(Long.numberOfTrailingZeros(rest));
            GhostFormat.head(slot, GhostFormat.HANDED_OVER, subscriber.leaving);
            GhostFormat.cell(target, subscriber.leaving);
        }
    }

    private void lookForAsked() {
        askedCount = 0;
        for (Subscriber subscriber : subscribers) {
            if (subscriber == null) {
                continue;
            }
            for (int i = 0; i < subscriber.entities.length; i++) {
                long handle = residents.find(subscriber.entities[i]);
                if (handle != 0) {
                    subscriber.answered[i] = false;
                    ask(EntityStore.slot(handle), subscriber.bit);
                } else if (!subscriber.answered[i]) {
                    subscriber.answered[i] = elsewhere(subscriber, subscriber.entities[i]);
                }
            }
        }
    }

    private void ask(int slot, long bit) {
        if (askedCount == askedSlots.length) {
            askedSlots = Arrays.copyOf(askedSlots, askedCount * 2);
        }
        askedSlots[askedCount++] = slot;
        tellings.wantedById[slot] |= bit;
    }

    private boolean elsewhere(Subscriber subscriber, long id) {
        CellId target = residents.goneTo(id);
        if (target == null) {
            return false;
        }
        GhostFormat.head(0, GhostFormat.ELSEWHERE, subscriber.leaving);
        subscriber.leaving.i64(id);
        GhostFormat.cell(target, subscriber.leaving);
        return true;
    }

    private void send(Subscriber subscriber, long tick, GhostLink link) {
        int length = subscriber.leaving.size() + subscriber.body.size();
        boolean silent = length == 0 && !GhostFormat.begins(subscriber.seq + 1);
        if (silent && tick - subscriber.sentTick < GhostLimits.RENEW_TICKS) {
            return;
        }
        byte[] bytes = new byte[length];
        System.arraycopy(subscriber.leaving.array(), 0, bytes, 0, subscriber.leaving.size());
        System.arraycopy(subscriber.body.array(), 0, bytes, subscriber.leaving.size(), subscriber.body.size());
        subscriber.body.clear();
        GhostBatch batch = new GhostBatch(self, epoch, subscriber.stream, subscriber.seq + 1, tick, bytes, length);
        if (link.send(subscriber.cell, batch) == Admission.ACCEPTED) {
            subscriber.seq++;
            subscriber.sentTick = tick;
            subscriber.leaving.clear();
            sentBytes += length;
        } else {
            refusedCount++;
            tellings.refused(subscriber.bit, tick);
        }
    }

    /** Call after the store's change marks, and with them its list of deaths, were cleared. */
    public void changesCleared() {
        removedSeen = 0;
    }

    public int subscriberCount() {
        return subscriberCount;
    }

    /** Since the start. */
    public long sentBytes() {
        return sentBytes;
    }

    /** Batches that a full link refused, since the start. */
    public long refusedCount() {
        return refusedCount;
    }

    /** Writes whom it tells of what, for a twin of the cell: at the end of a tick whose change marks were cleared. */
    public void write(ByteWriter out) {
        out.varuint(lastRow);
        out.varuint(subscriberCount);
        for (Subscriber subscriber : subscribers) {
            if (subscriber != null) {
                out.u8(subscriber.index);
                GhostFormat.cell(subscriber.cell, out);
                subscriber.write(out);
            }
        }
        tellings.write(out);
    }

    /**
     * Replaces the state of a new machine over a store that is already as it was.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it is no such state
     */
    public void read(ByteReader in) {
        lastRow = in.varuint();
        for (int rest = in.count(4); rest > 0; rest--) {
            int index = in.u8();
            if (index >= subscribers.length || subscribers[index] != null) {
                throw in.malformed("subscriber " + index + " is out of range, or there twice");
            }
            Subscriber subscriber = new Subscriber(GhostFormat.cell(self.world(), in), index);
            subscribers[index] = subscriber;
            subscriberCount++;
            subscriber.read(in);
            for (int chunk : subscriber.chunks) {
                if (inGrid(chunk)) {
                    pass.wantedChunk[chunk] |= subscriber.bit;
                }
            }
        }
        tables.refresh();
        reserve();
        tellings.read(store, tables, in);
        removedSeen = store.removedCount();
    }
}
