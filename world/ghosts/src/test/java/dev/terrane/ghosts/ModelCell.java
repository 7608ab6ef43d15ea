package dev.terrane.ghosts;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.GhostBatch;
import dev.terrane.protocol.cluster.CellInput.GhostSubscribe;
import dev.terrane.protocol.cluster.CellInput.GhostUnsubscribe;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A cell with nothing but its entities and the two machines, called as a tick calls them. */
final class ModelCell implements Residents {
    static final double CHUNK_METRES = 32;
    static final int FOLLOW_TICKS = 20;
    static final Schema SCHEMA = schema();

    /** Stays in its cell: no client and no neighbour sees it. */
    @Component("test.mood")
    record Mood(int value) {}

    /** No client sees it, but neighbours do. */
    @Component("test.armour")
    record Armour(int value) {}

    final CellId id;
    final ChunkGrid grid;
    private final Partition partition;
    private final int ghostCountMax;
    private final Sabotage sabotage;
    final SortedMap<Long, Long> handles = new TreeMap<>();
    private final SortedMap<Long, CellId> gone = new TreeMap<>();
    /** What it wants to see: chunks by cell. */
    final SortedMap<CellId, int[]> wants = new TreeMap<>();

    final List<Long> follows = new ArrayList<>();

    long epoch;
    EntityStore store = new EntityStore(SCHEMA);
    GhostPublisher publisher;
    GhostSubscriber subscriber;
    private GhostTables tables;

    ModelCell(CellId id, Partition partition, int ghostCountMax, Sabotage sabotage) {
        this.id = id;
        this.partition = partition;
        this.ghostCountMax = ghostCountMax;
        this.sabotage = sabotage;
        this.grid = new ChunkGrid(partition.bounds(id.region()), CHUNK_METRES);
        this.epoch = 1;
        this.publisher = newPublisher();
        this.subscriber = newSubscriber();
        this.tables = subscriber.tablesOf(store);
    }

    private static Schema schema() {
        List<Class<? extends Record>> all = new ArrayList<>(Kit.COMPONENTS);
        all.addAll(List.of(Mood.class, Armour.class));
        return Schema.of(all);
    }

    private static GhostShape shape() {
        return new GhostShape(SCHEMA, 1L << SCHEMA.type(Armour.class).id());
    }

    private GhostPublisher newPublisher() {
        return new GhostPublisher(id, epoch, store, shape(), grid, this);
    }

    private GhostSubscriber newSubscriber() {
        GhostLimits limits = new GhostLimits(ghostCountMax, Math.min(8, ghostCountMax), FOLLOW_TICKS);
        Residents seen = sabotage == Sabotage.OWN_TAKEN_FOR_GHOST ? new Nobody() : this;
        return new GhostSubscriber(id, epoch, partition, shape(), limits, seen);
    }

    private static final class Nobody implements Residents {
        @Override
        public long find(long entityId) {
            return 0;
        }

        @Override
        public @Nullable CellId goneTo(long entityId) {
            return null;
        }
    }

    /** Dies and comes back from an image of this very moment; of ghosts it remembers nothing. */
    void restart() {
        epoch++;
        ByteWriter image = new ByteWriter(4096);
        store.write(image);
        store = new EntityStore(SCHEMA);
        byte[] bytes = image.toBytes();
        store.read(new ByteReader(bytes, 0, bytes.length));
        handles.clear();
        gone.clear();
        follows.clear();
        var identity = SCHEMA.type(Identity.class);
        for (var table : store.query(identity)) {
            for (int row = 0; row < table.size(); row++) {
                handles.put(store.get(table.entity(row), identity).id(), table.entity(row));
            }
        }
        publisher = newPublisher();
        subscriber = newSubscriber();
        tables = subscriber.tablesOf(store);
        wants.forEach(subscriber::want);
    }

    void take(CellInput message, long tick) {
        switch (message) {
            case GhostBatch batch -> subscriber.onBatch(batch, tick);
            case GhostSubscribe asked -> publisher.subscribe(asked, tick);
            case GhostUnsubscribe over -> publisher.unsubscribe(over);
            default -> throw new AssertionError("unexpected " + message);
        }
    }

    void want(CellId cell, int[] chunks) {
        wants.put(cell, chunks);
        subscriber.want(cell, chunks);
    }

    void spawn(long entityId, Record... components) {
        List<Record> all = new ArrayList<>(List.of(components));
        all.add(new Identity(entityId, 1, Identity.BORN_HERE));
        handles.put(entityId, store.spawn(all.toArray(Record[]::new)));
        store.flush();
    }

    void despawn(long entityId) {
        store.despawn(handle(entityId));
        store.flush();
        handles.remove(entityId);
    }

    long handle(long entityId) {
        return handles.getOrDefault(entityId, 0L);
    }

    /** The entity as it travels: all its components. */
    byte[] depart(long entityId, CellId target, long tick) {
        long handle = handle(entityId);
        ByteWriter image = new ByteWriter(256);
        store.writeEntity(handle, image);
        gone.put(entityId, target);
        subscriber.departed(tables, handle, store, target, tick);
        despawn(entityId);
        return image.toBytes();
    }

    void arrive(long entityId, byte[] image, int ownership, float x, float y) {
        long handle = store.readEntity(new ByteReader(image, 0, image.length));
        handles.put(entityId, handle);
        gone.remove(entityId);
        store.flush();
        if (sabotage != Sabotage.ARRIVALS_UNTOLD) {
            subscriber.arrived(entityId);
        }
        int told = sabotage == Sabotage.OWNERSHIP_UNRAISED ? ownership - 1 : ownership;
        store.set(handle, SCHEMA.type(Identity.class), new Identity(entityId, told, 0));
        store.set(handle, SCHEMA.type(Position.class), new Position(x, y, 0));
    }

    void tellAndAsk(long tick, GhostLink link) {
        subscriber.flush(tick, link);
        publisher.publish(tick, link);
        store.clearChanges();
        if (sabotage != Sabotage.DEATHS_UNTOLD) {
            publisher.changesCleared();
        }
    }

    /** Of the entity or of its ghost, all that others may see, in world metres. */
    String valuesOf(EntityStore in, long handle) {
        Position at = in.get(handle, SCHEMA.type(Position.class));
        StringBuilder values = new StringBuilder();
        values.append(partition.originX(id.region()) + at.x()).append(',').append(at.y());
        values.append(' ').append(in.get(handle, SCHEMA.type(Nameplate.class)).name());
        if (in.has(handle, SCHEMA.type(Heading.class))) {
            values.append(" heading ")
                    .append(in.get(handle, SCHEMA.type(Heading.class)).yaw());
        }
        if (in.has(handle, SCHEMA.type(Armour.class))) {
            values.append(" armour ")
                    .append(in.get(handle, SCHEMA.type(Armour.class)).value());
        }
        return values.toString();
    }

    @Override
    public long find(long entityId) {
        return handle(entityId);
    }

    @Override
    public @Nullable CellId goneTo(long entityId) {
        return gone.get(entityId);
    }
}
