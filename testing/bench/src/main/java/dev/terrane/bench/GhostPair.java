package dev.terrane.bench;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.ghosts.GhostLimits;
import dev.terrane.ghosts.GhostPublisher;
import dev.terrane.ghosts.GhostShape;
import dev.terrane.ghosts.GhostSubscriber;
import dev.terrane.ghosts.Residents;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.GhostBatch;
import dev.terrane.protocol.cluster.CellInput.GhostSubscribe;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.SinglePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Two layers of one region, each with 5,000 entities that the other sees. */
final class GhostPair {
    static final int ENTITIES_PER_CELL = 5_000;

    private static final float SIDE_METRES = 512;
    private static final SinglePartition PARTITION = new SinglePartition(SIDE_METRES, SIDE_METRES);

    private final List<Side> sides = List.of(new Side(0), new Side(1));
    private long tick;
    long sentBytes;

    GhostPair() {
        for (int i = 0; i < 4; i++) { // asks, is answered
            move(1);
            exchange();
        }
        for (Side side : sides) {
            if (side.subscriber.ghostCount() != ENTITIES_PER_CELL) {
                throw new IllegalStateException("sees " + side.subscriber.ghostCount() + " ghosts");
            }
        }
        sentBytes = 0;
    }

    /** Every n-th entity changes x, y and its heading; all of them as one who moves everybody does it. */
    void move(int everyNth) {
        sides.forEach(side -> side.move(everyNth, (int) (tick % everyNth)));
    }

    /** A tick's work of both cells: take in what the other said in the last one, then say what changed. */
    void exchange() {
        tick++;
        for (Side side : sides) {
            side.takeIn();
        }
        for (Side side : sides) {
            side.subscriber.flush(tick, this::send);
            side.publisher.publish(tick, this::send);
            side.store.clearChanges();
            side.publisher.changesCleared();
        }
    }

    private Admission send(CellId to, CellInput message) {
        sides.get(to.layer()).inbox.add(message);
        if (message instanceof GhostBatch batch) {
            sentBytes += batch.length();
        }
        return Admission.ACCEPTED;
    }

    /** The same fields of the same entities, from bare columns into bare arrays. */
    void copyPlainly() {
        tick++;
        for (int i = 0; i < 2; i++) {
            sides.get(i).copyInto(sides.get(1 - i).plain);
            sides.get(i).store.clearChanges();
        }
    }

    private final class Side implements Residents {
        final EntityStore store = new EntityStore(Schema.of(Kit.COMPONENTS));
        final GhostPublisher publisher;
        final GhostSubscriber subscriber;
        final List<CellInput> inbox = new ArrayList<>();
        final float[][] plain = new float[3][ENTITIES_PER_CELL];
        private final Query moving;
        private final Field x;
        private final Field y;
        private final Field yaw;
        private final int layer;

        Side(int layer) {
            this.layer = layer;
            Schema schema = store.schema();
            moving = store.query(schema.type(Position.class), schema.type(Heading.class));
            x = schema.field(Position.class, "x");
            y = schema.field(Position.class, "y");
            yaw = schema.field(Heading.class, "yaw");
            Rng rng = new Rng(layer + 1);
            for (int i = 0; i < ENTITIES_PER_CELL; i++) {
                store.spawn(
                        new Identity(layer * ENTITIES_PER_CELL + i + 1, 1, 0),
                        new Position(somewhere(rng), somewhere(rng), 0),
                        new Heading(rng.nextFloat(-3, 3)),
                        new Velocity(0, 0),
                        new Nameplate("ship " + i));
            }
            store.flush();
            CellId self = cell(layer);
            ChunkGrid grid = new ChunkGrid(PARTITION.bounds(RegionId.ORIGIN), 64);
            GhostShape shape = new GhostShape(schema, 0);
            publisher = new GhostPublisher(self, 1, store, shape, grid, this);
            subscriber = new GhostSubscriber(self, 1, PARTITION, shape, new GhostLimits(16_384, 1_024, 20), this);
            subscriber.want(
                    cell(1 - layer), IntStream.range(0, grid.chunkCount()).toArray());
        }

        private static CellId cell(int layer) {
            return new CellId(new WorldId("bench"), RegionId.ORIGIN, layer);
        }

        private static float somewhere(Rng rng) {
            return rng.nextFloat(-SIDE_METRES / 2, SIDE_METRES / 2);
        }

        void move(int everyNth, int phase) {
            float step = (tick & 1) == 0 ? 0.25f : -0.25f;
            for (Table table : moving) {
                if (everyNth == 1) {
                    shift(table.floats(x).write(), table.size(), step);
                    shift(table.floats(y).write(), table.size(), step);
                    shift(table.floats(yaw).write(), table.size(), step);
                } else {
                    for (int row = phase; row < table.size(); row += everyNth) {
                        table.floats(x).set(row, table.floats(x).get(row) + step);
                        table.floats(y).set(row, table.floats(y).get(row) + step);
                        table.floats(yaw).set(row, table.floats(yaw).get(row) + step);
                    }
                }
            }
        }

        private static void shift(float[] values, int size, float step) {
            for (int row = 0; row < size; row++) {
                values[row] += step;
            }
        }

        void takeIn() {
            subscriber.beginTick(tick);
            for (CellInput message : inbox) {
                if (message instanceof GhostBatch batch) {
                    subscriber.onBatch(batch, tick);
                } else if (message instanceof GhostSubscribe asked) {
                    publisher.subscribe(asked, tick);
                }
            }
            inbox.clear();
        }

        void copyInto(float[][] target) {
            for (Table table : moving) {
                copy(table.floats(x).read(), target[0], table.size());
                copy(table.floats(y).read(), target[1], table.size());
                copy(table.floats(yaw).read(), target[2], table.size());
            }
        }

        private static void copy(float[] from, float[] to, int size) {
            for (int row = 0; row < size; row++) {
                to[row] = from[row];
            }
        }

        @Override
        public long find(long entityId) {
            return (entityId - 1) / ENTITIES_PER_CELL == layer ? 1 : 0; // asked only whether it is here
        }

        @Override
        public @Nullable CellId goneTo(long entityId) {
            return null;
        }
    }
}
