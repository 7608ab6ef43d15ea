package dev.terrane.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.junit.jupiter.api.Test;

class RatisPropertiesTest {
    @Test
    void whoStepsDownMayStandAgainAfterTheTimeOfAnElection() {
        RaftTimings timings = RaftTimings.usual();
        RaftProperties properties = RatisProperties.of(
                new RaftSettings(
                        "c1", List.of(new CoordinatorPeer("c1", "127.0.0.1", 7_001)), Path.of("x"), 1, timings),
                RatisProperties.SEGMENT_BYTES);
        assertThat(RaftServerConfigKeys.LeaderElection.leaderStepDownWaitTime(properties))
                .isEqualTo(RatisProperties.time(timings.electionMax()));
    }
}
