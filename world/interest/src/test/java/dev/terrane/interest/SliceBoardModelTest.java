package dev.terrane.interest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Schema;
import dev.terrane.interest.Mirror.Seen;
import dev.terrane.interest.Things.Boom;
import dev.terrane.interest.Things.Craft;
import dev.terrane.interest.Things.Flag;
import dev.terrane.interest.Things.Mind;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.client.Quantiser;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random worlds: after every snapshot each gateway's mirror equals the quantised truth of what it watches. */
class SliceBoardModelTest {
    private static final int SEED_COUNT = 250;
    private static final int SNAPSHOT_COUNT = 40;

    @Test
    void mirrorsEqualTheQuantisedTruthAtEverySnapshot() {
        long bytes = 0;
        for (int seed = 1; seed <= SEED_COUNT; seed++) {
            try {
                bytes += new Run(seed).play();
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
            }
        }
        assertThat(bytes).as("the runs said something").isPositive();
    }

    /** One random world with two gateways. */
    private static final class Run {
        final Rng rng;
        final Schema schema = Things.schema();
        final EntityStore store = new EntityStore(schema);
        final ChunkGrid grid = new ChunkGrid(new Bounds(-100, -60, 100, 60), 40);
        final SliceBoard board = new SliceBoard(store, Things.events(), grid);
        final WireLayout layout = new WireLayout(WireSchemas.of(schema, Things.events()));
        final List<Mirror> mirrors = List.of(new Mirror(layout), new Mirror(layout));
        final AvatarList nobody = new AvatarList();
        final List<Long> alive = new ArrayList<>();
        final int crowd;
        long nextId = 1;

        Run(int seed) {
            this.rng = new Rng(seed);
            this.crowd = rng.chance(0.2f) ? 400 : 30;
        }

        long play() {
            for (int tick = 1; tick <= SNAPSHOT_COUNT; tick++) {
                for (int stage = rng.nextInt(3); stage >= 0; stage--) {
                    changeStructure();
                    store.flush();
                    changeValues();
                }
                changeWatches();
                board.emit(new Boom(tick, 1.2f, "b"), randomX(), randomY());
                board.collect(tick);
                for (int gateway = 0; gateway < mirrors.size(); gateway++) {
                    Mirror mirror = mirrors.get(gateway);
                    mirror.apply(board.frame(gateway, Things.header(tick), nobody));
                    compare(mirror);
                }
            }
            return mirrors.getFirst().bytesReceived;
        }

        private void changeStructure() {
            int wanted = rng.nextInt(crowd);
            for (int i = alive.size(); i < wanted && i < alive.size() + 60; i++) {
                alive.add(store.spawn(new Identity(nextId++, rng.nextInt(300), 0), position(), new Heading(0)));
            }
            for (int i = rng.nextInt(6); i > 0 && !alive.isEmpty(); i--) {
                long entity = alive.remove(rng.nextInt(alive.size()));
                if (rng.chance(0.5f)) {
                    board.departed(entity);
                }
                store.despawn(entity);
            }
            for (int i = rng.nextInt(8); i > 0 && !alive.isEmpty(); i--) {
                long entity = alive.get(rng.nextInt(alive.size()));
                switch (rng.nextInt(8)) {
                    case 0 -> store.attach(entity, craft());
                    case 1 -> store.attach(entity, new Mind(rng.nextInt(9)));
                    case 2 -> store.attach(entity, new Flag(rng.nextInt(9)));
                    case 3 -> store.attach(entity, new Nameplate("name " + rng.nextInt(5)));
                    case 4 -> store.detach(entity, Craft.class);
                    case 5 -> store.detach(entity, Mind.class);
                    case 6 -> store.detach(entity, Position.class);
                    default -> store.attach(entity, position());
                }
            }
        }

        private void changeValues() {
            for (long entity : alive) {
                float luck = rng.nextFloat();
                ComponentType<Position> position = schema.type(Position.class);
                if (luck < 0.5f && store.has(entity, position)) {
                    Position at = store.get(entity, position);
                    store.set(entity, position, new Position(at.x() + drift(), at.y() + drift(), at.z()));
                } else if (luck < 0.55f && store.has(entity, position)) {
                    store.set(entity, position, position());
                }
                if (luck < 0.3f && store.has(entity, schema.type(Craft.class))) {
                    store.set(entity, schema.type(Craft.class), craft());
                }
                if (luck > 0.9f && store.has(entity, schema.type(Nameplate.class))) {
                    store.set(entity, schema.type(Nameplate.class), new Nameplate("é" + rng.nextInt(3)));
                }
            }
        }

        private void changeWatches() {
            for (int gateway = 0; gateway < mirrors.size(); gateway++) {
                Mirror mirror = mirrors.get(gateway);
                int[] chunks = new int[rng.nextInt(4)];
                for (int i = 0; i < chunks.length; i++) {
                    chunks[i] = rng.nextInt(grid.chunkCount());
                }
                if (rng.chance(0.6f)) {
                    board.watch(gateway, chunks);
                    for (int chunk : chunks) {
                        mirror.watched.add(chunk);
                    }
                } else if (rng.chance(0.9f)) {
                    board.unwatch(gateway, chunks);
                    for (int chunk : chunks) {
                        mirror.forget(chunk);
                    }
                } else {
                    board.forgetGateway(gateway);
                    List.copyOf(mirror.watched).forEach(mirror::forget);
                }
            }
        }

        private void compare(Mirror mirror) {
            SortedMap<Long, Seen> seen = mirror.seen();
            SortedMap<Long, Long> wanted = new TreeMap<>();
            for (long entity : alive) {
                if (store.has(entity, schema.type(Position.class))) {
                    Position at = store.get(entity, schema.type(Position.class));
                    if (mirror.watched.contains(grid.chunkAt(at.x(), at.y()))) {
                        wanted.put(
                                store.get(entity, schema.type(Identity.class)).id(), entity);
                    }
                }
            }
            assertThat(seen.keySet()).isEqualTo(wanted.keySet());
            wanted.forEach((id, entity) -> compare(entity, seenOf(seen, id)));
        }

        private static Seen seenOf(SortedMap<Long, Seen> seen, long id) {
            Seen one = seen.get(id);
            if (one == null) {
                throw new AssertionError("entity " + id + " is not seen");
            }
            return one;
        }

        private void compare(long entity, Seen seen) {
            Position at = store.get(entity, schema.type(Position.class));
            assertThat(seen.chunk()).isEqualTo(grid.chunkAt(at.x(), at.y()));
            assertThat(seen.state().ownership(seen.slot()))
                    .isEqualTo(store.get(entity, schema.type(Identity.class)).ownership());
            expect(seen, "kit.position", "x", Quantiser.quantise(at.x(), 1f / 64));
            expect(seen, "kit.position", "y", Quantiser.quantise(at.y(), 1f / 64));
            if (store.has(entity, schema.type(Craft.class))) {
                Craft craft = store.get(entity, schema.type(Craft.class));
                expect(seen, "test.craft", "kind", craft.kind());
                expect(seen, "test.craft", "owner", craft.owner());
                expect(seen, "test.craft", "open", craft.open() ? 1 : 0);
                expect(seen, "test.craft", "raw", Float.floatToRawIntBits(craft.raw()));
                expect(seen, "test.craft", "hull", Quantiser.quantise(craft.hull(), 0.25f));
            }
            if (store.has(entity, schema.type(Nameplate.class))) {
                int field = index(seen, "kit.nameplate", "name");
                assertThat(seen.state().text(seen.slot(), field))
                        .isEqualTo(
                                store.get(entity, schema.type(Nameplate.class)).name());
            }
        }

        private void expect(Seen seen, String component, String field, long bits) {
            long actual = seen.state().bits(seen.slot(), index(seen, component, field));
            if (actual != bits) { // AssertJ is slow a million times over
                throw new AssertionError(component + "." + field + " is " + actual + ", not " + bits);
            }
        }

        private int index(Seen seen, String component, String field) {
            int index = seen.state().layout(seen.slot()).indexOf(layout.flatIndexOf(component, field));
            if (index < 0) {
                throw new AssertionError("no index for " + component + "." + field);
            }
            return index;
        }

        private Craft craft() {
            return new Craft(
                    rng.nextInt(5) - 2,
                    rng.chance(0.2f) ? rng.nextLong() : rng.nextInt(10),
                    rng.chance(0.5f),
                    rng.nextFloat(),
                    rng.nextFloat(-9, 9),
                    1,
                    rng.nextFloat());
        }

        private Position position() {
            return rng.chance(0.5f) ? new Position(5, 5, 0) : new Position(randomX(), randomY(), rng.nextFloat());
        }

        private float drift() {
            return rng.chance(0.3f) ? rng.nextFloat(-0.01f, 0.01f) : rng.nextFloat(-4, 4);
        }

        private float randomX() {
            return rng.nextFloat(-110, 110);
        }

        private float randomY() {
            return rng.nextFloat(-70, 70);
        }
    }

    @Test
    void coversEveryPublicFieldKind() {
        Schema schema = Things.schema();
        long kinds = schema.fields().stream()
                .filter(field -> field.audience() != null)
                .map(Field::kind)
                .distinct()
                .count();
        assertThat(kinds).isEqualTo(5);
    }
}
