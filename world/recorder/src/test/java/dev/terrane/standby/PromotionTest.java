package dev.terrane.standby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.EntityId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.StateHash;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFailedException;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSettings.Rates;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.TickFacts;
import dev.terrane.cell.World;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.Place;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.recorder.RecordingHeader;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One cell of the demo and the twin beside it, which takes its place. */
class PromotionTest {
    private static final long SESSION = 11;
    private static final int GATEWAY = 3;
    private static final CharacterId ANN = new CharacterId(new UUID(1, 2));
    private static final CellId SELF = new CellId(new WorldId("failover"), new RegionId(1, 0), 0);

    private final List<CellInput> said = new ArrayList<>();
    private final List<CellOutput> told = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private final StandbyTwin twin = new StandbyTwin(FailoverWorld.game(store -> twinStore = store));
    private @Nullable EntityStore ownStore;
    private @Nullable EntityStore twinStore;
    private @Nullable StandbyStream stream;
    private int ackedSeq;
    private long tick;

    private Cell open(Rates rates) {
        CellSettings defaults = CellSettings.defaults();
        CellSettings settings = new CellSettings(
                rates,
                defaults.inboxes(),
                defaults.borders(),
                defaults.avatars(),
                defaults.ghosts(),
                defaults.chunkMetres());
        World world = new World(
                new WorldMap("failover", new StripPartition(Relay.CELL_COUNT, 256, 256)),
                FailoverWorld.game(_ -> {}).schema(),
                5);
        CellSpec spec = new CellSpec(SELF, 4, 9, world, settings);
        RecordingHeader header = RecordingHeader.of(
                spec,
                List.of(
                        new RecordingHeader.Module("skirmish", new TreeMap<>(FailoverWorld.OPTIONS)),
                        new RecordingHeader.Module("relay", new TreeMap<>())),
                1);
        StandbyStream beside =
                new StandbyStream(header, FailoverWorld.game(_ -> {}).codec());
        stream = beside;
        CellPorts real = ports();
        return Cell.open(
                spec,
                FailoverWorld.modules(store -> ownStore = store),
                new CellPorts(real.cells(), real.gateways(), CellListener.none(), Meters.none(), () -> 0, _ -> beside));
    }

    private CellPorts ports() {
        return new CellPorts(
                (_, _, message) -> {
                    said.add(message);
                    return Admission.ACCEPTED;
                },
                (_, message) -> {
                    told.add(message);
                    if (message instanceof CellFrame frame && frame.avatarCount() == 1) {
                        ackedSeq = frame.ackedSeq()[0];
                    }
                    return true;
                },
                new Reports(),
                Meters.none(),
                () -> 0);
    }

    private void run(Cell cell, int tickCount) {
        for (int i = 0; i < tickCount; i++) {
            tick++;
            cell.tick(tick, tick * 50);
            StandbyStream sending = Objects.requireNonNull(stream);
            List<Reply> replies = new ArrayList<>();
            sending.send(piece -> {
                Reply reply = twin.take(piece);
                if (reply != null) {
                    replies.add(reply);
                }
                return true;
            });
            replies.forEach(sending::on);
        }
    }

    private static void offer(Cell cell, CellInput message) {
        assertThat(cell.offer(CellPort.ANY_EPOCH, message)).isEqualTo(Admission.ACCEPTED);
    }

    private static CellInput join() {
        return new CellInput.Join(SESSION, GATEWAY, ANN, 1, "ann", 10, 10);
    }

    private static long hash(@Nullable EntityStore store) {
        StateHash hash = new StateHash();
        Objects.requireNonNull(store).hash(hash);
        return hash.value();
    }

    private List<Identity> identities() {
        List<Identity> all = new ArrayList<>();
        EntityStore store = Objects.requireNonNull(twinStore);
        for (Table table : store.query(store.schema().type(Identity.class))) {
            for (int row = 0; row < table.size(); row++) {
                all.add(store.get(table.entity(row), store.schema().type(Identity.class)));
            }
        }
        return all;
    }

    private Cell promote() {
        assertThat(twin.promotableTick()).isEqualTo(tick);
        assertThat(hash(twinStore)).isEqualTo(hash(ownStore));
        return twin.promote(7, 12, ports());
    }

    @Test
    void showsAlsoThoseWhoRest() {
        Cell owner = open(new Rates(20, 20));
        run(owner, 3);
        offer(owner, join());
        run(owner, 40); // nobody steers: by now the avatar has not moved for long
        int shown = shown(owner);
        assertThat(shown).isGreaterThan(1);
        assertThat(shown(promote())).isEqualTo(shown);
    }

    /** How many somebody sees who begins to watch all of it. */
    private int shown(Cell cell) {
        told.clear();
        offer(cell, new CellInput.Watch(GATEWAY, IntStream.range(0, 64).toArray()));
        run(cell, 1);
        return told.stream()
                .filter(CellFrame.class::isInstance)
                .map(CellFrame.class::cast)
                .mapToInt(frame -> IntStream.range(0, frame.sliceCount())
                        .map(i -> frame.entityCount()[i])
                        .sum())
                .sum();
    }

    @Test
    void answersASessionThatIsThereAndDoesNotDisturbIt() {
        Cell owner = open(new Rates(20, 20));
        run(owner, 3);
        offer(owner, join());
        run(owner, 1);
        for (int seq = 1; seq <= 12; seq++) {
            offer(owner, new PlayerInput(SESSION, seq, 0, 1, 1, 0, 0, 0, 0));
            if (seq > 3) {
                run(owner, 1);
            }
        }
        int acked = ackedSeq;
        assertThat(acked).isEqualTo(9);
        told.clear();
        Cell promoted = promote();
        assertThat(promoted.epoch()).isEqualTo(7);
        assertThat(reports).contains("here " + SELF);
        offer(promoted, join());
        run(promoted, 1);
        assertThat(told.stream().filter(CellOutput.Joined.class::isInstance))
                .singleElement()
                .isInstanceOfSatisfying(CellOutput.Joined.class, joined -> {
                    assertThat(joined.ackedSeq()).isEqualTo(acked);
                    assertThat(joined.epoch()).isEqualTo(7);
                });
        assertThat(ackedSeq)
                .as("the input that waited is applied in the next tick")
                .isEqualTo(acked + 1);
        offer(promoted, new PlayerInput(SESSION, 12, 0, 1, 1, 0, 0, 0, 0));
        run(promoted, 2);
        assertThat(ackedSeq).isEqualTo(12);
        assertThat(reports).as("before its fence is raised").doesNotContain("image");
        promoted.requestImage();
        run(promoted, 1);
        assertThat(reports).contains("image");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 41})
    void goesOnFromEveryTickAndGivesNamesOfItsOwn(int atTick) {
        Cell owner = open(new Rates(20, 10));
        run(owner, atTick);
        long counter = identities().stream()
                .mapToLong(known -> new EntityId(known.id()).counter())
                .max()
                .orElseThrow();
        int before = identities().size();
        assertThat(before).isGreaterThan(10);
        Cell promoted = promote();
        promoted.visit(cell -> cell.spawn(new Position(0, 0, 0)));
        run(promoted, 20);
        assertThat(identities())
                .extracting(known -> new EntityId(known.id()).incarnation())
                .contains(9, 12)
                .containsOnly(9, 12);
        assertThat(identities().stream()
                        .map(known -> new EntityId(known.id()))
                        .filter(id -> id.incarnation() == 9)
                        .mapToLong(EntityId::counter)
                        .max()
                        .orElseThrow())
                .isLessThanOrEqualTo(counter);
        assertThat(promoted.entityCount()).isGreaterThan(before);
    }

    @Test
    void remembersWhereEverybodyWas() {
        Cell owner = open(new Rates(20, 20));
        run(owner, 40);
        Cell promoted = promote();
        List<Float> known = pastOf(owner);
        assertThat(known).hasSizeGreaterThan(10);
        assertThat(pastOf(promoted)).isEqualTo(known);
    }

    /** Of all ships and drones, 7.5 ticks ago. */
    private static List<Float> pastOf(Cell cell) {
        List<Float> places = new ArrayList<>();
        cell.visit(context -> {
            Place place = new Place();
            long[] ids = new long[100];
            int count = context.past(7.5f).near(0, 0, 1000, ids);
            for (int i = 0; i < count; i++) {
                context.past(7.5f).find(ids[i], place);
                places.addAll(List.of(place.x, place.y, place.yaw));
            }
        });
        return places;
    }

    @Test
    void takesNoCommandsOnBeforeItIsSaidHowFarFactsAreStored() {
        Cell owner = open(new Rates(20, 20));
        run(owner, 10);
        CellInput commands = new CellInput.Commands(List.of());
        assertThat(owner.offer(CellPort.ANY_EPOCH, commands)).isEqualTo(Admission.ACCEPTED);
        Cell promoted = promote();
        run(promoted, 1);
        assertThat(promoted.offer(CellPort.ANY_EPOCH, commands)).isEqualTo(Admission.FULL);
        offer(promoted, new CellInput.FactsStored(-1));
        run(promoted, 1);
        reports.stream()
                .filter(report -> report.startsWith("facts"))
                .forEach(report -> assertThat(report).isEqualTo("facts under 7"));
        offer(promoted, new CellInput.FactsStored(tick - 1));
        run(promoted, 1);
        assertThat(promoted.offer(CellPort.ANY_EPOCH, commands)).isEqualTo(Admission.ACCEPTED);
    }

    @Test
    void doesNotRememberFactsOfWhichOnlyABaseToldUntilTheyAreStored() {
        Cell owner = open(new Rates(20, 20));
        run(owner, 10);
        StandbyStream sending = Objects.requireNonNull(stream);
        assertThat(sending.remembersFacts()).as("there are none").isTrue();
        // A visit is no tick that could be carried out again: a base follows, and tells of what it published.
        owner.visit(cell -> cell.publish("evt.test.told", "key", new Position(1, 2, 3)));
        run(owner, 5);
        assertThat(sending.stableTick()).as("it follows again").isEqualTo(tick);
        assertThat(sending.remembersFacts()).isFalse();
        offer(owner, new CellInput.FactsStored(tick));
        run(owner, 1);
        assertThat(sending.remembersFacts()).isTrue();
    }

    @Test
    void stopsWhenMoreIsStoredThanItKnows() {
        Cell owner = open(new Rates(20, 20));
        run(owner, 10);
        Cell promoted = promote();
        offer(promoted, new CellInput.FactsStored(11));
        assertThatThrownBy(() -> run(promoted, 1))
                .isInstanceOf(CellFailedException.class)
                .hasMessageContaining("facts are stored up to tick 11");
    }

    @Test
    void saysEverythingOnceMoreThatMayNotHaveBeenHeard() {
        Cell owner = open(new Rates(20, 20));
        run(owner, 5);
        CellId other = new CellId(SELF.world(), new RegionId(0, 0), 0);
        offer(owner, new CellInput.IntentBatch(other, 3, 2, 1, 1, 5, CellInput.HandoffNumber.NONE, List.of()));
        run(owner, 30);
        assertThat(said).filteredOn(CellInput.IntentAck.class::isInstance).hasSize(1);
        said.clear();
        run(promote(), 1);
        assertThat(said)
                .filteredOn(CellInput.IntentAck.class::isInstance)
                .containsExactly(new CellInput.IntentAck(SELF, 7, 2, 0));
        assertThat(said)
                .filteredOn(CellInput.IntentBatch.class::isInstance)
                .isNotEmpty()
                .allSatisfy(message -> {
                    CellInput.IntentBatch batch = (CellInput.IntentBatch) message;
                    assertThat(batch.senderEpoch()).isEqualTo(7);
                    assertThat(batch.sourceEpoch()).as("its row goes on").isEqualTo(4);
                    assertThat(batch.seq())
                            .as("from the first that nobody acknowledged")
                            .isEqualTo(1);
                });
    }

    @Test
    void isPromotedOnce() {
        run(open(new Rates(20, 20)), 5);
        promote();
        assertThat(twin.promotableTick()).isEqualTo(Long.MIN_VALUE);
        assertThatThrownBy(() -> twin.promote(8, 13, ports())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isThereAlsoWhileAStreamBeginsAnew() {
        Cell owner = open(new Rates(20, 20));
        run(owner, 5);
        Objects.requireNonNull(stream).reconnected();
        List<Piece> underway = new ArrayList<>();
        owner.tick(6, 300);
        Objects.requireNonNull(stream).send(underway::add);
        assertThat(underway.size()).isGreaterThan(1);
        twin.take(underway.getFirst());
        assertThat(twin.twin()).as("it does not follow").isNull();
        assertThat(twin.promotableTick()).isEqualTo(5);
        assertThat(Objects.requireNonNull(twin.handOver()).tick()).isEqualTo(5);
        assertThat(twin.handOver()).isNull();
        assertThat(twin.take(underway.get(1))).isNull();
    }

    @Test
    void needsALaterGrant() {
        run(open(new Rates(20, 20)), 5);
        assertThatThrownBy(() -> twin.promote(4, 12, ports()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("under epoch 4, incarnation 12");
    }

    private final class Reports implements CellListener {
        @Override
        public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {
            reports.add("here " + cell);
        }

        @Override
        public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {}

        @Override
        public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {}

        @Override
        public void loggedOut(CellId cell, CharacterId character, int generation) {}

        @Override
        public void facts(TickFacts facts) {
            reports.add("facts under " + facts.epoch());
        }

        @Override
        public void image(ImageDraft draft, boolean last) {
            reports.add("image");
            draft.discard();
        }
    }
}
