package dev.terrane.gateway;

import dev.terrane.base.Meters;

/** What is counted about snapshots to clients. */
final class FrameMeters {
    final Meters.Count frames;
    final Meters.Count framesSkipped;
    final Meters.Count frameBytes;
    final Meters.Count slicesDelta;
    final Meters.Count slicesKeyframe;
    final Meters.Count slicesWaiting;
    final Meters.Count ownEventsLost;
    /** Snapshots for which a slice had waited when it was served. */
    final Meters.Distribution waitedFrames;

    FrameMeters(Meters meters) {
        frames = meters.count("ws_snapshots");
        framesSkipped = meters.count("ws_snapshots_skipped");
        frameBytes = meters.count("ws_snapshot_bytes");
        slicesDelta = meters.count("gateway_slices_sent", "kind", "delta");
        slicesKeyframe = meters.count("gateway_slices_sent", "kind", "keyframe");
        slicesWaiting = meters.count("gateway_slices_sent", "kind", "waiting");
        ownEventsLost = meters.count("gateway_own_events_lost");
        waitedFrames = meters.distribution("gateway_slice_waited_snapshots");
    }
}
