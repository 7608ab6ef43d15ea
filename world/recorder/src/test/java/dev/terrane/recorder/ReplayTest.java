package dev.terrane.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.ImageRefusedException;
import dev.terrane.cell.WorldSchema;
import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.HandCrankedWorld;
import dev.terrane.testkit.TestPlayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Map<String, String> DRONES = Map.of("dronesPerRegion", "20", "asteroidsPerRegion", "10");

    /** Two players among drones who shoot at them, over two borders, for 15 seconds. */
    private static Reel fight(Supplier<? extends WorldPlugin> game, int hashTicks, int baseTicks, int drainTicks) {
        Reel reel = new Reel(game, DRONES, hashTicks, baseTicks);
        HandCrankedWorld world = HandCrankedWorld.tapped(
                game, DRONES, new StripPartition(3, 256, 256), 7, CellSettings.defaults(), reel);
        Rng rng = new Rng(11);
        List<TestPlayer> players = new ArrayList<>();
        for (String name : List.of("ann", "bob")) {
            players.add(world.join(name));
        }
        for (int tick = 0; tick < 300; tick++) {
            for (TestPlayer player : players) {
                if (player.joined()) {
                    player.input(new Controls(
                            rng.nextFloat(-1, 1), rng.nextFloat(-1, 1), rng.nextFloat(0, 6), 1, rng.nextInt(2)));
                }
            }
            world.tick(1);
            if (tick % drainTicks == 0) {
                reel.drain();
            }
        }
        reel.drain();
        return reel;
    }

    @Test
    void carriesAFightOutAgainTheSameInEachCell() {
        Reel reel = fight(Skirmish::new, 20, 100, 1);
        for (CellId cell : reel.cells()) {
            Replay.Result result = reel.replay(cell, reel.bytes(cell));
            assertThat(result.divergence()).as("%s", cell).isNull();
            assertThat(result.tickCount()).isGreaterThan(290);
            assertThat(result.baseCount()).isEqualTo(3);
        }
    }

    @Test
    void goesOnFromTheBaseBeforeTheTicksThatAreAskedFor() {
        Reel reel = fight(Skirmish::new, 20, 100, 1);
        CellId cell = reel.cells().get(1);
        Recording recording = Recording.of(List.of(reel.bytes(cell)));
        Recording.Stretch stretch = recording.holding(250, 260).orElseThrow();
        Replay.Result result = new Replay(stretch, reel.game(cell), tick -> {}).run(250, 260);
        assertThat(result.same()).isTrue();
        assertThat(result.tickCount()).isLessThan(100);
        assertThat(recording.holding(250, 100_000)).isEmpty();
    }

    @Test
    void exportsAFewTicksThatReplayAlone() {
        Reel reel = fight(Skirmish::new, 20, 50, 1);
        CellId cell = reel.cells().getFirst();
        byte[] all = reel.bytes(cell);
        Recording.Stretch stretch = Recording.of(List.of(all)).stretches().getFirst();
        byte[] some = Recording.export(stretch, 120, 140);
        assertThat(some.length).isLessThan(all.length / 2);
        assertThat(reel.replay(cell, some).same()).isTrue();
    }

    @Test
    void readsARecordingUpToWhereItIsTorn() {
        Reel reel = fight(Skirmish::new, 20, 100, 1);
        CellId cell = reel.cells().getFirst();
        byte[] all = reel.bytes(cell);
        byte[] torn = Arrays.copyOf(all, all.length - 7);
        Recording recording = Recording.of(List.of(torn));
        assertThat(recording.tornBytes()).isPositive();
        assertThat(recording.stretches().getLast().lastTick())
                .isEqualTo(Recording.of(List.of(all)).stretches().getLast().lastTick() - 1);
        assertThat(reel.replay(cell, torn).same()).isTrue();
        byte[] bent = all.clone();
        bent[all.length / 2] ^= 1;
        assertThat(Recording.of(List.of(bent)).tornBytes()).isGreaterThan(100);
        assertThatThrownBy(() -> Recording.of(List.of(new byte[100]))).isInstanceOf(MalformedBytesException.class);
    }

    @Test
    void leavesOutFilesThatCannotBeRead() {
        Reel reel = fight(Skirmish::new, 20, 100, 1);
        CellId cell = reel.cells().getFirst();
        byte[] good = reel.bytes(cell);
        Recording recording = Recording.of(List.of(new byte[100], good, new byte[100], new byte[0]));
        assertThat(recording.unreadableCount()).isEqualTo(2);
        assertThat(recording.stretches())
                .hasSameSizeAs(Recording.of(List.of(good)).stretches());
    }

    @Test
    void beginsAnewBehindALoss() {
        Reel reel = fight(Skirmish::new, 20, 100, 280); // far more waits than there is room for
        CellId cell = reel.cells().getFirst();
        assertThat(reel.lostCount(cell)).isPositive();
        Recording recording = Recording.of(List.of(reel.bytes(cell)));
        assertThat(recording.stretches()).hasSize(2);
        for (Recording.Stretch stretch : recording.stretches()) {
            Replay.Result result =
                    new Replay(stretch, reel.game(cell), tick -> {}).run(stretch.firstTick(), stretch.lastTick());
            assertThat(result.same()).isTrue();
        }
    }

    @Test
    void findsAGameThatAsksTheWallClockAndNamesEntityAndField() {
        Reel reel = fight(() -> new Flaky(Flaky.Fault.WALL_CLOCK), 20, 100, 1);
        assertNamed(reel);
    }

    @Test
    void findsAGameThatWalksInTheOrderOfIdentityAndNamesEntityAndField() {
        Reel reel = fight(() -> new Flaky(Flaky.Fault.IDENTITY_ORDER), 20, 100, 1);
        assertNamed(reel);
    }

    private static void assertNamed(Reel reel) {
        CellId cell = reel.cells().getFirst();
        Divergence divergence =
                Objects.requireNonNull(reel.replay(cell, reel.bytes(cell)).divergence(), "nothing was found");
        assertThat(divergence.tick()).isBetween((long) Flaky.FROM_TICK, Flaky.FROM_TICK + 20L);
        assertThat(divergence.fields()).isNotEmpty();
        assertThat(divergence.fields()).extracting(FieldDifference::field).contains("flaky.mood.value");
        Divergence.Disagreement disagreement = Objects.requireNonNull(divergence.amongReplays(), "two replays agree");
        assertThat(disagreement.tick()).isEqualTo(Flaky.FROM_TICK);
        assertThat(disagreement.fields().getFirst().field()).isEqualTo("flaky.mood.value");
    }

    @Test
    void saysWhatDiffersWhenTheGameHasBecomeAnother() {
        Reel reel = fight(() -> new Flaky(Flaky.Fault.NONE), 20, 100, 1);
        CellId cell = reel.cells().getFirst();
        Reel changed = fight(() -> new Flaky(Flaky.Fault.OTHER_RULE), 20, 100, 1);
        Recording.Stretch stretch =
                Recording.of(List.of(reel.bytes(cell))).stretches().getFirst();
        Divergence divergence = Objects.requireNonNull(
                new Replay(stretch, changed.game(cell), tick -> {})
                        .run(stretch.firstTick(), stretch.lastTick())
                        .divergence(),
                "nothing was found");
        assertThat(divergence.fields().getFirst().field()).isEqualTo("flaky.mood.value");
        assertThat(divergence.fields().getFirst().recorded()).isEqualTo("0");
        assertThat(divergence.fields().getFirst().replayed()).isEqualTo("1");
        assertThat(divergence.amongReplays())
                .as("the changed game agrees with itself")
                .isNull();
    }

    @Test
    void refusesPluginsOfAnotherSchema() {
        Reel reel = fight(Skirmish::new, 20, 100, 1);
        CellId cell = reel.cells().getFirst();
        Recording.Stretch stretch =
                Recording.of(List.of(reel.bytes(cell))).stretches().getFirst();
        Replay.Game right = reel.game(cell);
        Replay.Game wrong = new Replay.Game(
                WorldSchema.of(List.of(new Flaky(Flaky.Fault.NONE))), right.codec(), right.commands(), right.plugins());
        assertThatThrownBy(() -> new Replay(stretch, wrong, tick -> {}).run(10, 20))
                .isInstanceOf(ImageRefusedException.class)
                .hasMessageContaining("another component schema");
    }
}
