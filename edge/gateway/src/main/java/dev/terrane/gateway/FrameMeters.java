package dev.terrane.gateway;

import dev.terrane.base.Meters;

/** What is counted about snapshots to clients. */
final class FrameMeters {
    /** Frames whose slices were built for all in step, and for one session. */
    final Meters.Count framesShared;

    final Meters.Count framesAlone;
    final Meters.Count framesSkipped;
    /** A client's budgets were halved because its link clogged. */
    final Meters.Count budgetsHalved;

    final Meters.Count frameBytes;
    final Meters.Count ownEventsLost;
    final Meters.Count slicesWaiting;
    /** How old a slice is that a company has, after a snapshot: one slice of each viewpoint and snapshot is looked at. */
    final Meters.Distribution sliceAgeTicks;

    private final Meters.Count frames;
    private final Meters.Count delta;
    private final Meters.Count keyframe;
    private final Meters.Count merged;

    // Summed up here and told once per cell's frame.
    int slicesDelta;
    int slicesKeyframe;
    int slicesMerged;
    int shared;
    int alone;
    long bytes;

    FrameMeters(Meters meters) {
        frames = meters.count("ws_snapshots");
        framesShared = meters.count("frames_shared");
        framesAlone = meters.count("frames_alone");
        framesSkipped = meters.count("ws_snapshots_skipped");
        budgetsHalved = meters.count("ws_snapshot_budgets_halved");
        frameBytes = meters.count("ws_snapshot_bytes");
        delta = meters.count("gateway_slices_sent", "kind", "delta");
        keyframe = meters.count("gateway_slices_sent", "kind", "keyframe");
        merged = meters.count("gateway_slices_sent", "kind", "merged");
        slicesWaiting = meters.count("gateway_slices_sent", "kind", "waiting");
        ownEventsLost = meters.count("gateway_own_events_lost");
        sliceAgeTicks = meters.distribution("client_slice_age_ticks");
    }

    void tell() {
        frames.add(shared + alone);
        framesShared.add(shared);
        framesAlone.add(alone);
        frameBytes.add(bytes);
        delta.add(slicesDelta);
        keyframe.add(slicesKeyframe);
        merged.add(slicesMerged);
        slicesMerged = 0;
        slicesDelta = 0;
        slicesKeyframe = 0;
        shared = 0;
        alone = 0;
        bytes = 0;
    }
}
