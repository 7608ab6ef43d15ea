package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.RegionLayers;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage;
import dev.terrane.placement.CellLoad;
import dev.terrane.placement.CrowdLimits;
import dev.terrane.placement.CrowdRules;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leader and the state it writes to; sims say what the test makes them say, each half a second. */
class CrowdDeskTest {
    private static final WorldId WORLD = new WorldId("w");
    private static final RegionId REGION = new RegionId(0, 0);
    private static final NodeId SIM = new NodeId("s1");
    private static final NodeId GATEWAY = new NodeId("g1");
    private static final long LOOK_NANOS = 500_000_000;
    private static final WorldPlan PLAN = WorldPlan.of(WORLD, new StripPartition(2, 256, 512), 20, 1, false)
            .splitting(new CrowdRules(new CrowdLimits(100, 1_000, 1_000, Long.MAX_VALUE / 4), 4, 20, 50, 40, 20));

    private final CoordinatorState state = new CoordinatorState();
    private final CrowdBook book = new CrowdBook();
    private final LoadBook loads = new LoadBook();
    private final Map<CellId, Integer> entities = new HashMap<>();
    private final List<CellId> missed = new ArrayList<>();
    private final Map<CellId, Long> done = new HashMap<>();
    private CrowdDesk desk = desk(0);
    private boolean gatewayHears = true;
    private long now;

    @BeforeEach
    void begin() {
        apply(new Command.RegisterNode(new NodeInfo(SIM, 1, List.of(Role.SIM), "h:1", "0.1.0")));
        apply(new Command.RegisterNode(new NodeInfo(GATEWAY, 2, List.of(Role.GATEWAY), "h:2", "0.1.0")));
        loads.heard(SIM, new NodeMessage.Loads(4e9, List.of()));
        run(cell(0));
        entities.put(cell(0), 150);
    }

    @Test
    void asksForALayerWhereACrowdStaysAndDividesWhenThatRunsAndAllKnow() {
        gatewayHears = false;
        look(4);
        assertThat(layers()).isEqualTo(RegionLayers.ONE.with(1));
        assertThat(RegionLayers.wanted(state, WORLD)).containsExactly(cell(1));
        look(4);
        assertThat(layers().order()).as("it does not run yet").isNull();
        run(cell(1));
        look(4);
        assertThat(layers().order()).as("the gateway does not know yet").isNull();
        gatewayHears = true;
        look(2);
        assertThat(layers().newcomers()).isEqualTo(1);
        assertThat(layers().order()).isInstanceOfSatisfying(RegionLayers.Divide.class, order -> {
            assertThat(order.from()).isZero();
            assertThat(order.to()).isEqualTo(1);
            assertThat(order.epoch()).isEqualTo(1);
            assertThat(order.share()).isEqualTo(0.5f);
        });
        done.put(cell(0), order().number());
        look(2);
        assertThat(layers().order()).isNull();
    }

    @Test
    void takesAnOrderBackWhoseCellHasFallen() {
        split();
        apply(new Command.RenewCell(cell(0), 1));
        look(2);
        assertThat(layers().order()).isNull();
    }

    @Test
    void whoeverLeadsNextGoesOnWithWhatIsInTheLog() {
        split();
        long number = order().number();
        desk = desk(now);
        look(6);
        assertThat(layers().order()).as("the order is not done").isNotNull();
        assertThat(order().number()).isEqualTo(number);
        done.put(cell(0), number);
        look(2);
        assertThat(layers()).isEqualTo(RegionLayers.ONE.with(1).entering(1));
    }

    @Test
    void mergesWhatIsCalmWhenNewcomersGoElsewhereAndWantsItNoMoreWhenItIsGivenBack() {
        calm();
        gatewayHears = false;
        look(16);
        assertThat(layers().newcomers()).isZero();
        assertThat(layers().order()).as("the gateway does not know yet").isNull();
        gatewayHears = true;
        look(2);
        assertThat(layers().order()).isInstanceOf(RegionLayers.Merge.class);
        look(10);
        assertThat(layers().order()).as("it is not drained").isInstanceOf(RegionLayers.Merge.class);
        apply(new Command.ReleaseCell(cell(1), 1));
        look(1);
        assertThat(layers()).isEqualTo(RegionLayers.ONE);
        assertThat(RegionLayers.wanted(state, WORLD)).isEmpty();
    }

    @Test
    void whoeverLeadsNextEndsAMerge() {
        calm();
        look(20);
        assertThat(layers().order()).isInstanceOf(RegionLayers.Merge.class);
        desk = desk(now);
        look(3);
        assertThat(layers().order()).isInstanceOf(RegionLayers.Merge.class);
        apply(new Command.ReleaseCell(cell(1), 1));
        look(1);
        assertThat(layers()).isEqualTo(RegionLayers.ONE);
    }

    @Test
    void wakesALayerThatSomebodyWasHandedToWhileItWasTakenAway() {
        calm();
        look(20);
        apply(new Command.ReleaseCell(cell(1), 1));
        look(2);
        missed.add(cell(1));
        look(4);
        assertThat(layers()).isEqualTo(RegionLayers.ONE.with(1));
    }

    @Test
    void wakesNoLayerForWhatADeadSimHasMissed() {
        NodeId other = new NodeId("s2");
        calm();
        look(20);
        apply(new Command.ReleaseCell(cell(1), 1));
        look(2);
        apply(new Command.RegisterNode(new NodeInfo(other, 3, List.of(Role.SIM), "h:3", "0.1.0")));
        for (int report = 0; report < 4; report++) {
            book.heard(other, new NodeMessage.Crowds(new NodeMessage.Strain(10, 0), List.of(), List.of(cell(1))));
        }
        apply(new Command.NodeLost(other, 3));
        look(4);
        assertThat(layers()).isEqualTo(RegionLayers.ONE);
    }

    @Test
    void forgetsOnWhichMapANodeActedThatIsNoMore() {
        book.acts(SIM, 7);
        book.acts(GATEWAY, 7);
        book.retain(List.of(SIM));
        assertThat(book.allAct(List.of(SIM), 7)).isTrue();
        assertThat(book.allAct(List.of(GATEWAY), 1)).isFalse();
    }

    @Test
    void givesALayerUpThatDoesNotComeUp() {
        look(4);
        look(130);
        assertThat(layers().order()).isNull();
        run(cell(1));
        entities.put(cell(1), 0);
        look(8);
        assertThat(layers().order())
                .as("it gives a part to the layer that is there")
                .isInstanceOf(RegionLayers.Divide.class);
    }

    private CrowdDesk desk(long sinceNanos) {
        return new CrowdDesk(
                1, PLAN, book, loads, new LayerMeters(Meters.none(), PLAN, () -> ClusterMap.EMPTY), sinceNanos);
    }

    private void split() {
        look(4);
        run(cell(1));
        look(4);
        assertThat(layers().order()).isNotNull();
    }

    /** Split, divided, and then most have left. */
    private void calm() {
        split();
        done.put(cell(0), order().number());
        look(2);
        entities.put(cell(0), 10);
        entities.put(cell(1), 5);
    }

    private void run(CellId cell) {
        apply(new Command.AssignCells(SIM, List.of(cell)));
        entities.putIfAbsent(cell, 0);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            now += LOOK_NANOS;
            say();
            for (Entry entry : desk.step(state, now, false)) {
                assertThat(state.apply(1, entry)).isInstanceOf(Outcome.Done.class);
                desk.answered(entry);
            }
        }
    }

    private void say() {
        List<NodeMessage.Crowd> cells = new ArrayList<>();
        for (Tenure tenure : state.tenures()) {
            if (tenure.isHeld()) {
                CellId cell = tenure.cell();
                cells.add(new NodeMessage.Crowd(
                        new CellLoad(cell, entities.getOrDefault(cell, 0), 0, 0, 1_000, 1_000),
                        tenure.epoch(),
                        done.getOrDefault(cell, 0L)));
            }
        }
        book.heard(SIM, new NodeMessage.Crowds(new NodeMessage.Strain(10, 0), cells, missed));
        book.acts(SIM, state.appliedCount());
        if (gatewayHears) {
            book.acts(GATEWAY, state.appliedCount());
        }
    }

    private RegionLayers.Order order() {
        return Objects.requireNonNull(layers().order());
    }

    private RegionLayers layers() {
        return RegionLayers.of(state, WORLD, REGION);
    }

    private void apply(Command command) {
        assertThat(state.apply(1, Entry.of(1, command))).isNotInstanceOf(Outcome.Refused.class);
    }

    private static CellId cell(int layer) {
        return new CellId(WORLD, REGION, layer);
    }
}
