package dev.terrane.interest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.interest.Things.Comms;
import dev.terrane.interest.Things.Flag;
import dev.terrane.interest.Things.Orders;
import dev.terrane.plugin.kit.Allegiance;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Veiled;
import dev.terrane.protocol.client.Quantiser;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random squads, teams and veils: what each player may be sent is what a naive look at every entity says. */
class VeilModelTest {
    private static final int SEED_COUNT = Integer.getInteger("terrane.seeds", 150);
    private static final int SNAPSHOT_COUNT = 40;
    private static final int GROUP_COUNT = 4;

    @Test
    void everybodySeesWhatIsForHimAndNothingElse() {
        long hidden = 0;
        for (int seed = 1; seed <= SEED_COUNT; seed++) {
            try {
                hidden += new Run(seed).play();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
        assertThat(hidden).as("entities that somebody did not see").isPositive();
    }

    private static final class Run {
        final Rng rng;
        final Schema schema = Things.schema();
        final EntityStore store = new EntityStore(schema);
        final ChunkGrid grid = new ChunkGrid(new Bounds(-80, -40, 80, 40), 40);
        final SliceBoard board = new SliceBoard(store, Things.events(), grid);
        final Mirror mirror = new Mirror(new WireLayout(WireSchemas.of(schema, Things.events())));
        final ComponentType<Position> position = schema.type(Position.class);
        final ComponentType<Allegiance> allegiance = schema.type(Allegiance.class);
        final ComponentType<Veiled> veiled = schema.type(Veiled.class);
        final ComponentType<Comms> comms = schema.type(Comms.class);
        final ComponentType<Orders> orders = schema.type(Orders.class);
        final ComponentType<Flag> flag = schema.type(Flag.class);
        final List<Long> alive = new ArrayList<>();
        final int crowd;
        long nextId = 1;
        long unseenCount;

        Run(int seed) {
            this.rng = new Rng(seed);
            this.crowd = rng.chance(0.1f) ? 300 : 12;
        }

        long play() {
            for (int tick = 1; tick <= SNAPSHOT_COUNT; tick++) {
                for (int stage = rng.nextInt(3); stage >= 0; stage--) {
                    changeStructure();
                    store.flush();
                    alive.forEach(this::changeValues);
                }
                changeWatches();
                board.collect(tick);
                mirror.apply(board.frame(0, Things.header(tick), new AvatarList()));
                compareAll();
            }
            return unseenCount;
        }

        private void compareAll() {
            compare(0, 0, 0);
            for (int group = 1; group < GROUP_COUNT; group++) {
                compare(0, group, 0);
                compare(0, 0, group);
            }
            for (int i = 0; i < 5 && !alive.isEmpty(); i++) {
                long avatar = alive.get(rng.nextInt(alive.size()));
                compare(id(avatar), squadOf(avatar), teamOf(avatar));
            }
        }

        private void compare(long avatar, int squad, int team) {
            SortedMap<Long, SortedMap<String, String>> wanted = new TreeMap<>();
            for (long entity : alive) {
                SortedMap<String, String> fields = fieldsFor(entity, avatar, squad, team);
                if (!fields.isEmpty() && mirror.watched.contains(chunkOf(entity))) {
                    wanted.put(id(entity), fields);
                }
                unseenCount += fields.isEmpty() ? 1 : 0;
            }
            assertThat(mirror.seenBy(avatar, squad, team))
                    .as("what avatar %s of squad %s and team %s is sent", avatar, squad, team)
                    .isEqualTo(wanted);
        }

        private SortedMap<String, String> fieldsFor(long entity, long avatar, int squad, int team) {
            SortedMap<String, String> fields = new TreeMap<>();
            Position at = store.get(entity, position);
            boolean mate = squad != 0 && squadOf(entity) == squad;
            boolean ally = team != 0 && teamOf(entity) == team;
            if (sees(entity, avatar, mate, ally)) {
                fields.put("x", String.valueOf(Quantiser.quantise(at.x(), 1f / 64)));
                fields.put("y", String.valueOf(Quantiser.quantise(at.y(), 1f / 64)));
                fields.put("z", "0");
                if (store.has(entity, flag)) {
                    fields.put("colour", String.valueOf(store.get(entity, flag).colour()));
                }
            }
            if (mate && store.has(entity, comms)) {
                fields.put("fuel", String.valueOf(store.get(entity, comms).fuel()));
                fields.put("word", store.get(entity, comms).word());
            }
            if (ally && store.has(entity, orders)) {
                fields.put("goal", String.valueOf(store.get(entity, orders).goal()));
            }
            return fields;
        }

        private boolean sees(long entity, long avatar, boolean mate, boolean ally) {
            int to = store.has(entity, veiled) ? store.get(entity, veiled).to() : Veiled.NOT;
            boolean lonely = (to == Veiled.SQUAD && squadOf(entity) == 0) || (to == Veiled.TEAM && teamOf(entity) == 0);
            if (to == Veiled.OWNER || lonely) {
                return id(entity) == avatar && store.has(entity, schema.type(Avatar.class));
            }
            return to == Veiled.NOT || (to == Veiled.SQUAD ? mate : ally);
        }

        private void changeStructure() {
            int wanted = rng.nextInt(crowd);
            for (int i = alive.size(); i < wanted && i < alive.size() + 40; i++) {
                alive.add(store.spawn(new Identity(nextId++, 1, 0), place()));
            }
            for (int i = rng.nextInt(3); i > 0 && !alive.isEmpty(); i--) {
                store.despawn(alive.remove(rng.nextInt(alive.size())));
            }
            for (int i = rng.nextInt(12); i > 0 && !alive.isEmpty(); i--) {
                long entity = alive.get(rng.nextInt(alive.size()));
                switch (rng.nextInt(11)) {
                    case 0, 1 -> store.attach(entity, groups());
                    case 2, 3 -> store.attach(entity, new Veiled(rng.nextInt(4)));
                    case 4, 5 -> store.attach(entity, new Comms(rng.nextInt(9), "w" + rng.nextInt(9)));
                    case 6 -> store.attach(entity, new Orders(rng.nextInt(9), 1));
                    case 7 -> store.attach(entity, new Avatar(1, 1, 1, 1, 0, 0, 0));
                    case 8 -> store.attach(entity, new Flag(rng.nextInt(9)));
                    case 9 -> store.detach(entity, rng.chance(0.5f) ? Veiled.class : Allegiance.class);
                    default -> store.detach(entity, rng.chance(0.5f) ? Comms.class : Orders.class);
                }
            }
        }

        private void changeValues(long entity) {
            float luck = rng.nextFloat();
            if (luck < 0.4f) {
                Position at = store.get(entity, position);
                store.set(entity, position, new Position(at.x() + rng.nextFloat(-9, 9), at.y(), 0));
            } else if (luck < 0.45f) {
                store.set(entity, position, place());
            }
            if (store.has(entity, allegiance) && rng.chance(0.1f)) {
                store.set(entity, allegiance, groups());
            }
            if (store.has(entity, veiled) && rng.chance(0.2f)) {
                store.set(entity, veiled, new Veiled(rng.nextInt(4)));
            }
            if (store.has(entity, comms) && rng.chance(0.3f)) {
                store.set(entity, comms, new Comms(rng.nextInt(9), "w" + rng.nextInt(3)));
            }
            if (store.has(entity, orders) && rng.chance(0.3f)) {
                store.set(entity, orders, new Orders(rng.nextInt(9), rng.nextInt(9)));
            }
        }

        private void changeWatches() {
            int[] chunks = {rng.nextInt(grid.chunkCount()), rng.nextInt(grid.chunkCount())};
            if (rng.chance(0.7f)) {
                board.watch(0, chunks);
                for (int chunk : chunks) {
                    mirror.watched.add(chunk);
                }
            } else {
                board.unwatch(0, chunks);
                for (int chunk : chunks) {
                    mirror.forget(chunk);
                }
            }
        }

        private int chunkOf(long entity) {
            Position at = store.get(entity, position);
            return grid.chunkAt(at.x(), at.y());
        }

        private long id(long entity) {
            return store.get(entity, schema.type(Identity.class)).id();
        }

        private int squadOf(long entity) {
            return store.has(entity, allegiance) ? store.get(entity, allegiance).squad() : 0;
        }

        private int teamOf(long entity) {
            return store.has(entity, allegiance) ? store.get(entity, allegiance).team() : 0;
        }

        private Allegiance groups() {
            return new Allegiance(rng.nextInt(GROUP_COUNT), rng.nextInt(GROUP_COUNT));
        }

        private Position place() {
            return new Position(rng.nextFloat(-80, 80), rng.nextFloat(-40, 40), 0);
        }
    }
}
