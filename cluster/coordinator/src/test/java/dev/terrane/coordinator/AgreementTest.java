package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.coordinator.NodeInfo.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private static final List<NodeId> COORDINATORS = List.of(new NodeId("c1"), new NodeId("c2"));
    private static final CellId CELL = new CellId(new WorldId("w"), new RegionId(1, 2), 0);
    private static final Release SECOND = Release.of("0.2.0");

    private final CoordinatorState state = new CoordinatorState();
    private long lives;

    private Outcome apply(Command command) {
        return state.apply(1, Entry.of(1, command));
    }

    private Outcome register(String node, Role role, String version) {
        return apply(new Command.RegisterNode(new NodeInfo(new NodeId(node), ++lives, List.of(role), "h:1", version)));
    }

    private void played(String version) {
        register("c1", Role.COORDINATOR, version);
        register("c2", Role.COORDINATOR, version);
        register("s1", Role.SIM, version);
        apply(new Command.AssignCells(new NodeId("s1"), List.of(CELL)));
    }

    private void wish(String release) {
        state.apply(1, new Entry(0, "admin alice", "upgrade", new Command.SetOverride(Agreement.WISH, release)));
    }

    @Test
    void nodesOfTwoReleasesAreInOneClusterAndAThirdIsRefused() {
        played("0.1.0");
        assertThat(register("s2", Role.SIM, "0.2.0")).isInstanceOf(Outcome.Done.class);
        assertThat(register("s3", Role.SIM, "0.3.0"))
                .isEqualTo(new Outcome.Refused(
                        Outcome.Reason.WRONG_NODE,
                        "node s3 is of release 0.3.0, and this cluster has agreed on 0.1: upgrade one minor"
                                + " release at a time, and finish each"));
    }

    @Test
    void isNotDueUntilAnAdministratorSaysSo() {
        played("0.2.0");
        assertThat(Agreement.due(state, COORDINATORS, SECOND)).isEmpty();
        wish("0.2");
        assertThat(Agreement.due(state, COORDINATORS, SECOND)).isPresent();
    }

    @Test
    void waitsForTheLastNodeAndForCoordinatorsThatAreAway() {
        played("0.2.0");
        register("s2", Role.SIM, "0.1.0");
        wish("0.2");
        assertThat(Agreement.obstacle(state, COORDINATORS, SECOND)).contains("node s2 is of release 0.1.0");
        assertThat(Agreement.due(state, COORDINATORS, SECOND)).isEmpty();
        register("s2", Role.SIM, "0.2.0");
        apply(new Command.NodeLost(new NodeId("c2"), 2));
        assertThat(Agreement.due(state, COORDINATORS, SECOND)).isEmpty();
        register("c2", Role.COORDINATOR, "0.2.0");
        assertThat(Agreement.due(state, COORDINATORS, SECOND)).isPresent();
    }

    @Test
    void afterwardsOlderNodesAreRefusedAndTheNextReleaseMayCome() {
        played("0.2.0");
        wish("0.2");
        apply(Agreement.due(state, COORDINATORS, SECOND).orElseThrow());
        assertThat(Agreement.of(state).family()).isEqualTo("0.2");
        assertThat(Agreement.of(ClusterMap.of(state)).family()).isEqualTo("0.2");
        assertThat(Agreement.due(state, COORDINATORS, SECOND)).isEmpty();
        assertThat(register("s2", Role.SIM, "0.1.0")).isInstanceOf(Outcome.Refused.class);
        assertThat(register("s2", Role.SIM, "0.3.0")).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aNewLogBeginsWithTheReleaseOfThoseWhoBeginIt() {
        Release fifth = Release.of("0.5.0");
        assertThat(register("c1", Role.COORDINATOR, "0.5.0")).isInstanceOf(Outcome.Done.class);
        assertThat(Agreement.due(state, COORDINATORS, fifth)).isEmpty();
        register("c2", Role.COORDINATOR, "0.5.0");
        apply(Agreement.due(state, COORDINATORS, fifth).orElseThrow());
        assertThat(Agreement.of(state).family()).isEqualTo("0.5");
    }

    @Test
    void entriesOfALaterReleaseAreNotRead() {
        Entry entry = Entry.of(1, new Command.DrainNode(new NodeId("s1"), true));
        byte[] later = EntryCodec.encode(entry, Release.OWN.language() + 1);
        assertThat(EntryCodec.language(later)).isEqualTo(Release.OWN.language() + 1);
        assertThatThrownBy(() -> EntryCodec.decode(later)).isInstanceOf(MalformedBytesException.class);
        byte[] now = EntryCodec.encode(entry, Release.OWN.language());
        assertThat(EntryCodec.decode(now)).isEqualTo(entry);
    }
}
