package dev.terrane.server.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage.AvatarNews;
import dev.terrane.node.NodeMessage.AvatarSeen;
import dev.terrane.node.NodeMessage.AvatarSeen.What;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AvatarReplicaTest {
    private static final WorldId WORLD = new WorldId("main");
    private static final CellId LEFT = new CellId(WORLD, new RegionId(0, 0), 0);
    private static final CellId RIGHT = new CellId(WORLD, new RegionId(1, 0), 0);
    private static final NodeId EAST = new NodeId("east");
    private static final NodeId WEST = new NodeId("west");
    private static final CharacterId ADA = new CharacterId(new UUID(1, 1));
    private static final CharacterId BOB = new CharacterId(new UUID(2, 2));
    private static final long QUIET_MILLIS = TimeUnit.NANOSECONDS.toMillis(AvatarReplica.QUIET_NANOS);

    private final HandClock clock = new HandClock();
    private final AvatarReplica avatars = new AvatarReplica(clock);
    private long version;

    private static AvatarSeen seen(What what, CellId cell, int ownership) {
        return seenUnder(1, what, cell, ownership);
    }

    private static AvatarSeen seenUnder(long epoch, What what, CellId cell, int ownership) {
        return new AvatarSeen(what, ADA, cell, 77, ownership, new CellEpoch(cell, epoch));
    }

    private void everything(NodeId by, AvatarSeen... seen) {
        avatars.heard(by, new AvatarNews(true, List.of(seen)));
    }

    private void news(NodeId by, AvatarSeen... seen) {
        avatars.heard(by, new AvatarNews(false, List.of(seen)));
    }

    private static Tenure tenure(CellId cell, @Nullable NodeId owner, long epoch, long begun) {
        return new Tenure(
                cell,
                owner == null ? Tenure.Phase.ORPHANED : Tenure.Phase.HELD,
                owner,
                epoch,
                begun,
                (int) epoch,
                null,
                false,
                0);
    }

    private void map(Tenure... tenures) {
        List<ClusterMap.Member> members = List.of(member(EAST), member(WEST));
        avatars.follow(new ClusterMap(++version, 1, members, List.of(tenures), new TreeMap<>()));
    }

    private static ClusterMap.Member member(NodeId node) {
        return new ClusterMap.Member(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), "", ""), 1, false);
    }

    private void settledCluster() {
        map(tenure(LEFT, WEST, 1, 1), tenure(RIGHT, EAST, 1, 1));
        everything(WEST, seen(What.HERE, LEFT, 1));
        everything(EAST);
    }

    @Test
    void followsAnAvatarFromNodeToNodeWhicheverSpeaksFirst() {
        settledCluster();
        assertThat(avatars.find(ADA)).contains(LEFT);
        news(EAST, seen(What.HERE, RIGHT, 2));
        news(WEST, seen(What.LEFT, RIGHT, 2));
        assertThat(avatars.find(ADA)).contains(RIGHT);
        news(EAST, seen(What.GONE, RIGHT, 2));
        assertThat(avatars.find(ADA)).isEmpty();
    }

    @Test
    void saysThatNobodyIsThereOnlyWhenAllHaveSaidEverythingAndItIsQuiet() {
        assertThat(avatars.isNowhere(BOB)).isFalse();
        map(tenure(LEFT, WEST, 1, 1), tenure(RIGHT, EAST, 1, 1));
        everything(WEST);
        clock.pass(QUIET_MILLIS);
        assertThat(avatars.isNowhere(BOB)).as("east has not spoken").isFalse();
        everything(EAST);
        assertThat(avatars.isNowhere(BOB)).as("it has spoken this very moment").isFalse();
        clock.pass(QUIET_MILLIS);
        assertThat(avatars.isNowhere(BOB)).isTrue();
        avatars.doubt(EAST);
        clock.pass(QUIET_MILLIS);
        assertThat(avatars.isNowhere(BOB)).as("its link was lost").isFalse();
    }

    @Test
    void doubtsWhoeverWasInACellThatIsAnothersUntilThatOneHasSpoken() {
        settledCluster();
        map(tenure(LEFT, null, 1, 1), tenure(RIGHT, EAST, 1, 1));
        clock.pass(10 * QUIET_MILLIS);
        assertThat(avatars.find(ADA)).isEmpty();
        assertThat(avatars.isNowhere(ADA)).as("nobody owns its cell").isFalse();
        map(tenure(LEFT, EAST, 2, 1), tenure(RIGHT, EAST, 1, 1));
        assertThat(avatars.isNowhere(ADA)).isFalse();
        news(WEST, seen(What.HERE, LEFT, 1));
        assertThat(avatars.find(ADA)).as("it stood still").isEmpty();
        news(EAST, seenUnder(2, What.HERE, LEFT, 1));
        assertThat(avatars.find(ADA)).contains(LEFT);
    }

    @Test
    void forgetsWhoeverDidNotComeBackWithItsCell() {
        settledCluster();
        map(tenure(LEFT, EAST, 2, 2), tenure(RIGHT, EAST, 1, 1));
        clock.pass(QUIET_MILLIS);
        assertThat(avatars.isNowhere(ADA)).isTrue();
    }

    @Test
    void forgetsWhoeverASimDoesNotNameAnyMore() {
        settledCluster();
        avatars.doubt(WEST);
        everything(WEST);
        assertThat(avatars.find(ADA)).isEmpty();
        clock.pass(QUIET_MILLIS);
        assertThat(avatars.isNowhere(ADA)).isTrue();
    }
}
