package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.ghosts.GhostPublisher;
import dev.terrane.ghosts.GhostSubscriber;
import dev.terrane.rewind.History;

/** The numbers a cell publishes. The gauges' values are written by the tick and read by any thread. */
final class CellMeters {
    final Meters.Distribution tickNanos;
    final Meters.Distribution imageNanos;
    final Meters.Distribution baseNanos;
    final Meters.Count handoffsOut;
    final Meters.Count handoffsIn;
    final Meters.Count layerHandoffsOut;
    final Meters.Count handoffsRefused;
    /** Entities and ticks that they waited for the journal. */
    final Meters.Count handoffsUndecided;

    final Meters.Count joinsRefused;
    final Meters.Count inputsStarved;
    final Meters.Count inputsDropped;
    final Meters.Count inputsOld;
    final Meters.Count inputsStray;
    final Meters.Count motionsCorrected;
    final Meters.Count framesDropped;
    final Meters.Count ghostSubscribersRefused;
    final Meters.Count wishesRefused;
    /** Of each input, in thousandths of a tick. */
    final Meters.Distribution viewLag;

    final Meters.Count viewsTooOld;
    final Meters.Count viewsOfTheFuture;
    /** Looks at a moment before now. */
    final Meters.Count rewinds;

    private final Meters.Count pastLeftOut;
    private final Meters.Count ghostBytes;
    private final Meters.Count ghostBatchesRefused;
    private final Meters.Count ghostsLeftOut;

    private volatile int entities;
    private volatile int avatars;
    private volatile int players;
    private volatile int kept;
    private volatile int moving;
    private volatile long softNanos;
    private volatile long opportunisticNanos;
    private volatile int ghosts;
    private volatile int ghostSources;
    private volatile int ghostSubscribers;
    private volatile int remembered;
    private long pastLeftOutSeen;
    private long ghostBytesSeen;
    private long ghostBatchesRefusedSeen;
    private long ghostsLeftOutSeen;

    CellMeters(Meters meters, CellId cell) {
        String name = cell.toString();
        tickNanos = meters.distribution("cell_tick_nanos", "cell", name);
        imageNanos = meters.distribution("cell_image_nanos", "cell", name);
        baseNanos = meters.distribution("cell_base_nanos", "cell", name);
        handoffsOut = meters.count("cell_handoffs_out", "cell", name);
        handoffsIn = meters.count("cell_handoffs_in", "cell", name);
        layerHandoffsOut = meters.count("cell_layer_handoffs_out", "cell", name);
        handoffsRefused = meters.count("cell_handoffs_refused", "cell", name, "policy", "stay_home");
        handoffsUndecided = meters.count("cell_handoffs_undecided", "cell", name);
        joinsRefused = meters.count("cell_joins_refused", "cell", name);
        inputsStarved = meters.count("cell_inputs_starved", "cell", name);
        inputsDropped = meters.count("cell_inputs_dropped", "cell", name, "policy", "drop_oldest");
        inputsOld = meters.count("cell_inputs_dropped", "cell", name, "policy", "old");
        inputsStray = meters.count("cell_inputs_dropped", "cell", name, "policy", "no_session");
        motionsCorrected = meters.count("cell_motions_corrected", "cell", name);
        framesDropped = meters.count("cell_frames_dropped", "cell", name, "policy", "drop_newest");
        ghostSubscribersRefused = meters.count("cell_ghost_subscribers_refused", "cell", name, "policy", "refuse");
        wishesRefused = meters.count("cell_durable_wishes_refused", "cell", name, "policy", "refuse");
        viewLag = meters.distribution("cell_view_lag_milliticks", "cell", name);
        viewsTooOld = meters.count("cell_views_clamped", "cell", name, "policy", "too_old");
        viewsOfTheFuture = meters.count("cell_views_clamped", "cell", name, "policy", "future");
        rewinds = meters.count("cell_rewinds", "cell", name);
        pastLeftOut = meters.count("cell_past_left_out", "cell", name, "policy", "first_come");
        ghostBytes = meters.count("cell_ghost_batch_bytes", "cell", name);
        ghostBatchesRefused = meters.count("cell_ghost_batches_refused", "cell", name, "policy", "coalesce");
        ghostsLeftOut = meters.count("cell_ghosts_left_out", "cell", name, "policy", "nearest_first");
        meters.gauge("cell_ghosts", () -> ghosts, "cell", name);
        meters.gauge("cell_ghost_subscriptions_out", () -> ghostSources, "cell", name);
        meters.gauge("cell_ghost_subscriptions_in", () -> ghostSubscribers, "cell", name);
        meters.gauge("cell_past_entities", () -> remembered, "cell", name);
        meters.gauge("cell_entities", () -> entities, "cell", name);
        meters.gauge("cell_avatars", () -> avatars, "cell", name);
        meters.gauge("cell_layer_moving", () -> moving, "cell", name);
        meters.gauge("cell_handoffs_kept", () -> kept, "cell", name);
    }

    void population(int entityCount, Drivers drivers, int keptCount) {
        entities = entityCount;
        avatars = drivers.count();
        players = drivers.connectedCount();
        kept = keptCount;
    }

    /** Of the last tick. */
    void shares(long soft, long opportunistic) {
        softNanos = soft;
        opportunisticNanos = opportunistic;
    }

    long softNanos() {
        return softNanos;
    }

    long opportunisticNanos() {
        return opportunisticNanos;
    }

    void moving(int count) {
        moving = count;
    }

    int moving() {
        return moving;
    }

    void ghosts(GhostSubscriber subscriber, GhostPublisher publisher) {
        ghosts = subscriber.ghostCount();
        ghostSources = subscriber.sourceCount();
        ghostSubscribers = publisher.subscriberCount();
        ghostBytes.add(publisher.sentBytes() - ghostBytesSeen);
        ghostBytesSeen = publisher.sentBytes();
        ghostBatchesRefused.add(publisher.refusedCount() - ghostBatchesRefusedSeen);
        ghostBatchesRefusedSeen = publisher.refusedCount();
        ghostsLeftOut.add(subscriber.leftOutCount() - ghostsLeftOutSeen);
        ghostsLeftOutSeen = subscriber.leftOutCount();
    }

    void past(History history) {
        remembered = history.rememberedCount();
        pastLeftOut.add(history.leftOutCount() - pastLeftOutSeen);
        pastLeftOutSeen = history.leftOutCount();
    }

    int entities() {
        return entities;
    }

    int avatars() {
        return avatars;
    }

    int players() {
        return players;
    }
}
