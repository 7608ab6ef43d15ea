package dev.terrane.raft;

import dev.terrane.coordinator.EntryCodec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.rpc.SupportedRpcType;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** What is said to Ratis. */
final class RatisProperties {
    /** The log is thrown away by whole files of this size. */
    static final long SEGMENT_BYTES = 8L << 20;

    private static final long BATCH_BYTES = 2L * EntryCodec.ENTRY_BYTES_MAX;
    /** Entries that travel together, and the longest that is read. */
    static final SizeInBytes BATCH_SIZE = SizeInBytes.valueOf(BATCH_BYTES);

    private static final int SNAPSHOT_COUNT = 2;
    /** By itself, Ratis ends a server whose process stood still for a minute, for good. */
    private static final Duration STILL_MAX = Duration.ofDays(1);

    private RatisProperties() {}

    static RaftProperties of(RaftSettings settings, long segmentBytes) {
        RaftProperties properties = new RaftProperties();
        RaftConfigKeys.Rpc.setType(properties, SupportedRpcType.GRPC);
        GrpcConfigKeys.Server.setHost(properties, settings.own().host());
        GrpcConfigKeys.Server.setPort(properties, settings.own().port());
        RaftServerConfigKeys.setStorageDir(properties, List.of(settings.folder().toFile()));
        RaftServerConfigKeys.setRemovedGroupsDir(
                properties, settings.folder().resolve("removed").toFile());
        RaftServerConfigKeys.setCloseThreshold(properties, time(STILL_MAX));

        TimeDuration electionMin = time(settings.timings().electionMin());
        TimeDuration electionMax = time(settings.timings().electionMax());
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, electionMin);
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, electionMax);
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, electionMin);
        RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, electionMax);
        // By itself, 10 s. Whoever was elected and not heard of for a moment, as happens on a busy machine, may be the
        // only one with the newest entry: then nobody else can lead.
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, electionMax);
        RaftClientConfigKeys.Rpc.setRequestTimeout(
                properties, time(settings.timings().answerWithin()));

        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(segmentBytes));
        RaftServerConfigKeys.Log.setPreallocatedSize(properties, SizeInBytes.valueOf(Math.min(segmentBytes, 1 << 20)));
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, BATCH_SIZE);
        RaftServerConfigKeys.Log.setWriteBufferSize(properties, SizeInBytes.valueOf(BATCH_BYTES + 1_024));
        RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, settings.snapshotEvery());
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, SNAPSHOT_COUNT);
        // One way to stop: as by a kill. What was not in a snapshot is read from the log again.
        RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
        return properties;
    }

    static TimeDuration time(Duration duration) {
        return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
    }
}
