package dev.terrane.standby;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTap;
import dev.terrane.cell.DeclaredIntents;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.WorldSchema;
import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.recorder.RecordingHeader;
import dev.terrane.recorder.Replay;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.HandCrankedWorld;
import dev.terrane.testkit.TestPlayer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fights over two borders, each cell with a standby behind a link that is slow, full, and cut now and then. Everything is compared after every tick that a twin carries out. */
class StandbySim {
    private static final Map<String, String> DRONES = Map.of("dronesPerRegion", "12", "asteroidsPerRegion", "6");
    private static final int EVERYTHING_EVERY_TICK = 1;
    private static final int LINK_PIECES_MAX = 12;
    private static final int TICKS_WILD = 300;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyTwinIsItsCellAgainAsSoonAsTheLinkIsCalm(long seed) {
        Standbys standbys = new Standbys(seed, Skirmish::new);
        standbys.play(TICKS_WILD, true);
        standbys.play(10, false);
        for (Line line : standbys.lines.values()) {
            assertThat(line.twin.differenceCount())
                    .as("seed %d, %s", seed, line.cell)
                    .isZero();
            assertThat(line.stream.stableTick())
                    .as("seed %d, %s", seed, line.cell)
                    .isEqualTo(standbys.world.lastTick());
            assertThat(Objects.requireNonNull(line.twin.twin()).tick()).isEqualTo(standbys.world.lastTick());
            assertThat(line.followed).as("seed %d, %s", seed, line.cell).isGreaterThan(100);
        }
        assertThat(standbys.cuts).as("seed %d", seed).isPositive();
        assertThat(standbys.refusals).as("seed %d", seed).isPositive();
    }

    /** The owner's end, the twin's end, and what is on its way. */
    private static final class Line {
        private final CellId cell;
        private final StandbyStream stream;
        private final StandbyTwin twin;
        private final Deque<Piece> out = new ArrayDeque<>();
        private final Deque<Reply> back = new ArrayDeque<>();
        private int followed;

        private Line(CellId cell, StandbyStream stream, StandbyTwin twin) {
            this.cell = cell;
            this.stream = stream;
            this.twin = twin;
        }
    }

    private static final class Standbys {
        private final Rng rng;
        private final Supplier<? extends WorldPlugin> game;
        private final SortedMap<CellId, Line> lines = new TreeMap<>();
        private final HandCrankedWorld world;
        private final List<TestPlayer> players = new ArrayList<>();
        private int cuts;
        private int refusals;

        private Standbys(long seed, Supplier<? extends WorldPlugin> game) {
            this.rng = new Rng(seed);
            this.game = game;
            this.world = HandCrankedWorld.tapped(
                    game, DRONES, new StripPartition(3, 256, 256), seed, CellSettings.defaults(), this::open);
            for (String name : List.of("ann", "bob")) {
                players.add(world.join(name));
            }
        }

        private CellTap open(CellSpec spec) {
            RecordingHeader.Module module =
                    new RecordingHeader.Module(game.get().name(), new TreeMap<>(DRONES));
            RecordingHeader header = RecordingHeader.of(spec, List.of(module), EVERYTHING_EVERY_TICK);
            CellInputCodec codec = new CellInputCodec(spec.cell().world(), DeclaredIntents.of(List.of(game.get())));
            Replay.Game replayed = new Replay.Game(
                    WorldSchema.of(List.of(game.get())),
                    codec,
                    command -> {
                        throw new MalformedBytesException("no command was sent: " + command.type());
                    },
                    () -> List.of(new PluginModule(game.get(), DRONES)));
            Line line = new Line(spec.cell(), new StandbyStream(header, codec), new StandbyTwin(replayed));
            lines.put(spec.cell(), line);
            return line.stream;
        }

        private void play(int tickCount, boolean wild) {
            for (int tick = 0; tick < tickCount; tick++) {
                for (TestPlayer player : players) {
                    if (player.joined()) {
                        player.input(new Controls(
                                rng.nextFloat(-1, 1), rng.nextFloat(-1, 1), rng.nextFloat(0, 6), 1, rng.nextInt(2)));
                    }
                }
                world.tick(1);
                lines.values().forEach(line -> carry(line, wild));
            }
        }

        private void carry(Line line, boolean wild) {
            if (wild && rng.chance(0.02f)) {
                line.out.clear();
                line.back.clear();
                line.stream.reconnected();
                cuts++;
            }
            line.stream.send(piece -> {
                if (wild && (line.out.size() >= LINK_PIECES_MAX || rng.chance(0.005f))) {
                    refusals++;
                    return false;
                }
                line.out.add(piece);
                return true;
            });
            for (int left = wild ? rng.nextInt(4) : Integer.MAX_VALUE; left > 0 && !line.out.isEmpty(); left--) {
                @Nullable Reply reply = line.twin.take(line.out.remove());
                if (reply != null) {
                    line.back.add(reply);
                }
            }
            for (int left = wild ? rng.nextInt(4) : Integer.MAX_VALUE; left > 0 && !line.back.isEmpty(); left--) {
                long before = line.stream.stableTick();
                line.stream.on(line.back.remove());
                line.followed += line.stream.stableTick() > before ? 1 : 0;
                assertThat(line.stream.stableTick()).isLessThanOrEqualTo(line.stream.sentTick());
            }
        }
    }
}
