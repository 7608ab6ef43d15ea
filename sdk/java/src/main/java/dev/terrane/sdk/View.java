package dev.terrane.sdk;

import dev.terrane.base.RegionId;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.EventValues;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.client.SelfValues;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.SliceListener;
import dev.terrane.protocol.client.SliceState;
import dev.terrane.protocol.client.SnapshotRecords;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots in, entities out: what docs/PROTOCOL.md asks of a client. Of several slices that claim an entity, the one with the higher
 * ownership and then tick is believed; an entity between two slices is kept for a few snapshots. Not thread-safe: one connection.
 */
final class View implements SliceListener {
    /** Snapshots that an entity is kept for after it left one slice for another that has not claimed it yet. */
    private static final int GRACE_SNAPSHOTS = 5;

    private final WireLayout wire;
    private final Partition partition;
    private final ClientListener listener;
    private final Own own;
    private final double tickMillis;
    private final Entity.PositionFields position;
    private final Map<WatchedSlice.Key, WatchedSlice> slices = new HashMap<>();
    private final Map<Integer, WatchedSlice> byNumber = new HashMap<>();
    private final Map<Long, Entity> entities = new HashMap<>();
    /** By entity, known or not. */
    private final Map<Long, Additions> additions = new HashMap<>();

    private final List<Entity> orphans = new ArrayList<>();
    private final SnapshotRecords records = new SnapshotRecords();
    private final SelfValues self;
    private final EventValues ownEvents;
    private boolean selfKnown;
    private @Nullable WatchedSlice current;
    private int snapshotCount;
    private int stalenessTicks;

    /** Who cares for the own avatar; told before the listener. */
    interface Own {
        void told(SelfValues self, ServerSnapshot snapshot);

        /** How early inputs were for the ticks that they name, in milliseconds; negative: too late. */
        void inputMargin(int millis);
    }

    View(WireLayout wire, Partition partition, int simulationHz, ClientListener listener, Own own) {
        this.wire = wire;
        this.partition = partition;
        this.listener = listener;
        this.own = own;
        this.tickMillis = 1000.0 / Math.max(1, simulationHz);
        this.position =
                new Entity.PositionFields(wire.flatIndexOf("kit.position", "x"), wire.flatIndexOf("kit.position", "y"));
        this.self = new SelfValues(wire);
        this.ownEvents = new EventValues(wire);
    }

    Collection<Entity> entities() {
        return Collections.unmodifiableCollection(entities.values());
    }

    int stalenessTicks() {
        return stalenessTicks;
    }

    /**
     * @param serverNowMillis the server's clock at arrival, NaN while unknown
     * @throws MalformedBytesException if it makes no sense: the view is then of no use any more
     */
    void apply(ServerSnapshot snapshot, double serverNowMillis) {
        snapshotCount++;
        stalenessTicks = 0;
        if (snapshot.keyframe()) {
            orphanAll();
        }
        records.wrap(snapshot.bytes(), snapshot.payloadOffset(), snapshot.payloadLength());
        while (records.next()) {
            switch (records.kind()) {
                case DELTA -> applyDelta(snapshot, serverNowMillis);
                case KEYFRAME -> applyKeyframe(snapshot, serverNowMillis);
                case FORGET -> forget();
                case SELF -> {
                    self.read(records.body());
                    selfKnown = true;
                }
                case SELF_CHANGES -> changeSelf();
                case INPUT_MARGIN -> own.inputMargin(records.body().varint());
                case OWN_EVENTS -> {
                    RegionId region = new RegionId(snapshot.regionA(), snapshot.regionB());
                    while (records.body().remaining() > 0) {
                        listener.event(ownEvents.read(records.body()), region);
                    }
                }
            }
        }
        if (selfKnown) {
            own.told(self, snapshot);
            listener.self(self, snapshot);
        }
        leaveWhoIsOverdue();
    }

    /** The connection is made anew: everything known so far leaves. */
    void abandon() {
        List<Entity> all = List.copyOf(entities.values());
        entities.clear();
        slices.clear();
        byNumber.clear();
        additions.clear();
        orphans.clear();
        all.forEach(entity -> listener.left(entity, LeaveReason.LEFT_VIEW));
    }

    private void changeSelf() {
        if (!selfKnown) {
            throw new MalformedBytesException("the own avatar changes, but was never told");
        }
        self.change(records.body());
    }

    private void applyDelta(ServerSnapshot snapshot, double serverNowMillis) {
        WatchedSlice slice = byNumber.get(records.number());
        if (slice == null || !records.appliesTo(slice.seq)) {
            throw new MalformedBytesException("a delta of slice " + records.number() + " does not apply: known is "
                    + (slice == null ? "none" : slice.key + " in version " + slice.seq));
        }
        current = slice;
        slice.seq = records.seqAfter(slice.seq);
        slice.tick = snapshot.tick() - records.age();
        slice.state.applyChanges(records.parts(), records.body(), this);
        arrived(snapshot, serverNowMillis);
    }

    private void applyKeyframe(ServerSnapshot snapshot, double serverNowMillis) {
        var key = new WatchedSlice.Key(
                records.regionA(), records.regionB(), records.layer(), records.chunk(), records.part());
        WatchedSlice slice = slices.get(key);
        if (slice == null) {
            slice = watch(key);
        }
        WatchedSlice before = byNumber.put(records.number(), slice);
        if (before != null && before != slice) {
            throw new MalformedBytesException(
                    "number " + records.number() + " is of slice " + before.key + ", and now of " + key);
        }
        current = slice;
        slice.seq = records.seq();
        slice.tick = snapshot.tick() - records.age();
        slice.state.applyKeyframe(records.body(), this);
        arrived(snapshot, serverNowMillis);
    }

    private void arrived(ServerSnapshot snapshot, double serverNowMillis) {
        stalenessTicks = Math.max(stalenessTicks, records.age());
        if (!Double.isNaN(serverNowMillis)) {
            listener.sliceArrived(serverNowMillis - (snapshot.serverTimeMillis() - records.age() * tickMillis));
        }
    }

    private WatchedSlice watch(WatchedSlice.Key key) {
        RegionId region = new RegionId(key.regionA(), key.regionB());
        if (!partition.contains(region)) {
            throw new MalformedBytesException("a slice of region " + region + ", which this world does not have");
        }
        WatchedSlice slice =
                new WatchedSlice(key, partition.originX(region), partition.originY(region), new SliceState(wire));
        slices.put(key, slice);
        return slice;
    }

    @Override
    public void entered(SliceState state, int slot) {
        WatchedSlice slice = current();
        long id = state.entity(slot);
        Entity entity = entities.get(id);
        if (isAddition(state, slot)) {
            Additions told = additions.computeIfAbsent(id, _ -> new Additions());
            told.add(slice, slot);
            if (entity != null) {
                entity.setAdditions(told);
                listener.changed(entity, 0);
            }
            return;
        }
        boolean isNew = entity == null;
        if (entity == null) {
            entity = new Entity(id, position);
            entity.setAdditions(additions.get(id));
            entities.put(id, entity);
        }
        slice.bySlot[slot] = entity;
        boolean believed = entity.claim(slice, slot);
        if (isNew) {
            listener.entered(entity);
        } else if (believed) {
            listener.changed(entity, entity.layout().fieldMask());
        }
    }

    /** Whether a slice tells something about the entity, but not where it is. */
    private boolean isAddition(SliceState state, int slot) {
        return position.x() >= 0 && state.layout(slot).indexOf(position.x()) < 0;
    }

    @Override
    public void changed(SliceState state, int slot, long fieldMask) {
        WatchedSlice slice = current();
        Entity entity = slice.bySlot[slot];
        if (entity == null && isAddition(state, slot)) {
            Entity known = entities.get(state.entity(slot));
            if (known != null) {
                listener.changed(known, 0);
            }
        } else if (entity != null && slice.isBelieved(slot)) {
            listener.changed(entity, fieldMask);
        }
    }

    @Override
    public void left(SliceState state, int slot, LeftReason reason) {
        unclaim(current(), slot, reason);
    }

    @Override
    public void event(SliceState state, EventValues event) {
        listener.event(event, current().region);
    }

    private void unclaim(WatchedSlice slice, int slot, LeftReason reason) {
        Entity entity = slice.bySlot[slot];
        slice.bySlot[slot] = null;
        if (entity == null) {
            dropAddition(slice, slot);
            return;
        }
        boolean wasBelieved = entity.isBelievedOf(slice);
        boolean believedElsewhere = entity.unclaim(slice);
        if (wasBelieved && reason == LeftReason.DESPAWNED) {
            remove(entity, LeaveReason.DESPAWNED);
        } else if (believedElsewhere) {
            listener.changed(entity, entity.layout().fieldMask());
        } else if (!entity.isClaimed()) {
            // A hidden one goes with this snapshot, unless that has it in a slice for those from whom it does not hide.
            entity.leavesAt = reason == LeftReason.HIDDEN ? snapshotCount : snapshotCount + GRACE_SNAPSHOTS;
            orphans.add(entity);
        }
    }

    private void dropAddition(WatchedSlice slice, int slot) {
        long id = slice.state.entity(slot);
        Additions told = id == 0 ? null : additions.get(id);
        if (told == null) {
            return;
        }
        told.remove(slice);
        if (told.isEmpty()) {
            additions.remove(id);
        }
        Entity entity = entities.get(id);
        if (entity != null) {
            entity.setAdditions(additions.get(id));
            listener.changed(entity, 0);
        }
    }

    /** Before a frame that needs nothing before it: who it does not claim again leaves after the grace. */
    private void orphanAll() {
        for (WatchedSlice slice : slices.values()) {
            for (int slot = 0; slot < slice.state.slotLimit(); slot++) {
                unclaim(slice, slot, LeftReason.ABSENT);
            }
        }
        slices.clear();
        byNumber.clear();
    }

    private void forget() {
        for (Iterator<WatchedSlice> all = slices.values().iterator(); all.hasNext(); ) {
            WatchedSlice slice = all.next();
            if (slice.key.isIn(records.regionA(), records.regionB(), records.layer(), records.chunk())) {
                all.remove();
                byNumber.values().remove(slice);
                for (int slot = 0; slot < slice.state.slotLimit(); slot++) {
                    unclaim(slice, slot, LeftReason.HIDDEN);
                }
            }
        }
    }

    private void leaveWhoIsOverdue() {
        for (Iterator<Entity> all = orphans.iterator(); all.hasNext(); ) {
            Entity entity = all.next();
            if (entity.isClaimed()) {
                all.remove();
            } else if (snapshotCount >= entity.leavesAt) {
                all.remove();
                remove(entity, LeaveReason.LEFT_VIEW);
            }
        }
    }

    private void remove(Entity entity, LeaveReason reason) {
        if (entities.remove(entity.id(), entity)) {
            listener.left(entity, reason);
        }
    }

    private WatchedSlice current() {
        WatchedSlice slice = current;
        if (slice == null) {
            throw new IllegalStateException("no slice is being applied");
        }
        return slice;
    }
}
