package dev.terrane.link.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.link.LinkEnd;
import dev.terrane.link.LinkLoss;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    @Test
    void saysEachReasonOncePerMinute() {
        RefusalLog log = new RefusalLog();
        assertThat(log.say("x", loss(LinkEnd.TLS), -5)).isTrue();
        assertThat(log.say("y", loss(LinkEnd.TLS), 0)).isFalse();
        assertThat(log.say("z", loss(LinkEnd.CLUSTER), 0)).isTrue();
        assertThat(log.say("x", loss(LinkEnd.TLS), MINUTE_NANOS - 6)).isFalse();
        assertThat(log.say("x", loss(LinkEnd.TLS), MINUTE_NANOS - 5)).isTrue();
    }

    private static LinkLoss loss(LinkEnd why) {
        return new LinkLoss(why, "for this test", false, 0);
    }
}
