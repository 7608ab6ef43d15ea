package dev.terrane.plugin;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandType;
import dev.terrane.ecs.EntityStore;

/**
 * A cell as its systems see it. Use it only inside the call that handed it over.
 *
 * <p>Entities have two names: the handle (a {@code long} of this cell's store, for now) and the id (a {@code long} of the whole world, for
 * ever). Keep ids in components, never handles: entities leave for other cells.
 */
public interface CellContext {
    CellId cell();

    WorldMap map();

    /** Ticks since the world began; all cells of a world count alike. */
    long tick();

    /** Length of a tick in seconds. */
    float dtSeconds();

    /** The cell's own randomness, part of its state. */
    Rng rng();

    EntityStore entities();

    /** World coordinates of a local offset, in metres. */
    double worldX(float localX);

    double worldY(float localY);

    /** Local offset of a world coordinate. */
    float localX(double worldX);

    float localY(double worldY);

    /** Asks for an entity with a new id; {@link dev.terrane.plugin.kit.Identity} is added by the cell. There from the next stage on. */
    long spawn(Record... components);

    /** Asks for its end: clients are told that it is gone for good. */
    void despawn(long entity);

    /** The id of an entity of this cell. */
    long idOf(long entity);

    /** The handle of the entity with this id, or 0 if this cell does not own it. */
    long find(long entityId);

    /**
     * Collects entities whose {@link dev.terrane.plugin.kit.Position} lies within the radius, in a fixed order, as of the last time positions were
     * indexed (after SIMULATE). Returns how many were put into {@code into}; what does not fit is left out.
     */
    int near(float x, float y, float radiusMetres, long[] into);

    /**
     * Tells everybody who watches this place about something that happened. {@code event} is one of the declared records. What is emitted into one chunk arrives in the order
     * in which it was emitted; of different chunks nothing is said, so emit what belongs together at one place.
     */
    void emit(Record event, float x, float y);

    /** Tells the session that drives this avatar, and nobody else; nothing happens when none does. */
    void tell(long avatar, Record event);

    /** Sends bytes of the game's own making to the avatar's client; {@code type} as for game messages. At most 1,024 bytes. */
    void send(long avatar, int type, byte[] payload);

    /**
     * The game itself has moved, turned or pushed this avatar in this tick (a new ship, a gate, a blow), so {@link WorldPlugin#conduct} says nothing of it until the next. Nothing happens for
     * whom no character drives.
     */
    void moved(long avatar);

    /** Entities of other cells that are seen from here: across borders, and of the other layers of this region. */
    Ghosts ghosts();

    /**
     * How long ago, in ticks, others were as this avatar's player saw them when he decided on what he wishes in this tick: the way of the news to him and of his input back, and what his
     * client keeps in reserve to draw smoothly. At most {@code rewind.maxMs}; 0 for whoever no connected player drives, and until his first input here. While he is silent it stays
     * as it was.
     */
    float viewLagTicks(long avatar);

    /**
     * Where entities were so many ticks before this one, as of the last time positions were indexed (after SIMULATE): a little back from there in INPUT and SIMULATE. What is
     * further back than what is kept is answered by the oldest that is.
     */
    Past past(float ticksAgo);

    /** The entity begins anew in this tick, in another place or another life: in the {@link #past} it is nowhere before. A jump that is too far for a tick ({@code rewind.jumpSpeed}) is noticed without this. */
    void forgetPast(long entity);

    /**
     * Keeps the entity among the {@link #ghosts} for the next second, wherever it goes; call it again while the reason lasts. It must be seen now, as a ghost or
     * as an entity of this cell.
     *
     * @return false if it is not known here, or this cell follows as many as its limit allows
     */
    boolean follow(long entityId, FollowReason reason);

    /**
     * Asks the entity's owner to let this intent happen to it: by the handler that {@link WorldContext#onIntent} set, in the owner's tick. For an entity of this
     * cell that is later in this tick, for a ghost in the next. Intents of one cell arrive in order and once; one whose target is gone is dropped.
     *
     * @param intent one of {@link WorldPlugin#intents}
     * @return false if no owner is known here or the way to it is full: nothing will happen
     */
    boolean intend(long entityId, Record intent);

    /**
     * Lets an intent happen in a circle, in each cell that it may touch: other regions and all layers. The handler is called once in each.
     *
     * @param x local metres
     * @return false if the way to one of them is full: nothing will happen there
     */
    boolean intendAround(float x, float y, float radiusMetres, Record intent);

    /**
     * For the next second the driver of this avatar is told about that entity before all others, however far and crowded: its target, its attacker, its squad.
     * Call it again while it lasts.
     */
    void highlight(long avatar, long entityId);

    /**
     * This entity must survive a crash as it is at the end of this tick; if it dies within this tick, its end must. From when the tick's facts are durable, that is:
     * before anybody is told of the outcomes, commands and events of the same tick. Without it an entity comes back as the last checkpoint has it.
     *
     * @return false if no more can be kept now: too much waits for the store. Never to a {@link CommandHandler}; so also the next two
     */
    boolean keep(long entity);

    /**
     * Asks a service, or another cell, for something durable. It leaves when this tick's facts are durable.
     *
     * @param requestId names the occasion, for example {@code kill-<entity id>}: the same again, even after a crash that undid it, is the same wish;
     *     1 to 64 characters
     * @return false if it is not sent, because too much waits for the store
     * @throws IllegalArgumentException if the request id, or the key by the type's rule, is empty, too long or holds control characters
     */
    <P extends Record> boolean command(CommandType<P> type, String requestId, P payload);

    /**
     * Lets others know of something durable: at least once, in order per key, when this tick's facts are durable.
     *
     * @param topic {@code evt.<domain>.<fact>}
     * @param key 1 to 128 characters
     * @return false if it is not told, because too much waits for the store
     * @throws IllegalArgumentException if there can be no such topic or key
     */
    boolean publish(String topic, String key, Record payload);

    /** What is left out now, because the world is under load. */
    boolean shedding();
}
