package dev.terrane.games.skirmish;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.cell.WorldSchema;
import dev.terrane.command.CommandType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.FollowReason;
import dev.terrane.plugin.Ghosts;
import dev.terrane.plugin.MovementRule;
import dev.terrane.plugin.Past;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.space.SinglePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A cell whose neighbours' entities a test puts where it likes; what the systems want of others is written down and not carried out. */
final class FakeCell implements CellContext {
    /** An event, and where it was emitted. */
    record Told(Record event, float x, float y) {}

    /** Somebody's wish for an entity. */
    record Wish(long target, Record intent) {}

    private static final WorldMap MAP = new WorldMap("fake", new SinglePartition(1000, 1000));

    private final WorldSchema world = WorldSchema.of(List.of(new Skirmish()));
    private final EntityStore own = new EntityStore(world.components());
    private final FakeGhosts ghosts = new FakeGhosts(new EntityStore(own.schema()));
    private final Rng rng = new Rng(1);
    private long lastId;

    final List<Told> told = new ArrayList<>();
    final List<Wish> wishes = new ArrayList<>();
    final List<Long> followed = new ArrayList<>();
    final List<Long> forgotten = new ArrayList<>();
    boolean wayIsFull;
    long tick = 100;

    /** Of a region without a rim. */
    MovementRule rule() {
        return Objects.requireNonNull(world.rule()).start(new float[0]);
    }

    /** Entities of a neighbour. */
    private record FakeGhosts(EntityStore entities) implements Ghosts {
        @Override
        public int near(float x, float y, float radiusMetres, long[] into) {
            return FakeCell.near(entities, x, y, radiusMetres, into);
        }

        @Override
        public long idOf(long ghost) {
            return FakeCell.idOf(entities, ghost);
        }

        @Override
        public long find(long entityId) {
            return FakeCell.find(entities, entityId);
        }
    }

    /** Returns the id. */
    long here(Record... components) {
        return put(own, components);
    }

    /** Returns the id. */
    long beyondTheBorder(Record... components) {
        return put(ghosts.entities(), components);
    }

    private long put(EntityStore store, Record... components) {
        List<Record> all = new ArrayList<>(List.of(components));
        all.add(new Identity(++lastId, 1, Identity.BORN_HERE));
        store.spawn(all.toArray(Record[]::new));
        store.flush();
        return lastId;
    }

    void settle() {
        own.flush();
    }

    private static int near(EntityStore store, float x, float y, float radiusMetres, long[] into) {
        var position = store.schema().type(Position.class);
        int found = 0;
        for (Table table : store.query(position)) {
            for (int row = 0; row < table.size() && found < into.length; row++) {
                Position at = store.get(table.entity(row), position);
                if (Angles.length(at.x() - x, at.y() - y) <= radiusMetres) {
                    into[found++] = table.entity(row);
                }
            }
        }
        return found;
    }

    private static long idOf(EntityStore store, long handle) {
        return store.get(handle, store.schema().type(Identity.class)).id();
    }

    private static long find(EntityStore store, long id) {
        for (Table table : store.query(store.schema().type(Identity.class))) {
            for (int row = 0; row < table.size(); row++) {
                if (idOf(store, table.entity(row)) == id) {
                    return table.entity(row);
                }
            }
        }
        return 0;
    }

    @Override
    public CellId cell() {
        return new CellId(new WorldId("fake"), RegionId.ORIGIN, 0);
    }

    @Override
    public WorldMap map() {
        return MAP;
    }

    @Override
    public long tick() {
        return tick;
    }

    @Override
    public float dtSeconds() {
        return 0.05f;
    }

    @Override
    public Rng rng() {
        return rng;
    }

    @Override
    public EntityStore entities() {
        return own;
    }

    @Override
    public double worldX(float localX) {
        return localX + 1000;
    }

    @Override
    public double worldY(float localY) {
        return localY;
    }

    @Override
    public float localX(double worldX) {
        return (float) (worldX - 1000);
    }

    @Override
    public float localY(double worldY) {
        return (float) worldY;
    }

    @Override
    public long spawn(Record... components) {
        return own.spawn(components);
    }

    @Override
    public void despawn(long entity) {
        own.despawn(entity);
    }

    @Override
    public long idOf(long entity) {
        return idOf(own, entity);
    }

    @Override
    public long find(long entityId) {
        return find(own, entityId);
    }

    @Override
    public int near(float x, float y, float radiusMetres, long[] into) {
        return near(own, x, y, radiusMetres, into);
    }

    @Override
    public void emit(Record event, float x, float y) {
        told.add(new Told(event, x, y));
    }

    @Override
    public void tell(long avatar, Record event) {}

    @Override
    public void send(long avatar, int type, byte[] payload) {}

    @Override
    public void moved(long avatar) {}

    @Override
    public Ghosts ghosts() {
        return ghosts;
    }

    @Override
    public float viewLagTicks(long avatar) {
        return 0;
    }

    /** Nobody moves here, and nobody looks back. */
    @Override
    public Past past(float ticksAgo) {
        throw new UnsupportedOperationException("this cell has no past");
    }

    @Override
    public void forgetPast(long entity) {
        forgotten.add(idOf(entity));
    }

    @Override
    public boolean follow(long entityId, FollowReason reason) {
        return followed.add(entityId);
    }

    @Override
    public boolean intend(long entityId, Record intent) {
        return !wayIsFull && wishes.add(new Wish(entityId, intent));
    }

    @Override
    public boolean intendAround(float x, float y, float radiusMetres, Record intent) {
        return !wayIsFull;
    }

    @Override
    public void highlight(long avatar, long entityId) {}

    @Override
    public boolean keep(long entity) {
        return true;
    }

    @Override
    public <P extends Record> boolean command(CommandType<P> type, String requestId, P payload) {
        return true;
    }

    @Override
    public boolean publish(String topic, String key, Record payload) {
        return true;
    }

    @Override
    public boolean shedding() {
        return false;
    }
}
