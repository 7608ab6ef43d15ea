package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.ImageDraft;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.TickFacts;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Outcome;
import dev.terrane.node.NodeMessage.AvatarNews;
import dev.terrane.node.NodeMessage.AvatarSeen;
import dev.terrane.node.NodeMessage.Claimed;
import dev.terrane.node.NodeMessage.Crowd;
import dev.terrane.node.NodeMessage.Crowds;
import dev.terrane.node.NodeMessage.Strain;
import dev.terrane.placement.CellLoad;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.StripPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A player who leaves and joins all the time, whose avatar wanders to and fro over a row of cells, whose nodes change and lose what is underway; what coordinators hear is late, and so are joins; some of what gateways hear is lost. There is never a second avatar, and in the end he
 * has one.
 */
class JoinAmidHandoffSim {
    private static final WorldId WORLD = new WorldId("w");
    /** So many that he is forgotten where he comes back to. */
    private static final int CELL_COUNT = 8;

    private static final StripPartition STRIP = new StripPartition(CELL_COUNT, 256, 256);
    private static final List<NodeId> NODES = List.of(new NodeId("a"), new NodeId("b"), new NodeId("c"));
    private static final CharacterId ANN = new CharacterId(new UUID(1, 1));
    private static final long TICK_NANOS = 50_000_000;
    private static final int WILD_TICKS = 600;
    private static final int QUIET_TICKS = 300;
    /** By then the links of a gateway that stood still have broken, and what it held with them. */
    private static final int LATE_TICKS_MAX = 120;
    /** So long a sim goes on to say that somebody has left. */
    private static final int DEPARTED_TICKS = 60;
    /** So often a sim says which cells run. */
    private static final int REPORT_TICKS = 10;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void makesNoSecondAvatar(long seed) {
        Run run = new Run(seed, false);
        run.play();
        assertThat(run.joinedCount).as("seed %d", seed).isGreaterThan(3);
        assertThat(run.lostCount).as("seed %d", seed).isPositive();
    }

    @Test
    void findsGatewaysThatJoinWhereSomebodyIsStillOnHisWayTo() {
        assertThatThrownBy(() -> {
                    for (long seed = 1; seed <= 30; seed++) {
                        new Run(seed, true).play();
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("avatars");
    }

    private static final class Game implements WorldPlugin {
        @Override
        public String name() {
            return "walk";
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of();
        }

        @Override
        public List<Class<? extends Record>> events() {
            return List.of();
        }

        @Override
        public WorldPosition entrance(WorldMap map, long characterSeed) {
            return new WorldPosition(0, 0);
        }

        @Override
        public void configure(WorldContext world) {
            world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0)));
        }
    }

    private record Spoken(AvatarSeen seen, long tick) {
        /** What a cell that goes on reports at once. */
        Spoken againUnder(long epoch) {
            CellEpoch by = new CellEpoch(seen.by().cell(), epoch);
            return seen.what() == AvatarSeen.What.HERE
                    ? new Spoken(
                            new AvatarSeen(seen.what(), ANN, seen.cell(), seen.entity(), seen.ownership(), by), tick)
                    : this;
        }

        boolean counts(long now) {
            return seen.what() == AvatarSeen.What.HERE || now - tick <= DEPARTED_TICKS;
        }
    }

    /** A cell, the way to it, and what its owner has to say of it. */
    private static final class Place {
        final CellId id;
        final Cell cell;
        final Deque<CellInput> underway = new ArrayDeque<>();
        /** Who is here, or left lately. */
        final SortedMap<Long, Spoken> spokenOf = new TreeMap<>();

        final Deque<AvatarSeen> untold = new ArrayDeque<>();
        long saidAtTick;

        Place(CellId id, Cell cell) {
            this.id = id;
            this.cell = cell;
        }
    }

    private static final class Run {
        private final long seed;
        private final boolean hasty;
        private final Rng rng;
        /** Of losses on the way to and from gateways. */
        private final Rng luck;

        private final List<Late> late = new ArrayList<>();
        private final CoordinatorState state = new CoordinatorState();
        private final Whereabouts whereabouts = new Whereabouts();
        private final List<Place> places = new ArrayList<>();
        private @Nullable CellId lastTarget;
        private long nowNanos;
        private long tick;
        private long session;
        private int generation;
        private int heading = 1;
        private int joinedCount;
        private int lostCount;
        private boolean playing;
        private long askAtTick;

        Run(long seed, boolean hasty) {
            this.seed = seed;
            this.hasty = hasty;
            this.rng = new Rng(seed);
            this.luck = new Rng(~seed);
            for (NodeId node : NODES) {
                apply(new Command.RegisterNode(new NodeInfo(node, 1, List.of(NodeInfo.Role.SIM), "h:1", "1")));
            }
            World world = new World(new WorldMap(WORLD.name(), STRIP), WorldSchema.of(List.of(new Game())), seed);
            for (int i = 0; i < CELL_COUNT; i++) {
                CellId id = new CellId(WORLD, new RegionId(i, 0), 0);
                apply(new Command.AssignCells(NODES.get(i % NODES.size()), List.of(id)));
                CellPorts ports = new CellPorts(
                        (to, _, message) -> offer(to, message),
                        (_, message) -> answered(message),
                        new Reports(i),
                        Meters.none(),
                        () -> 0);
                CellSpec spec = new CellSpec(id, 5 + i, 1 + i, world, CellSettings.defaults());
                places.add(new Place(id, Cell.open(spec, List.of(new PluginModule(new Game(), Map.of())), ports)));
            }
            NODES.forEach(node -> whereabouts.linked(node, 1, 0));
            NODES.forEach(this::sayEverything);
            whereabouts.lead(1, 0);
        }

        private void apply(Command command) {
            assertThat(state.apply(1, Entry.of(0, command))).isNotInstanceOf(Outcome.Refused.class);
            whereabouts.follow(ClusterMap.of(state), nowNanos);
        }

        private final class Reports implements CellListener {
            private final int index;

            Reports(int index) {
                this.index = index;
            }

            private void say(AvatarSeen.What what, CellId cell, long entity, int ownership) {
                Place place = places.get(index);
                CellEpoch by = new CellEpoch(place.id, state.epoch(place.id));
                AvatarSeen seen = new AvatarSeen(what, ANN, cell, entity, ownership, by);
                place.untold.add(seen);
                if (what == AvatarSeen.What.GONE) {
                    place.spokenOf.remove(entity);
                } else {
                    place.spokenOf.put(entity, new Spoken(seen, tick));
                }
            }

            @Override
            public void avatarHere(CellId cell, CharacterId character, long entity, int ownership) {
                say(AvatarSeen.What.HERE, cell, entity, ownership);
            }

            @Override
            public void avatarLeft(CellId to, CharacterId character, long entity, int ownership) {
                say(AvatarSeen.What.LEFT, to, entity, ownership);
                lastTarget = to;
            }

            @Override
            public void avatarGone(CellId cell, CharacterId character, long entity, int ownership) {
                say(AvatarSeen.What.GONE, cell, entity, ownership);
            }

            @Override
            public void loggedOut(CellId cell, CharacterId character, int loggedOutGeneration) {}

            @Override
            public void facts(TickFacts facts) {}

            @Override
            public void commandElsewhere(CellId cell, CellCommand command) {}

            @Override
            public void image(ImageDraft draft, boolean last) {
                draft.discard();
            }
        }

        private Place place(CellId id) {
            return places.get(id.region().a());
        }

        private Admission offer(CellId to, CellInput message) {
            place(to).underway.add(message);
            return Admission.ACCEPTED;
        }

        private NodeId ownerOf(Place place) {
            return Objects.requireNonNull(ClusterMap.of(state).cell(place.id).owner());
        }

        private void sayEverything(NodeId node) {
            List<AvatarSeen> all = new ArrayList<>();
            for (Place place : places) {
                if (node.equals(ownerOf(place))) {
                    place.spokenOf.values().stream()
                            .filter(spoken -> spoken.counts(tick))
                            .map(Spoken::seen)
                            .forEach(all::add);
                    place.untold.clear();
                }
            }
            whereabouts.heard(node, new AvatarNews(true, all), nowNanos);
        }

        /** Its sim says so after what it has said of avatars, on the same way. */
        private void sayThatItRuns(Place place) {
            if (tick - place.saidAtTick >= REPORT_TICKS) {
                place.saidAtTick = tick;
                Crowd runs = new Crowd(new CellLoad(place.id, 0, 0, 0, 0, 0), state.epoch(place.id), 0);
                whereabouts.heard(ownerOf(place), new Crowds(new Strain(0, 0), List.of(runs), List.of()), nowNanos);
            }
        }

        void play() {
            while (tick < WILD_TICKS) {
                wild();
                step(true);
            }
            for (int i = 0; i < QUIET_TICKS; i++) {
                step(false);
            }
            assertThat(playing).as("seed %d: he plays in the end", seed).isTrue();
            assertThat(avatarCount()).as("seed %d: avatars in the end", seed).isOne();
        }

        private void wild() {
            if (rng.chance(0.1f)) {
                takeOver(places.get(rng.nextInt(CELL_COUNT)));
            }
            if (playing && rng.chance(0.05f)) {
                for (Place place : places) {
                    place.cell.offer(CellPort.ANY_EPOCH, new CellInput.Leave(session, false));
                }
                playing = false;
                askAtTick = tick + rng.nextInt(20);
            }
            if (rng.chance(0.1f)) {
                places.forEach(this::push);
            }
        }

        /** Its copy at another node is the cell now; what was underway to it went to a dead one. */
        private void takeOver(Place place) {
            NodeId former = ownerOf(place);
            NodeId next = NODES.get((NODES.indexOf(former) + 1 + rng.nextInt(2)) % NODES.size());
            long epoch = ClusterMap.of(state).cell(place.id).epoch();
            apply(new Command.SetStandby(place.id, epoch, next));
            apply(new Command.StandbyReady(
                    place.id, epoch, next, state.tenure(place.id).standbyEntry()));
            apply(new Command.BeginMove(place.id, epoch, next));
            apply(new Command.FinishMove(place.id, epoch));
            place.underway.removeIf(CellInput.HandoffOffer.class::isInstance);
            place.spokenOf.replaceAll((_, spoken) -> spoken.againUnder(epoch + 1));
            sayEverything(former);
            sayEverything(next);
        }

        private void push(Place place) {
            place.cell.visit(cell -> {
                for (var table : cell.entities().query(cell.entities().schema().type(Avatar.class))) {
                    for (int row = 0; row < table.size(); row++) {
                        int at = place.id.region().a();
                        heading = at == 0 ? 1 : at == CELL_COUNT - 1 ? -1 : heading;
                        float x = heading * 145;
                        cell.entities()
                                .set(
                                        table.entity(row),
                                        cell.entities().schema().type(Position.class),
                                        new Position(x, 0, 0));
                    }
                }
            });
        }

        /** A join that its gateway has given up by then. */
        private record Late(long atTick, CellId cell, CellInput.Join join) {}

        private int avatarCount() {
            return places.stream().mapToInt(place -> place.cell.avatarCount()).sum();
        }

        private void step(boolean wild) {
            tick++;
            nowNanos += TICK_NANOS;
            for (Place place : places) {
                while (!place.underway.isEmpty() && !(wild && rng.chance(0.4f))) {
                    place.cell.offer(CellPort.ANY_EPOCH, place.underway.remove());
                }
                if (!wild || rng.chance(0.4f)) {
                    whereabouts.heard(ownerOf(place), new AvatarNews(false, List.copyOf(place.untold)), nowNanos);
                    place.untold.clear();
                    sayThatItRuns(place);
                }
            }
            for (Late each : List.copyOf(late)) {
                if (tick >= each.atTick) {
                    late.remove(each);
                    place(each.cell).cell.offer(CellPort.ANY_EPOCH, each.join);
                }
            }
            places.forEach(place -> place.cell.tick(tick, tick * 50));
            assertThat(avatarCount())
                    .as("seed %d, tick %d: avatars", seed, tick)
                    .isLessThanOrEqualTo(1);
            whereabouts.look(nowNanos);
            if (!playing && tick >= askAtTick) {
                ask();
            }
        }

        private void ask() {
            CellId entrance = places.getFirst().id;
            Claimed claimed = Objects.requireNonNull(whereabouts.claim(tick, ANN, entrance, nowNanos));
            askAtTick = tick + 3;
            switch (claimed.verdict()) {
                case NOT_YET -> {
                    if (hasty && lastTarget != null) {
                        join(lastTarget, 0);
                    }
                }
                case LOCATED -> join(claimed.cell(), claimed.entity());
                case YOURS -> {
                    if (!loses()) {
                        join(entrance, 0);
                    }
                }
            }
        }

        private void join(CellId cell, long avatar) {
            session++;
            askAtTick = tick + 40;
            CellInput.Join join = new CellInput.Join(session, 0, ANN, ++generation, "ann", avatar, 0, 0);
            if (loses()) {
                late.add(new Late(tick + 1 + luck.nextInt(LATE_TICKS_MAX), cell, join));
            } else {
                place(cell).cell.offer(CellPort.ANY_EPOCH, join);
            }
        }

        private boolean loses() {
            boolean loses = tick < WILD_TICKS && luck.chance(0.15f);
            lostCount += loses ? 1 : 0;
            return loses;
        }

        private boolean answered(CellOutput message) {
            if (message instanceof CellOutput.Joined joined && joined.session() == session) {
                playing = true;
                joinedCount++;
            } else if (message instanceof CellOutput.JoinRefused refused && refused.session() == session) {
                askAtTick = tick + 1;
            } else if (message instanceof CellOutput.SessionEnded ended && ended.session() == session) {
                playing = false;
            }
            return true;
        }
    }
}
