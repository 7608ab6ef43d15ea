package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.ecs.EntityStore;
import dev.terrane.plugin.FollowReason;
import dev.terrane.plugin.Ghosts;
import dev.terrane.protocol.cluster.CellInput;
import org.jspecify.annotations.Nullable;

/** The cell's ghosts: what it sees of others, and what others see of it. */
final class GhostDesk implements Ghosts {
    private final EntityStore ghosts;

    GhostDesk(EntityStore own) {
        this.ghosts = new EntityStore(own.schema());
    }

    /** A message of a publisher or a subscriber; applied by {@link #takeIn}. */
    void take(CellInput message) {}

    /** Brings the ghosts up to date, before the systems run. */
    void takeIn() {}

    /** Asks for what is needed and tells subscribers what changed; after arrivals and leavers, before change marks are cleared. */
    void publish() {}

    /** The entity goes to that cell: call it while it is still alive here. It stays to be seen as a ghost. */
    void departed(long handle, CellId target) {}

    /** The entity is this cell's own from now on. */
    void arrived(long entityId) {}

    /** The change marks of the cell's own store were cleared. */
    void changesCleared() {}

    @Override
    public EntityStore entities() {
        return ghosts;
    }

    @Override
    public int near(float x, float y, float radiusMetres, long[] into) {
        return 0;
    }

    @Override
    public long idOf(long ghost) {
        return 0;
    }

    @Override
    public long find(long entityId) {
        return 0;
    }

    boolean follow(long entityId, FollowReason reason) {
        return false;
    }

    /** The cell that owns the ghost with this id, as far as it is known here; null for what is no ghost. */
    @Nullable
    CellId sourceOf(long entityId) {
        return null;
    }
}
