package dev.terrane.server.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.cell.Cell;
import dev.terrane.cell.CellPorts;
import dev.terrane.standby.OutputGate;
import dev.terrane.standby.Piece;
import dev.terrane.standby.Reply;
import dev.terrane.standby.StandbyStream;
import dev.terrane.standby.StandbyTwin;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cell, its gate and its stream by hand: nothing moves by itself. */
class OwnStreamTest {
    private static final long LOOK_NANOS = 20_000_000;
    private static final long SECOND_NANOS = 1_000_000_000;

    private final StandbyRig rig = new StandbyRig();
    private final StandbyStream stream = new StandbyStream(rig.header(rig.spec()), rig.game.codec());
    private final OutputGate gate = new OutputGate(tapped(stream));
    private final Cell cell = rig.open(gate.ports());
    private final StandbyTwin twin = new StandbyTwin(rig.game);
    private final Deque<Piece> underway = new ArrayDeque<>();
    private long nowNanos;
    private final OwnStream own = new OwnStream(StandbyRig.CELL, StandbyRig.EPOCH, stream, gate, nowNanos);
    private long tick;

    private static CellPorts tapped(StandbyStream stream) {
        CellPorts silent = StandbyRig.silent();
        return new CellPorts(
                silent.cells(),
                silent.gateways(),
                silent.listener(),
                silent.meters(),
                silent.stopwatchNanos(),
                _ -> stream);
    }

    /** The standby follows, and something that the cell says waits for it. */
    @BeforeEach
    void holdsWords() {
        own.aim(new OwnStream.Aim(StandbyRig.EPOCH, StandbyRig.STANDBY, 4));
        for (int i = 0; i < 3; i++) {
            tick();
            arrives();
        }
        cell.requestImage();
        tick();
        assertThat(gate.heldCount()).as("the image").isEqualTo(1);
    }

    private void tick() {
        tick++;
        cell.tick(tick, tick * 50);
        stream.send(underway::add);
        own.stable(nowNanos);
    }

    private void arrives() {
        while (!underway.isEmpty()) {
            Reply reply = twin.take(underway.remove());
            if (reply != null) {
                stream.on(reply);
            }
        }
        own.stable(nowNanos);
    }

    private boolean isStuckWithin(long nanos) {
        boolean stuck = own.isStuck();
        for (long end = nowNanos + nanos; !stuck && nowNanos < end; ) {
            nowNanos += LOOK_NANOS;
            own.stable(nowNanos);
            stuck = own.isStuck();
        }
        return stuck;
    }

    @Test
    void aStandbyThatDoesNotAnswerIsGivenUpAfterASecond() {
        assertThat(isStuckWithin(9 * SECOND_NANOS / 10)).isFalse();
        assertThat(isStuckWithin(2 * SECOND_NANOS / 10)).isTrue();
    }

    @Test
    void aBaseThatIsUnderWayHasLonger() {
        stream.reconnected();
        tick();
        assertThat(stream.isBeginning()).isTrue();
        assertThat(isStuckWithin(29 * SECOND_NANOS / 10)).isFalse();
        assertThat(isStuckWithin(2 * SECOND_NANOS / 10)).isTrue();
    }

    @Test
    void aStandbyThatAnswersIsKept() {
        for (int i = 0; i < 5; i++) {
            assertThat(isStuckWithin(9 * SECOND_NANOS / 10)).isFalse();
            arrives();
            cell.requestImage();
            tick();
        }
    }

    @Test
    void whoStoodStillItselfHearsWhatHasComeFirst() {
        nowNanos += 10 * SECOND_NANOS;
        own.stable(nowNanos);
        assertThat(own.isStuck()).isFalse();
    }
}
