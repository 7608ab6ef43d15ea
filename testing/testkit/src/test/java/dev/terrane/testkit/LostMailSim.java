package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.HandoffNumber;
import dev.terrane.protocol.cluster.CellInput.IntentBatch;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.Mail.Delivery;
import dev.terrane.testkit.Mail.Letter;
import dev.terrane.testkit.Mail.Shout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cells whose ways to each other are slow and lose, repeat and reorder what is underway when a connection is replaced by another. Whatever was accepted is carried
 * out once and in order.
 */
class LostMailSim {
    private static final StripPartition STRIP = new StripPartition(3, 256, 256);
    private static final WorldId NAME = new WorldId("test");
    private static final long MILLIS_PER_TICK = 50;
    private static final int WILD_TICKS = 300;
    private static final int QUIET_TICKS = 60;
    private static final long PER_WAY = 1_000_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void carriesEachIntentOutOnceAndInOrder(long seed) {
        Run run = new Run(seed, batch -> batch);
        run.play();
        assertThat(run.cutCount).as("seed %d", seed).isPositive();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void bringsLettersToThoseWhoseHandOffWasLostBeforeThem(long seed) {
        Run run = new Run(seed, batch -> batch);
        run.playTravellers();
        assertThat(run.cutCount).as("seed %d", seed).isPositive();
        assertThat(run.letterCount).as("seed %d", seed).isGreaterThan(50);
    }

    @Test
    void findsLettersThatNameNoHandOff() {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 10; seed++) {
                        new Run(seed, LostMailSim::hasty).playTravellers();
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void findsGapsThatNobodyFills() {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 5; seed++) {
                        new Run(seed, LostMailSim::forgetful).play();
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void findsRowsThatBeginAnewForNothing() {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 5; seed++) {
                        new Run(seed, LostMailSim::renamed).play();
                    }
                })
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void keepsSomeAndThenRefusesWhileNothingArrives() {
        Run run = new Run(7, batch -> batch);
        run.dead = true;
        while (run.intend(0, 1)) {
            if (run.sent(0, 1) % 4000 == 0) {
                run.tick(0);
            }
        }
        assertThat(run.sent(0, 1)).isEqualTo(16_384);
        run.dead = false;
        for (int i = 0; i < 40; i++) {
            run.tick(0);
        }
        run.check();
    }

    /** Says that nobody was handed over before. */
    private static IntentBatch hasty(IntentBatch batch) {
        return new IntentBatch(
                batch.source(),
                batch.senderEpoch(),
                batch.sourceEpoch(),
                batch.oldest(),
                batch.seq(),
                batch.tick(),
                HandoffNumber.NONE,
                batch.intents());
    }

    /** Says that it has forgotten what is before. */
    private static IntentBatch forgetful(IntentBatch batch) {
        return new IntentBatch(
                batch.source(),
                batch.senderEpoch(),
                batch.sourceEpoch(),
                batch.seq(),
                batch.seq(),
                batch.tick(),
                batch.after(),
                batch.intents());
    }

    /** Names another row with each repetition. */
    private static IntentBatch renamed(IntentBatch batch) {
        return new IntentBatch(
                batch.source(),
                batch.senderEpoch(),
                batch.sourceEpoch() + batch.tick() / 50,
                batch.oldest(),
                batch.seq(),
                batch.tick(),
                batch.after(),
                batch.intents());
    }

    /** One direction between two cells. */
    private static final class Way {
        final Deque<CellInput> underway = new ArrayDeque<>();
        /** Delivered by this connection, or lost with one before: may come once more. */
        final List<CellInput> past = new ArrayList<>();
    }

    private static final class Run {
        private final Rng rng;
        private final long seed;
        private final UnaryOperator<IntentBatch> tamper;
        private final List<Cell> cells = new ArrayList<>();
        private final SortedMap<String, Way> ways = new TreeMap<>();
        private final List<Delivery> deliveries = Mail.none();
        private final long[] sent = new long[9];
        private long lastTick;
        private int cutCount;
        private boolean dead;
        private final SortedMap<Long, Integer> travellers = new TreeMap<>();
        private long letterCount;

        Run(long seed, UnaryOperator<IntentBatch> tamper) {
            this.seed = seed;
            this.rng = new Rng(seed);
            this.tamper = tamper;
            World world =
                    new World(new WorldMap(NAME.name(), STRIP), WorldSchema.of(List.of(new Mail(deliveries))), seed);
            for (int i = 0; i < 3; i++) {
                int from = i;
                CellSpec spec = new CellSpec(
                        new CellId(NAME, new RegionId(i, 0), 0), 5 + i, 1 + i, world, CellSettings.defaults());
                cells.add(Cell.open(
                        spec,
                        List.of(new PluginModule(new Mail(deliveries), Map.of())),
                        new CellPorts(
                                (to, _, message) -> offer(from, to, message),
                                (_, _) -> true,
                                CellListener.none(),
                                Meters.none(),
                                () -> 0)));
            }
        }

        private Admission offer(int from, CellId to, CellInput message) {
            Way way = ways.computeIfAbsent(from + ">" + to.region().a(), _ -> new Way());
            if (dead) {
                return Admission.ACCEPTED;
            }
            if (way.underway.size() > 20) {
                return Admission.FULL;
            }
            way.underway.add(message instanceof IntentBatch batch ? tamper.apply(batch) : message);
            return Admission.ACCEPTED;
        }

        void play() {
            for (int i = 0; i < WILD_TICKS; i++) {
                for (int pair = 0; pair < 9; pair++) {
                    for (int rest = pair / 3 == pair % 3 ? 0 : rng.nextInt(4) - 1; rest > 0; rest--) {
                        intend(pair / 3, pair % 3);
                    }
                }
                tick(0.05f);
            }
            for (int i = 0; i < QUIET_TICKS; i++) {
                tick(0);
            }
            check();
        }

        /** Some travel to and fro; those whom they have left write to them. */
        void playTravellers() {
            for (int i = 0; i < 6; i++) {
                int home = i % 3;
                cells.get(home).visit(cell -> travellers.put(cell.idOf(Mail.spawn(cell, home * 256.0, 0, 0, 0)), home));
            }
            for (int i = 0; i < WILD_TICKS; i++) {
                travellers.keySet().forEach(this::travelOrWrite);
                tick(0.05f);
            }
            for (int i = 0; i < 2 * QUIET_TICKS; i++) {
                tick(0);
            }
            assertThat(deliveries).as("seed %d", seed).doesNotHaveDuplicates();
            assertThat(deliveries.stream().map(Delivery::number).distinct().count())
                    .as("seed %d: letters of %d that came", seed, letterCount)
                    .isEqualTo(letterCount)
                    .isEqualTo(deliveries.size());
        }

        private void travelOrWrite(long traveller) {
            int last = Objects.requireNonNull(travellers.get(traveller));
            for (int i = 0; i < 3; i++) {
                int here = i;
                cells.get(i).visit(cell -> {
                    long handle = cell.find(traveller);
                    if (handle != 0 && rng.chance(0.05f)) {
                        float x = here == 0 || here == 1 && rng.nextInt(2) == 0 ? 140 : -140;
                        cell.entities()
                                .set(handle, cell.entities().schema().type(Position.class), new Position(x, 0, 0));
                        travellers.put(traveller, here);
                    }
                });
            }
            cells.get(last).visit(cell -> {
                if (cell.find(traveller) == 0 && rng.chance(0.3f)) {
                    letterCount += cell.intend(traveller, new Letter("", letterCount + 1)) ? 1 : 0;
                }
            });
        }

        boolean intend(int from, int to) {
            int pair = from * 3 + to;
            boolean[] accepted = new boolean[1];
            cells.get(from).visit(cell -> {
                float x = cell.localX(STRIP.originX(new RegionId(to, 0)));
                accepted[0] = cell.intendAround(x, 0, 1, new Shout(pair * PER_WAY + sent[pair] + 1));
            });
            sent[pair] += accepted[0] ? 1 : 0;
            return accepted[0];
        }

        long sent(int from, int to) {
            return sent[from * 3 + to];
        }

        void tick(float cutChance) {
            lastTick++;
            ways.forEach((name, way) -> carry(way, cells.get(name.charAt(2) - '0'), cutChance));
            for (Cell cell : cells) {
                cell.tick(lastTick, lastTick * MILLIS_PER_TICK);
            }
        }

        private void carry(Way way, Cell target, float cutChance) {
            if (rng.nextFloat(0, 1) < cutChance) {
                cutCount++;
                way.past.addAll(way.underway);
                way.underway.clear();
            }
            for (int left = cutChance > 0 ? rng.nextInt(4) : Integer.MAX_VALUE; left > 0; left--) {
                if (cutChance > 0 && !way.past.isEmpty() && rng.chance(0.05f)) {
                    deliver(target, way.past.get(rng.nextInt(way.past.size())));
                }
                if (way.underway.isEmpty()) {
                    break;
                }
                CellInput next = way.underway.remove();
                deliver(target, next);
                way.past.add(next);
            }
        }

        private static void deliver(Cell target, CellInput message) {
            assertThat(target.offer(CellPort.ANY_EPOCH, message)).isEqualTo(Admission.ACCEPTED);
        }

        void check() {
            long[] heard = new long[9];
            for (Delivery delivery : deliveries) {
                int pair = (int) (delivery.number() / PER_WAY);
                assertThat(delivery.number() % PER_WAY)
                        .as(
                                "seed %d, tick %d: the next that comes from %d to %d",
                                seed, delivery.tick(), pair / 3, pair % 3)
                        .isEqualTo(++heard[pair]);
                assertThat(delivery.cell()).isEqualTo(cells.get(pair % 3).id().toString());
            }
            assertThat(heard).as("seed %d: as many as were sent", seed).isEqualTo(sent);
        }
    }
}
