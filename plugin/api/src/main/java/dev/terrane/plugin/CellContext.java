package dev.terrane.plugin;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
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

    /** Tells everybody who watches this place about something that happened. {@code event} is one of the declared records. */
    void emit(Record event, float x, float y);

    /** Tells the session that drives this avatar, and nobody else; nothing happens when none does. */
    void tell(long avatar, Record event);

    /** Sends bytes of the game's own making to the avatar's client; {@code type} as for commands. At most 1,024 bytes. */
    void send(long avatar, int type, byte[] payload);
}
