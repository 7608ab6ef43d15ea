package dev.terrane.server.world;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellReplay;
import dev.terrane.checkpoint.Checkpoint;
import dev.terrane.checkpoint.JournalEntry;
import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes cells of the copies that are here, when the map says that they are ours.
 *
 * <pre>
 *   map ─► copies become cells, those with most players first ─► seated: they catch up at once ─► their first ticks are timed
 *                                                                   └─ a moment later ─► the fences of all that are seated by then, in one statement ─► one image after the other
 * </pre>
 *
 * <p>A store that is away is asked again until it is there. Whatever else goes wrong is said, counted and tried again with growing pauses, each cell for itself, for as long as the cell is ours: it plays meanwhile.
 *
 * <p>What players wait for comes first: whatever needs the store, or a processor for long, is left for when they play again. Until a cell is fenced it plays, and keeps nothing that has to last.
 *
 * <p>{@link #take} belongs to the thread that hears maps; copies become cells on their own threads, fences are raised on job threads.
 */
final class Takeovers {
    /** By then the cells have caught up, also where a processor is short: fences and images want as much of it as all copies that become cells. Commands wait for as long. */
    private static final long FENCE_MILLIS = 300;

    private static final long RETRY_MILLIS = 50;
    private static final long AWAY_MILLIS = 500;
    /** Between two images: each takes a processor for some milliseconds. */
    private static final long IMAGE_MILLIS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Takeovers.class);

    private final WorldSetup setup;
    private final ClusterWorld.Surroundings around;
    private final CellMaker maker;
    private final Seating seating;
    private final FailoverMeters meters;
    /** Under which epoch each cell was last asked of its copy. The follower's own. */
    private final Map<CellId, Long> asked = new HashMap<>();
    /** Under which epoch each cell last went on here whose fence has not been raised: a life that is void keeps its entry, because its last images may still come. */
    private final Map<CellId, Long> unfenced = new ConcurrentHashMap<>();

    /** Who has the seats. Any thread. */
    interface Seating {
        /** @return false when the cell is somebody else's by now: it is dropped */
        boolean seat(Cell cell, EarlyTicks watch);

        /** There is no copy that could go on: the cell starts from its checkpoint. */
        void renew(CellId cell, long epoch);

        /** The newest that is known. */
        long epoch(CellId cell);
    }

    Takeovers(WorldSetup setup, ClusterWorld.Surroundings around, CellMaker maker, Seating seating) {
        this.setup = setup;
        this.around = around;
        this.maker = maker;
        this.seating = seating;
        this.meters = new FailoverMeters(setup.runtime().meters());
    }

    /** Whether what a cell does in this life may last: neither it nor a later one waits for its fence. Any thread. */
    boolean isFenced(CellEpoch life) {
        Long open = unfenced.get(life.cell());
        return open == null || life.epoch() > open;
    }

    /** The map has made these ours, all at once; those that were asked for before are left out. */
    void take(List<CellGrant> grants) {
        Map<CellId, CellGrant> fresh = new LinkedHashMap<>();
        for (CellGrant grant : grants) {
            if (!Objects.equals(asked.put(grant.cell(), grant.epoch()), grant.epoch())) {
                fresh.put(grant.cell(), grant);
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        Takeover takeover = new Takeover(fresh.size(), setup.runtime().clock(), meters);
        around.standbys()
                .promote(
                        fresh.keySet(),
                        (cell, twin) -> become(Objects.requireNonNull(fresh.get(cell)), twin, takeover));
    }

    /** On the copy's own thread. */
    private void become(CellGrant grant, @Nullable CellReplay twin, Takeover takeover) {
        try {
            if (twin != null && twin.promotable()) {
                seat(grant, twin, takeover);
            } else {
                LOG.atWarn()
                        .addKeyValue("cell", grant.cell())
                        .addKeyValue("epoch", grant.epoch())
                        .log("the copy of the cell is not whole: it starts from its checkpoint");
                seating.renew(grant.cell(), grant.epoch());
            }
        } catch (RuntimeException | Error failure) { // nobody asks for this epoch again: it would be nobody's for ever
            LOG.atError()
                    .setCause(failure)
                    .addKeyValue("cell", grant.cell())
                    .addKeyValue("epoch", grant.epoch())
                    .log("the copy cannot become the cell: it starts from its checkpoint");
            seating.renew(grant.cell(), grant.epoch());
        } finally {
            takeover.done();
        }
    }

    private void seat(CellGrant grant, CellReplay twin, Takeover takeover) {
        long began = setup.runtime().clock().nanos();
        unfenced.merge(grant.cell(), grant.epoch(), Math::max);
        Cell cell = maker.promote(twin, grant);
        if (!seating.seat(cell, takeover.watch(cell))) {
            return; // somebody else's by now
        }
        if (takeover.seated(cell, grant)) {
            later(() -> raise(takeover, takeover.takeUnfenced(), new Backoff()), FENCE_MILLIS);
        }
        LOG.atInfo()
                .addKeyValue("cell", grant.cell())
                .addKeyValue("epoch", grant.epoch())
                .addKeyValue("tick", cell.lastTick())
                .addKeyValue("entities", cell.entityCount())
                .addKeyValue("micros", (setup.runtime().clock().nanos() - began) / 1_000)
                .log("goes on here");
    }

    /** Practises it, so that its code is warm. On the copy's thread. */
    void rehearse(CellGrant grant, CellReplay copy) {
        try {
            maker.rehearse(copy, grant, setup.runtime().clock().epochMillis());
        } catch (RuntimeException | Error e) { // it is only practice
            LOG.atWarn().setCause(e).addKeyValue("cell", grant.cell()).log("taking a copy over for practice failed");
        }
    }

    /** @param patience of these cells' tries */
    private void raise(Takeover takeover, List<Takeover.Seated> seated, Backoff patience) {
        List<Takeover.Seated> open = seated.stream()
                .filter(each ->
                        seating.epoch(each.grant().cell()) <= each.grant().epoch())
                .toList();
        if (open.isEmpty()) {
            return;
        }
        try {
            around.fences().raise(open.stream().map(Takeover.Seated::grant).toList());
        } catch (StoreUnavailableException away) {
            LOG.atWarn()
                    .addKeyValue("cells", open.size())
                    .log("they play without the store, and take no commands: {}", away.getMessage());
            later(() -> raise(takeover, open, patience), AWAY_MILLIS);
            return;
        } catch (RuntimeException | Error failure) {
            if (open.size() > 1) {
                // One of them may be the reason: it is to keep no other from taking commands.
                meters.fenceFailures().one();
                LOG.atWarn()
                        .setCause(failure)
                        .addKeyValue("cells", open.size())
                        .log("their fences cannot be raised together: tries each for itself");
                open.forEach(each -> raise(takeover, List.of(each), new Backoff()));
            } else {
                failed(open.getFirst(), failure, patience, () -> raise(takeover, open, patience));
            }
            return;
        }
        long imageAtMillis = 0;
        for (Takeover.Seated each : open) {
            tellStored(takeover, each, imageAtMillis, new Backoff());
            imageAtMillis += IMAGE_MILLIS;
        }
    }

    /** Whatever its former self saved is there by now, and nothing more of that one comes. */
    private void tellStored(Takeover takeover, Takeover.Seated open, long imageAtMillis, Backoff patience) {
        Cell cell = open.cell();
        if (seating.epoch(cell.id()) > cell.epoch()) {
            return; // over: another life has a fence of its own
        }
        try {
            CellId id = cell.id();
            OptionalLong stored = storedTick(id, cell.epoch());
            if (stored.isEmpty()) {
                return; // its successor has stored something: what that knows is no fault of this copy
            }
            if (cell.offer(cell.epoch(), new CellInput.FactsStored(stored.getAsLong())) == Admission.FULL) {
                later(() -> tellStored(takeover, open, imageAtMillis, patience), RETRY_MILLIS);
                return;
            }
            unfenced.remove(id, cell.epoch());
            takeover.fenced();
            later(cell::requestImage, imageAtMillis);
        } catch (StoreUnavailableException away) {
            later(() -> tellStored(takeover, open, imageAtMillis, patience), AWAY_MILLIS);
        } catch (RuntimeException | Error failure) {
            failed(open, failure, patience, () -> tellStored(takeover, open, imageAtMillis, patience));
        }
    }

    private void failed(Takeover.Seated open, Throwable failure, Backoff patience, Runnable again) {
        meters.fenceFailures().one();
        long millis = patience.next(setup.runtime().clock().nanos());
        LOG.atError()
                .setCause(failure)
                .addKeyValue("cell", open.grant().cell())
                .addKeyValue("epoch", open.grant().epoch())
                .log(
                        "the cell's fence failed: it plays, takes no commands and keeps nothing; tried again in {} ms. If it goes on, mend the cause, or drain this node",
                        millis);
        later(again, millis);
    }

    /** The last one that is stored of the cell, -1 for none; empty when a later life than this one has stored any. */
    private OptionalLong storedTick(CellId cell, long epoch) {
        long newestEpoch = 0;
        long tick = -1;
        Checkpoint latest = setup.stores().checkpoints().latest(cell).orElse(null);
        if (latest != null) {
            newestEpoch = latest.epoch();
            tick = latest.tick();
        }
        for (JournalEntry entry : setup.stores().journal().store().tail(cell)) {
            newestEpoch = Math.max(newestEpoch, entry.epoch());
            tick = Math.max(tick, entry.tick());
        }
        return newestEpoch > epoch ? OptionalLong.empty() : OptionalLong.of(tick);
    }

    private void later(Runnable work, long millis) {
        try {
            setup.runtime().jobs().schedule(work, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closing) {
            LOG.atDebug().log("the node ends: what was to come after a takeover does not");
        }
    }
}
