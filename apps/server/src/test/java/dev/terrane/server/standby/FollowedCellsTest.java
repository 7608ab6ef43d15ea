package dev.terrane.server.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellPorts;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.node.NodeMessage;
import dev.terrane.standby.Reply;
import dev.terrane.standby.StandbyStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowedCellsTest {
    private final StandbyRig rig = new StandbyRig();
    private final ExecutorService own = Executors.newSingleThreadExecutor();
    private final ExecutorService practice = Executors.newSingleThreadExecutor();
    private final FollowedCells followed =
            new FollowedCells(StandbyRig.STANDBY, rig.post, rig.game, List.of(own), practice, Meters.none());

    @AfterEach
    void close() throws InterruptedException {
        followed.close();
    }

    private void follow() {
        CoordinatorState state = new CoordinatorState();
        for (Command command : List.of(
                new Command.RegisterNode(new NodeInfo(StandbyRig.OWNER, 1, List.of(NodeInfo.Role.SIM), "h:1", "v")),
                new Command.RegisterNode(new NodeInfo(StandbyRig.STANDBY, 1, List.of(NodeInfo.Role.SIM), "h:2", "v")),
                new Command.AssignCells(StandbyRig.OWNER, List.of(StandbyRig.CELL)),
                new Command.SetStandby(StandbyRig.CELL, StandbyRig.EPOCH, StandbyRig.STANDBY))) {
            state.apply(1, Entry.of(1, command));
        }
        followed.follow(ClusterMap.of(state));
    }

    /** A header, a base and ticks, as an owner sends them. */
    private void hears(int ticks) {
        StandbyStream stream = new StandbyStream(rig.header(rig.spec()), rig.game.codec());
        CellPorts silent = StandbyRig.silent();
        Cell cell = rig.open(new CellPorts(
                silent.cells(),
                silent.gateways(),
                silent.listener(),
                silent.meters(),
                silent.stopwatchNanos(),
                _ -> stream));
        for (int tick = 1; tick <= ticks; tick++) {
            cell.tick(tick, tick * 50L);
            stream.send(piece -> {
                followed.received(
                        StandbyRig.OWNER, new NodeMessage.StandbyPiece(StandbyRig.CELL, StandbyRig.EPOCH, piece));
                return true;
            });
        }
    }

    private List<Long> answered(int count) throws InterruptedException {
        List<Long> ticks = new ArrayList<>();
        while (ticks.size() < count) {
            NodeMessage next = rig.post.told.poll(30, TimeUnit.SECONDS);
            if (!(next instanceof NodeMessage.StandbyReply reply)
                    || !(reply.reply() instanceof Reply.Follows follows)) {
                throw new AssertionError("heard " + next);
            }
            ticks.add(follows.tick());
        }
        return ticks;
    }

    @Test
    void answersEachTickWithTheTick() throws InterruptedException {
        follow();
        hears(3);
        assertThat(answered(3)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void answersThoughNobodyPractisesAnyMore() throws InterruptedException {
        practice.shutdownNow();
        follow();
        hears(3);
        assertThat(answered(3)).containsExactly(1L, 2L, 3L);
    }
}
