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
