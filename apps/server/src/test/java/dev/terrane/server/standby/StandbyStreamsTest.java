package dev.terrane.server.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.cell.Cell;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.node.NodeMessage;
import dev.terrane.standby.Reply;
import dev.terrane.standby.StandbyTwin;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An owner's side; the test ticks the cell and is its standby. */
class StandbyStreamsTest {
    private static final CellId CELL = StandbyRig.CELL;
    private static final long EPOCH = StandbyRig.EPOCH;

    private final StandbyRig rig = new StandbyRig();
    private final LinkedBlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StandbyStreams streams = new StandbyStreams(
            rig.post,
            new StandbyStreams.News() {
                @Override
                public void ready(CellId cell, long epoch, NodeId standby, long standbyEntry) {
                    news.add("ready " + standbyEntry);
                }

                @Override
                public void stuck(CellId cell, long epoch) {
                    news.add("stuck");
                }
            },
            Clock.system(),
            rig::header,
            rig.game.codec(),
            Meters.none());
    private final CoordinatorState state = new CoordinatorState();
    private final StandbyTwin twin = new StandbyTwin(rig.game);
    private final Cell cell = rig.open(streams.gated(StandbyRig.silent()));
    private long tick;

    @BeforeEach
    void begin() {
        streams.start();
        apply(new Command.RegisterNode(new NodeInfo(StandbyRig.OWNER, 1, List.of(NodeInfo.Role.SIM), "h:1", "v")));
        apply(new Command.RegisterNode(new NodeInfo(StandbyRig.STANDBY, 1, List.of(NodeInfo.Role.SIM), "h:2", "v")));
        apply(new Command.AssignCells(StandbyRig.OWNER, List.of(CELL)));
        apply(new Command.SetStandby(CELL, EPOCH, StandbyRig.STANDBY));
    }

    @AfterEach
    void close() throws InterruptedException {
        streams.close();
    }

    private void apply(Command command) {
        state.apply(1, Entry.of(1, command));
        streams.follow(StandbyRig.OWNER, ClusterMap.of(state));
    }

    /** The newest that the standby has said to have. */
    private long followedTick = Long.MIN_VALUE;

    private void tick() {
        tick++;
        cell.tick(tick, tick * 50);
        streams.poke();
    }

    /** The standby carries out what has come up to this tick, and answers. */
    private void follows(long upTo) throws InterruptedException {
        while (followedTick < upTo) {
            if (!takesNext(30_000)) {
                throw new AssertionError("nothing was sent after tick " + followedTick + " of " + upTo);
            }
        }
    }

    /** The standby carries out the next piece, if one comes within that time, and answers. */
    private boolean takesNext(long millis) throws InterruptedException {
        NodeMessage next = rig.post.told.poll(millis, TimeUnit.MILLISECONDS);
        if (next == null) {
            return false;
        }
        Reply reply = twin.take(((NodeMessage.StandbyPiece) next).piece());
        if (reply instanceof Reply.Follows follows) {
            followedTick = follows.tick();
        }
        if (reply != null) {
            streams.received(StandbyRig.STANDBY, new NodeMessage.StandbyReply(CELL, EPOCH, reply));
        }
        return true;
    }

    /** Until the stream has begun: in which tick it does is a matter of threads, and one that has too much to send begins anew with the next. */
    private void whole() throws InterruptedException {
        streams.whenFollowed(CELL, EPOCH, () -> heard.add("followed"));
        String found = null;
        for (int left = 1_000; found == null && left > 0; left--) {
            tick();
            while (takesNext(10)) {
                // until nothing more has come of this tick
            }
            found = heard.poll();
        }
        assertThat(found).isEqualTo("followed");
        follows(tick);
    }

    /** A copy is whole once it has a tick of which nothing was heard before. */
    private @Nullable String newsOfNextTicks() throws InterruptedException {
        String found = null;
        for (int left = 50; found == null && left > 0; left--) {
            tick();
            follows(tick);
            found = news.poll(100, TimeUnit.MILLISECONDS);
        }
        return found;
    }

    private void awaitsLastTick() {
        streams.whenStable(CELL, EPOCH, tick, () -> heard.add("stable"), () -> heard.add("broken"));
    }

    @Test
    void saysOnceThatTheStandbyHasATick() throws InterruptedException {
        whole();
        tick();
        awaitsLastTick();
        follows(tick);
        assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("stable");
        assertThat(heard).isEmpty();
    }

    @Test
    void saysThatTheLastTickWillNotArriveWhenItsLinkBreaks() throws InterruptedException {
        whole();
        tick();
        awaitsLastTick();
        streams.linkChanged(StandbyRig.STANDBY);
        assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("broken");
        assertThat(heard).isEmpty();
    }

    /** The copy that was whole is given away when its node hears that it is nobody's standby, whether its owner hears of that or not. */
    @Test
    void beginsAnewWithABaseWhenTheSameStandbyIsChosenOnceMore() throws InterruptedException {
        whole();
        assertThat(newsOfNextTicks()).isEqualTo("ready 4");
        state.apply(1, Entry.of(1, new Command.SetStandby(CELL, EPOCH, null)));
        rig.post.told.clear();
        apply(new Command.SetStandby(CELL, EPOCH, StandbyRig.STANDBY));
        whole();
        assertThat(newsOfNextTicks()).isEqualTo("ready 6");
        assertThat(news).isEmpty();
    }

    @Test
    void forgetsACellThatWasReleased() throws InterruptedException {
        whole();
        assertThat(streams.count()).isEqualTo(1);
        apply(new Command.ReleaseCell(CELL, EPOCH));
        assertThat(StandbyRig.comesTrue(() -> streams.count() == 0)).isTrue();
    }
}
