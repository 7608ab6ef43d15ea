package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.placement.Posture;
import dev.terrane.placement.Rung;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldPaceTest {
    private static final WorldId WORLD = new WorldId("w");
    private static final int HZ = 20;
    private static final long PERIOD = 50_000_000;

    @Test
    void readsWhatWasWrittenAndRefusesWhatIsCut() {
        for (long seed = 1; seed <= 100; seed++) {
            WorldPace pace = any(new Rng(seed), 1 + (int) (seed % 7));
            byte[] whole = pace.toBytes();
            assertThat(WorldPace.read(whole)).as("seed " + seed).isEqualTo(pace);
            byte[] cut = Arrays.copyOf(whole, whole.length - 1);
            assertThatThrownBy(() -> WorldPace.read(cut)).isInstanceOf(MalformedBytesException.class);
        }
    }

    @Test
    void beginsEachStretchWhereTheOneBeforeEnds() {
        WorldPace half = WorldPace.normal(1_000).then(1_010, new Posture(Rung.DILATION, 0.5), HZ);
        assertThat(half.last().dueNanos()).isEqualTo(10 * PERIOD);
        WorldPace again = half.then(1_020, Posture.NORMAL, HZ);
        assertThat(again.last().dueNanos()).isEqualTo(10 * PERIOD + 10 * 2 * PERIOD);
        assertThat(again.isLike(Posture.NORMAL)).isTrue();
        assertThat(half.posture()).isEqualTo(new Posture(Rung.DILATION, 0.5));
    }

    @Test
    void namesTheFirstTickThatIsNotDueBefore() {
        WorldPace half = WorldPace.normal(1_000).then(1_010, new Posture(Rung.DILATION, 0.5), HZ);
        assertThat(half.tickAt(10 * PERIOD, HZ)).isEqualTo(1_010);
        assertThat(half.tickAt(10 * PERIOD + 1, HZ)).isEqualTo(1_011);
        assertThat(half.tickAt(14 * PERIOD, HZ)).isEqualTo(1_012);
        assertThat(half.tickAt(3 * PERIOD, HZ))
                .as("nothing changes before the last change")
                .isEqualTo(1_010);
    }

    @Test
    void remembersAFewStretchesAndNeverTheirsForTheNext() {
        WorldPace pace = any(new Rng(5), 20);
        assertThat(pace.stretches()).hasSize(WorldPace.STRETCHES_MAX);
        assertThatThrownBy(() -> pace.then(pace.last().firstTick() - 1, Posture.NORMAL, HZ))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isAsUsualWhereTheLogSaysNothing() {
        CoordinatorState state = new CoordinatorState();
        assertThat(WorldPace.of(state, WORLD, 7)).isEqualTo(WorldPace.normal(7));
        WorldPace pace = any(new Rng(3), 3);
        put(state, WorldPace.key(WORLD), pace.toBytes());
        assertThat(WorldPace.of(state, WORLD, 7)).isEqualTo(pace);
        assertThat(WorldPace.of(ClusterMap.of(state), WORLD, 7)).isEqualTo(pace);
        put(state, WorldPace.key(WORLD), new byte[] {9});
        assertThat(WorldPace.of(ClusterMap.of(state), WORLD, 7)).isEqualTo(WorldPace.normal(7));
    }

    @Test
    void beginsWhenTheFirstSimSaidSo() {
        CoordinatorState state = new CoordinatorState();
        assertThat(WorldBeginning.of(state, WORLD)).isEmpty();
        WorldBeginning beginning = new WorldBeginning(40, 1_700_000_000_123L);
        put(state, WorldBeginning.key(WORLD), beginning.toBytes());
        assertThat(WorldBeginning.of(state, WORLD)).contains(beginning);
    }

    private static void put(CoordinatorState state, String key, byte[] value) {
        Command put = new Command.PutValue(key, Command.PutValue.ANY, value);
        assertThat(state.apply(1, Entry.of(1, put))).isInstanceOf(Outcome.Done.class);
    }

    private static WorldPace any(Rng rng, int changes) {
        WorldPace pace = WorldPace.normal(rng.nextInt(1_000));
        for (int i = 0; i < changes; i++) {
            Rung rung = List.of(Rung.values()).get(rng.nextInt(Rung.values().length));
            double dilation = rung == Rung.DILATION ? (2 + rng.nextInt(18)) / 20.0 : 1;
            pace = pace.then(pace.last().firstTick() + rng.nextInt(500), new Posture(rung, dilation), HZ);
        }
        return pace;
    }
}
