package dev.terrane.server.lanes;

import dev.terrane.base.Clock;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.LaneHold;
import dev.terrane.command.LaneLease;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneUnavailableException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One of several processes passes an outbox on: whoever has its lease, which is kept where those of lanes are. Should two do it for a moment, commands and events are told twice, and known by their ids. One thread; waits for the store.
 */
final class RelayTurn implements BooleanSupplier {
    private static final long LEASE_MILLIS = 5_000;
    private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(LEASE_MILLIS / 3);

    private final LaneStore store;
    private final LanePartition outbox;
    private final String holder;
    private final Clock clock;
    private @Nullable LaneLease lease;
    private long askAtNanos;

    /** @param holder names this process, also in its next life */
    RelayTurn(LaneStore store, String outbox, String holder, Clock clock) {
        this.store = store;
        this.outbox = new LanePartition("outbox-" + outbox, 0);
        this.holder = holder;
        this.clock = clock;
        this.askAtNanos = clock.nanos();
    }

    @Override
    public boolean getAsBoolean() {
        long now = clock.nanos();
        if (now - askAtNanos >= 0) {
            try {
                ask();
            } catch (LaneUnavailableException away) {
                lease = null;
                throw new StoreUnavailableException(String.valueOf(away.getMessage()), away);
            }
            askAtNanos = now + ASK_NANOS; // from before the store was asked: it counts from later
        }
        return lease != null;
    }

    private void ask() {
        LaneLease held = lease;
        if (held != null && store.renew(held, 0, LEASE_MILLIS)) {
            return;
        }
        Optional<LaneHold> taken = store.acquire(outbox, holder, LEASE_MILLIS);
        lease = taken.map(LaneHold::lease).orElse(null);
    }

    /** Another need not wait for its end. */
    void giveBack() {
        LaneLease held = lease;
        if (held != null) {
            store.release(held);
        }
    }
}
