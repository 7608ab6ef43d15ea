package dev.terrane.postgres.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.LaneHold;
import dev.terrane.command.LanePartition;
import dev.terrane.command.Settlement;
import dev.terrane.postgres.OwnDatabase;
import dev.terrane.postgres.PostgresStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In a database of its own: the number of partitions is one for all lanes of a database. */
class LaneLayoutIT {
    private static final String LANE = "economy";

    private final OwnDatabase own = OwnDatabase.make();
    private final PostgresStore store = own.store();

    @AfterEach
    void drop() {
        own.close();
    }

    @Test
    void keepsTheNumberOfPartitionsWhileAnythingWaits() {
        LaneLayout.require(store.database(), 16);
        LaneLayout.require(store.database(), 4);
        LaneLayout.require(store.database(), 4);
        PostgresLaneStore lanes = new PostgresLaneStore(store.database(), 4, 100);
        CommandEnvelope command = new CommandEnvelope(
                "cmd.economy.open",
                1,
                "ann",
                new CommandEnvelope.Origin("admin:test", "r"),
                new CommandEnvelope.Trace("e", "e", "", "test", 0),
                new byte[] {'{', '}'});
        lanes.append(LANE, List.of(command));
        assertThatThrownBy(() -> LaneLayout.require(store.database(), 8))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("commands.partitions is 8")
                .hasMessageContaining("have 4 partitions")
                .hasMessageContaining("1 commands wait")
                .hasMessageContaining("Start with commands.partitions = 4 once more");
        LaneLayout.require(store.database(), 4);

        LanePartition partition = new LanePartition(LANE, LanePartition.indexOf("ann", 4));
        LaneHold hold = lanes.acquire(partition, "a", 10_000).orElseThrow();
        Settlement buried = new Settlement(
                1, 1, List.of(), List.of(), List.of(), List.of(new Settlement.Death(command, 6, "it is poison")));
        assertThat(lanes.settle(hold.lease(), 10_000, buried)).isTrue();
        assertThatThrownBy(() -> LaneLayout.require(store.database(), 8)).hasMessageContaining("1 are dead letters");

        assertThat(lanes.deadLetters()
                        .drop(lanes.deadLetters().list(LANE, 0, 1).getFirst().id()))
                .isTrue();
        LaneLayout.require(store.database(), 8);
        assertThatThrownBy(() -> refused(4)).hasMessageContaining("have 8 partitions");
    }

    /** Once more something waits. */
    private void refused(int partitionCount) {
        new PostgresLaneStore(store.database(), 8, 100)
                .append(
                        LANE,
                        List.of(new CommandEnvelope(
                                "cmd.economy.open",
                                1,
                                "bob",
                                new CommandEnvelope.Origin("admin:test", "s"),
                                new CommandEnvelope.Trace("e", "e", "", "test", 0),
                                new byte[] {'{', '}'})));
        LaneLayout.require(store.database(), partitionCount);
    }
}
