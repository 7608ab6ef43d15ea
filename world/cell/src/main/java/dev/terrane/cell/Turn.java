package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.FollowReason;
import dev.terrane.plugin.Ghosts;
import dev.terrane.plugin.Past;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.CellOutput;

/**
 * The cell as its systems see it. Whatever reads or changes state asks for the writer's seat first, so a plugin that keeps the context
 * and uses it elsewhere fails at once, and not by a corrupt world.
 */
final class Turn implements CellContext {
    private static final int PAYLOAD_BYTES_MAX = 1024;

    private final Body body;
    private final CellSpec spec;
    private final SingleWriter writer;
    private final double originX;
    private final double originY;
    private final float dtSeconds;

    private long speakingAvatar;
    private int messageRequestId;

    Turn(Body body, SingleWriter writer) {
        this.body = body;
        this.spec = body.spec;
        this.writer = writer;
        this.originX = spec.world().map().partition().originX(spec.cell().region());
        this.originY = spec.world().map().partition().originY(spec.cell().region());
        this.dtSeconds = 1f / spec.settings().rates().simulationHz();
    }

    /** What the handler sends to this avatar answers the request. */
    void beginMessage(long avatar, int requestId) {
        speakingAvatar = avatar;
        messageRequestId = requestId;
    }

    void endMessage() {
        speakingAvatar = 0;
        messageRequestId = 0;
    }

    @Override
    public CellId cell() {
        return spec.cell();
    }

    @Override
    public WorldMap map() {
        return spec.world().map();
    }

    @Override
    public long tick() {
        return body.tick;
    }

    @Override
    public float dtSeconds() {
        return dtSeconds;
    }

    @Override
    public Rng rng() {
        writer.require();
        return body.rng;
    }

    @Override
    public EntityStore entities() {
        writer.require();
        return body.population.store;
    }

    @Override
    public double worldX(float localX) {
        return originX + localX;
    }

    @Override
    public double worldY(float localY) {
        return originY + localY;
    }

    @Override
    public float localX(double worldX) {
        return (float) (worldX - originX);
    }

    @Override
    public float localY(double worldY) {
        return (float) (worldY - originY);
    }

    @Override
    public long spawn(Record... components) {
        writer.require();
        return body.population.spawn(components);
    }

    @Override
    public void despawn(long entity) {
        writer.require();
        body.population.store.despawn(entity);
    }

    @Override
    public long idOf(long entity) {
        writer.require();
        return body.population.idOf(entity);
    }

    @Override
    public long find(long entityId) {
        writer.require();
        return body.population.find(entityId);
    }

    @Override
    public int near(float x, float y, float radiusMetres, long[] into) {
        writer.require();
        int found = body.neighbours.near(x, y, radiusMetres, into);
        int alive = 0;
        for (int i = 0; i < found; i++) {
            if (body.population.store.alive(into[i])) { // in INPUT and SIMULATE the index is of the last tick
                into[alive++] = into[i];
            }
        }
        return alive;
    }

    @Override
    public void emit(Record event, float x, float y) {
        writer.require();
        body.board.emit(event, x, y);
    }

    @Override
    public void tell(long avatar, Record event) {
        writer.require();
        Driver driver = body.drivers.ofAvatar(avatar);
        if (driver != null && driver.connected()) {
            body.board.tell(driver.session, event);
        }
    }

    @Override
    public void send(long avatar, int type, byte[] payload) {
        writer.require();
        if (type < 1 || type > 65_535) {
            throw new IllegalArgumentException("message type " + type + " must be 1 to 65535");
        }
        if (payload.length > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a payload of " + payload.length + " bytes is longer than " + PAYLOAD_BYTES_MAX);
        }
        Driver driver = body.drivers.ofAvatar(avatar);
        if (driver != null && driver.connected()) {
            int requestId = avatar == speakingAvatar ? messageRequestId : 0;
            body.outbox.tell(driver.gateway, new CellOutput.ToClient(driver.session, type, requestId, payload));
        }
    }

    @Override
    public void moved(long avatar) {
        writer.require();
        body.conduct.excuse(avatar);
    }

    @Override
    public Ghosts ghosts() {
        writer.require();
        return body.ghosts;
    }

    @Override
    public float viewLagTicks(long avatar) {
        writer.require();
        Driver driver = body.drivers.ofAvatar(avatar);
        return driver != null && driver.connected() ? driver.viewLagTicks : 0;
    }

    @Override
    public Past past(float ticksAgo) {
        writer.require();
        return body.past.at(ticksAgo);
    }

    @Override
    public void forgetPast(long entity) {
        writer.require();
        body.past.forget(entity);
    }

    @Override
    public boolean follow(long entityId, FollowReason reason) {
        writer.require();
        return body.ghosts.follow(entityId, reason);
    }

    @Override
    public boolean intend(long entityId, Record intent) {
        writer.require();
        return body.intents.intend(entityId, intent);
    }

    @Override
    public boolean intendAround(float x, float y, float radiusMetres, Record intent) {
        writer.require();
        return body.intents.intendAround(originX + x, originY + y, radiusMetres, intent);
    }

    @Override
    public void highlight(long avatar, long entityId) {
        writer.require();
        body.highlights.add(avatar, entityId);
    }

    @Override
    public boolean keep(long entity) {
        writer.require();
        return body.commands.keep(entity);
    }

    @Override
    public <P extends Record> boolean command(CommandType<P> type, String requestId, P payload) {
        writer.require();
        return body.commands.send(type, requestId, payload);
    }

    @Override
    public boolean publish(String topic, String key, Record payload) {
        writer.require();
        return body.commands.publish(topic, key, payload);
    }

    @Override
    public boolean shedding() {
        return body.pace.shedding();
    }
}
