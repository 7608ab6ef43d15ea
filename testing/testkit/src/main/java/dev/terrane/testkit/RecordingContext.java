package dev.terrane.testkit;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.FollowReason;
import dev.terrane.plugin.Ghosts;
import dev.terrane.plugin.Past;
import dev.terrane.plugin.WorldMap;
import java.util.List;

/** A cell's context that writes down what is emitted and told, and passes everything on. */
record RecordingContext(CellContext real, List<Emission> record) implements CellContext {
    @Override
    public CellId cell() {
        return real.cell();
    }

    @Override
    public WorldMap map() {
        return real.map();
    }

    @Override
    public long tick() {
        return real.tick();
    }

    @Override
    public float dtSeconds() {
        return real.dtSeconds();
    }

    @Override
    public Rng rng() {
        return real.rng();
    }

    @Override
    public EntityStore entities() {
        return real.entities();
    }

    @Override
    public double worldX(float localX) {
        return real.worldX(localX);
    }

    @Override
    public double worldY(float localY) {
        return real.worldY(localY);
    }

    @Override
    public float localX(double worldX) {
        return real.localX(worldX);
    }

    @Override
    public float localY(double worldY) {
        return real.localY(worldY);
    }

    @Override
    public long spawn(Record... components) {
        return real.spawn(components);
    }

    @Override
    public void despawn(long entity) {
        real.despawn(entity);
    }

    @Override
    public long idOf(long entity) {
        return real.idOf(entity);
    }

    @Override
    public long find(long entityId) {
        return real.find(entityId);
    }

    @Override
    public int near(float x, float y, float radiusMetres, long[] into) {
        return real.near(x, y, radiusMetres, into);
    }

    @Override
    public void emit(Record event, float x, float y) {
        real.emit(event, x, y);
        record.add(new Emission(tick(), cell(), event));
    }

    @Override
    public void tell(long avatar, Record event) {
        real.tell(avatar, event);
        record.add(new Emission(tick(), cell(), event));
    }

    @Override
    public void send(long avatar, int type, byte[] payload) {
        real.send(avatar, type, payload);
    }

    @Override
    public void moved(long avatar) {
        real.moved(avatar);
    }

    @Override
    public Ghosts ghosts() {
        return real.ghosts();
    }

    @Override
    public float viewLagTicks(long avatar) {
        return real.viewLagTicks(avatar);
    }

    @Override
    public Past past(float ticksAgo) {
        return real.past(ticksAgo);
    }

    @Override
    public void forgetPast(long entity) {
        real.forgetPast(entity);
    }

    @Override
    public boolean follow(long entityId, FollowReason reason) {
        return real.follow(entityId, reason);
    }

    @Override
    public boolean intend(long entityId, Record intent) {
        return real.intend(entityId, intent);
    }

    @Override
    public boolean intendAround(float x, float y, float radiusMetres, Record intent) {
        return real.intendAround(x, y, radiusMetres, intent);
    }

    @Override
    public void highlight(long avatar, long entityId) {
        real.highlight(avatar, entityId);
    }

    @Override
    public boolean keep(long entity) {
        return real.keep(entity);
    }

    @Override
    public <P extends Record> boolean command(CommandType<P> type, String requestId, P payload) {
        return real.command(type, requestId, payload);
    }

    @Override
    public boolean publish(String topic, String key, Record payload) {
        return real.publish(topic, key, payload);
    }

    @Override
    public boolean shedding() {
        return real.shedding();
    }
}
