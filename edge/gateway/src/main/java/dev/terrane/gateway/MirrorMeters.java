package dev.terrane.gateway;

import dev.terrane.base.Meters;

/** What is counted about the mirror. */
final class MirrorMeters {
    /** Deltas that did not fit to the version that was here. */
    final Meters.Count gaps;
    /** Full slices asked for once more. */
    final Meters.Count rewatches;
    /** Slices whose bytes made no sense: a bug of the encoder. */
    final Meters.Count malformed;
    /** Frames of an epoch or tick that is over. */
    final Meters.Count staleFrames;
    /** Frames that reached the mirror but no client, because a newer one was here already. */
    final Meters.Count lateFrames;
    /** Chunks that were not watched because the mirror is at its limit. */
    final Meters.Count unseenChunks;

    MirrorMeters(Meters meters) {
        gaps = meters.count("gateway_mirror_gaps");
        rewatches = meters.count("gateway_mirror_rewatches");
        malformed = meters.count("gateway_mirror_malformed_slices");
        staleFrames = meters.count("gateway_mirror_stale_frames");
        lateFrames = meters.count("gateway_late_frames");
        unseenChunks = meters.count("gateway_mirror_unseen_chunks");
    }
}
