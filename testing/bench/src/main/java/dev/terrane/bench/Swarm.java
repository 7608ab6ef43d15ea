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
import dev.terrane.interest.AvatarList;
import dev.terrane.interest.NeighbourGrid;
import dev.terrane.interest.SliceBoard;
import dev.terrane.interest.SliceBoard.FrameHeader;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.space.Bounds;
import dev.terrane.space.ChunkGrid;
import java.util.stream.IntStream;

/** 10,000 named entities that fly about a square region at 20 m/s, 20 times a second, and turn back at its edge. All chunks are watched. */
final class Swarm {
    static final int ENTITIES = 10_000;

    private static final CellId CELL = new CellId(new WorldId("bench"), RegionId.ORIGIN, 0);
    private static final float SPEED = 20;
    private static final float DT = 1f / 20;
    private static final float TURN = 0.03f; // radians per tick

    final EntityStore store;
    final SliceBoard board;
    final NeighbourGrid neighbours;
    private final Query moving;
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final Field yaw;
    private final AvatarList nobody = new AvatarList();
    private final float half;
    private long tick;

    Swarm(float sideMetres) {
        Schema schema = Schema.of(Kit.COMPONENTS);
        this.store = new EntityStore(schema);
        this.half = sideMetres / 2;
        Bounds bounds = new Bounds(-half, -half, half, half);
        ChunkGrid chunks = new ChunkGrid(bounds, 64);
        this.board = new SliceBoard(store, Schema.of(), chunks);
        this.neighbours = new NeighbourGrid(bounds, 64);
        this.moving = store.query(schema.type(Position.class), schema.type(Velocity.class), schema.type(Heading.class));
        this.positionX = schema.field(Position.class, "x");
        this.positionY = schema.field(Position.class, "y");
        this.velocityX = schema.field(Velocity.class, "x");
        this.velocityY = schema.field(Velocity.class, "y");
        this.yaw = schema.field(Heading.class, "yaw");
        Rng rng = new Rng(7);
        for (int i = 1; i <= ENTITIES; i++) {
            float course = rng.nextFloat(-3.14f, 3.14f);
            store.spawn(
                    new Identity(i, 1, 0),
                    new Position(rng.nextFloat(-half, half), rng.nextFloat(-half, half), 0),
                    new Heading(course),
                    new Velocity(SPEED * (float) StrictMath.cos(course), SPEED * (float) StrictMath.sin(course)),
                    new Nameplate("ship " + i));
        }
        store.flush();
        board.watch(0, IntStream.range(0, chunks.chunkCount()).toArray());
        collect();
        frame();
    }

    void integrate() {
        for (Table table : moving) {
            float[] x = table.floats(positionX).write();
            float[] y = table.floats(positionY).write();
            float[] heading = table.floats(yaw).write();
            float[] vx = table.floats(velocityX).read();
            float[] vy = table.floats(velocityY).read();
            int size = table.size();
            for (int row = 0; row < size; row++) {
                x[row] += vx[row] * DT;
                y[row] += vy[row] * DT;
                heading[row] += TURN;
            }
            turnBack(table, x, y, heading);
        }
    }

    private void turnBack(Table table, float[] x, float[] y, float[] heading) {
        float[] vx = table.floats(velocityX).read();
        float[] vy = table.floats(velocityY).read();
        for (int row = 0; row < table.size(); row++) {
            if (Math.abs(x[row]) > half && x[row] * vx[row] > 0) {
                table.floats(velocityX).set(row, -vx[row]);
            }
            if (Math.abs(y[row]) > half && y[row] * vy[row] > 0) {
                table.floats(velocityY).set(row, -vy[row]);
            }
            if (heading[row] > 3.14f) {
                heading[row] -= 6.28f;
            }
        }
    }

    /** Nudges every n-th entity. */
    void move(int everyNth) {
        for (Table table : moving) {
            for (int row = (int) (tick % everyNth); row < table.size(); row += everyNth) {
                table.floats(positionX).set(row, table.floats(positionX).get(row) + (tick & 1) - 0.5f);
                table.floats(yaw).set(row, table.floats(yaw).get(row) + TURN);
            }
        }
    }

    void collect() {
        board.collect(++tick);
    }

    CellFrame frame() {
        return board.frame(0, new FrameHeader(CELL, 1, tick, 0, 1), nobody);
    }
}
