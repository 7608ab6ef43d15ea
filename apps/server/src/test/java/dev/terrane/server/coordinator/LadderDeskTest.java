package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.WorldBeginning;
import dev.terrane.coordinator.WorldPace;
import dev.terrane.node.NodeMessage;
import dev.terrane.placement.LadderRules;
import dev.terrane.placement.Rung;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leader, the state it writes to and two sims that say how busy they are. */
class LadderDeskTest {
    private static final WorldId WORLD = new WorldId("w");
    private static final NodeId S1 = new NodeId("s1");
    private static final NodeId S2 = new NodeId("s2");
    private static final long MILLI = 1_000_000;
    private static final long BEGAN_MILLIS = 1_700_000_000_000L;
    private static final WorldPlan PLAN = WorldPlan.of(WORLD, new StripPartition(2, 256, 512), 20, 1, false)
            .pacing(new LadderRules(80, 50, 5, 10, 0.1));

    private final CoordinatorState state = new CoordinatorState();
    private final CrowdBook book = new CrowdBook();
    private LadderDesk desk = new LadderDesk(1, PLAN, book, 0);
    private long nowMillis;

    @BeforeEach
    void begin() {
        apply(new Command.RegisterNode(new NodeInfo(S1, 1, List.of(Role.SIM), "h:1", "0.1.0")));
        apply(new Command.RegisterNode(new NodeInfo(S2, 2, List.of(Role.SIM), "h:2", "0.1.0")));
        apply(new Command.PutValue(WorldBeginning.key(WORLD), 0, new WorldBeginning(100, BEGAN_MILLIS).toBytes()));
        say(S1, 10, 0);
        say(S2, 10, 0);
    }

    @Test
    void stepsDownInTheStatedOrderAndUpAgain() {
        say(S2, 90, 0);
        assertThat(changes(20_000)).startsWith(Rung.OPPORTUNISTIC, Rung.FAR_RINGS, Rung.SPLIT, Rung.DILATION);
        assertThat(desk.isPressed()).isTrue();
        assertThat(pace().last().percent()).isLessThan(100);
        say(S2, 10, 0);
        assertThat(changes(60_000)).endsWith(Rung.SPLIT, Rung.FAR_RINGS, Rung.OPPORTUNISTIC, Rung.NORMAL);
        assertThat(pace().last().percent()).isEqualTo(100);
        assertThat(desk.isPressed()).isFalse();
    }

    @Test
    void slowsTimeDownAtOnceWhenTicksAreLateAndNamesATickThatIsNotDue() {
        run(3_000);
        say(S1, 300, 4);
        assertThat(changes(300)).containsExactly(Rung.DILATION);
        WorldPace pace = pace();
        assertThat(pace.last().percent()).isEqualTo(25);
        assertThat(pace.last().dueNanos()).isGreaterThan(nowMillis * MILLI);
        assertThat(pace.last().dueNanos()).isLessThan((nowMillis + 600) * MILLI);
        assertThat(pace.last().firstTick()).isEqualTo(100 + pace.last().dueNanos() / (50 * MILLI));
    }

    @Test
    void looksAtNothingBeforeTheLastChangeCanShow() {
        run(3_000);
        say(S1, 300, 4);
        assertThat(changes(300)).hasSize(1);
        assertThat(changes(1_500)).as("the readings are still those of before").isEmpty();
        assertThat(pace().last().percent()).isEqualTo(25);
    }

    @Test
    void whoeverLeadsNextFindsTheWorldAsItIs() {
        run(3_000);
        say(S1, 300, 4);
        changes(300);
        say(S1, 60, 0);
        desk = new LadderDesk(1, PLAN, book, nowMillis * MILLI);
        assertThat(changes(5_000)).isEmpty();
        assertThat(desk.isPressed()).isTrue();
        assertThat(pace().last().percent()).isEqualTo(25);
    }

    @Test
    void proposesAgainWhatGotLost() {
        run(3_000);
        say(S1, 300, 4);
        Optional<Entry> lost = Optional.empty();
        while (lost.isEmpty()) {
            lost = step();
        }
        for (int i = 0; i < 50; i++) {
            assertThat(step()).as("one at a time").isEmpty();
        }
        desk.answered(lost.get());
        assertThat(changes(200)).isNotEmpty();
    }

    @Test
    void forgetsHowBusyALostSimWas() {
        run(3_000);
        say(S1, 300, 4);
        apply(new Command.NodeLost(S1, 1));
        assertThat(changes(5_000)).isEmpty();
    }

    private void say(NodeId sim, int busyPercent, double behindTicks) {
        book.heard(sim, new NodeMessage.Crowds(new NodeMessage.Strain(busyPercent, behindTicks), List.of(), List.of()));
    }

    private Optional<Entry> step() {
        nowMillis += 100;
        return desk.step(state, nowMillis * MILLI, BEGAN_MILLIS + nowMillis);
    }

    private void run(int millis) {
        assertThat(changes(millis)).isEmpty();
    }

    /** The rungs that were written down in that time. */
    private List<Rung> changes(int millis) {
        List<Rung> changes = new ArrayList<>();
        for (int left = millis; left > 0; left -= 100) {
            step().ifPresent(entry -> {
                assertThat(state.apply(1, entry)).isInstanceOf(Outcome.Done.class);
                desk.answered(entry);
                changes.add(pace().last().rung());
            });
        }
        return changes;
    }

    private WorldPace pace() {
        return WorldPace.of(state, WORLD, 100);
    }

    private void apply(Command command) {
        assertThat(state.apply(1, Entry.of(1, command))).isNotInstanceOf(Outcome.Refused.class);
    }
}
