package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import dev.terrane.bytes.ByteReader;
import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.protocol.cluster.SliceAudience;
import dev.terrane.space.SinglePartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client in squad 1 that was sent the squad's slice, whose part is then given to team 3. */
class GroupStateTest {
    private static final int CHUNK = 0;
    private static final long AVATAR = 7;
    private static final int SQUAD = 1;
    private static final int TEAM = 3;

    private final CellMirror mirror = new WorldMirror(
                    TestWorld.of(new SinglePartition(256, 256)), new MirrorMeters(Meters.none()))
            .cells()
            .getFirst();
    private final ModelCell cell = new ModelCell(mirror.id, mirror.grid, 1);
    private final Viewpoint viewpoint = new Viewpoint(mirror, CHUNK, new Company(0), 1, 0);
    private final GroupState state = new GroupState();
    private long tick;

    @BeforeEach
    void sendTheSquadsSliceAndGiveItsPartToATeam() {
        viewpoint.settle(new ChunkMirror[] {mirror.chunkFor(CHUNK)}, new int[] {0});
        cell.watch(new int[] {CHUNK});
        cell.addSecret(CHUNK, SliceAudience.squad(SQUAD));
        tell();
        align(SQUAD, 0);
        assertThat(state.count()).isEqualTo(1);
        state.setSent(0, state.slice(0).seq());

        cell.parts.values().forEach(all -> all.forEach(part -> part.now.clear()));
        tell();
        cell.addSecret(CHUNK, SliceAudience.team(TEAM));
        tell();
    }

    private void tell() {
        mirror.apply(cell.frame(++tick), new ByteReader(new byte[0]), tick);
        viewpoint.layOut(new Realignment());
        viewpoint.groups.refresh(viewpoint);
    }

    private void align(int squad, int team) {
        state.align(viewpoint, AVATAR, squad, team);
    }

    private static SliceAddress part(int number) {
        return SliceAddress.of(0, 0, 0, CHUNK, number);
    }

    @Test
    void clearsWhatAStrangerHasOfAPartThatIsOthersNow() {
        align(SQUAD, 0);
        assertThat(state.count()).isZero();
        assertThat(state.toClear()).extracting(slice -> slice.address).containsExactly(part(1));
    }

    @Test
    void leavesTheClearingToTheKeyframeOfWhoHasThePartNow() {
        align(SQUAD, TEAM);
        assertThat(state.slice(0).address).isEqualTo(part(1));
        assertThat(state.slice(0).chainFrom(state.sent(0)))
                .as("only a keyframe")
                .isZero();
        assertThat(state.toClear()).isEmpty();
    }

    @Test
    void clearsWhatIsStillThereWhenTheKeyframeNeverCame() {
        align(SQUAD, TEAM);
        align(0, 0);
        assertThat(state.count()).isZero();
        assertThat(state.toClear()).extracting(slice -> slice.address).containsExactly(part(1));
    }

    @Test
    void hasNothingToClearWhereTheClientWasToldToForgetTheChunk() {
        align(SQUAD, TEAM);
        state.restart();
        align(0, 0);
        assertThat(state.toClear()).isEmpty();
    }
}
