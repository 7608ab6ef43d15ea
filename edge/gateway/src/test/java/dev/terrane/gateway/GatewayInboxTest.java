package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellOutput.CellUp;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GatewayInboxTest {
    private static final CellId CELL = TestWorld.cell(0);
    private static final CellFrame FRAME = GatewayFixture.emptyFrame(CELL, 1, 1, 1, 1, 1, 0);

    private final AtomicInteger wakeCount = new AtomicInteger();
    private final GatewayInbox inbox = new GatewayInbox(16, wakeCount::incrementAndGet);

    @Test
    void refusesFramesBeforeMessagesThatNobodyRepeats() {
        int frames = 0;
        while (inbox.offer(FRAME)) {
            frames++;
        }
        assertThat(frames).isEqualTo(14);
        assertThat(inbox.lostFrameOf(CELL)).isTrue();
        assertThat(inbox.lostFrameOf(CELL)).isFalse();
        assertThat(inbox.offer(new CellUp(CELL, 1))).isTrue();
        assertThat(inbox.offer(new CellUp(CELL, 2))).isTrue();
        assertThat(inbox.lostMessage()).isFalse();
        assertThat(inbox.offer(new CellUp(CELL, 3))).isFalse();
        assertThat(inbox.lostMessage()).isTrue();
    }

    @Test
    void wakesOncePerDrain() {
        inbox.offer(FRAME);
        inbox.offer(FRAME);
        assertThat(wakeCount).hasValue(1);
        inbox.beginDrain();
        inbox.offer(FRAME);
        inbox.offer(FRAME);
        assertThat(wakeCount).hasValue(2);
    }

    @Test
    void letsMessagesThatWereLeftWaitUntilSomebodyWakesTheReader() {
        assertThat(inbox.leave(FRAME)).isTrue();
        assertThat(inbox.leave(new CellUp(CELL, 1))).isTrue();
        assertThat(wakeCount).hasValue(0);
        inbox.wake();
        inbox.wake();
        assertThat(wakeCount).hasValue(1);
    }
}
