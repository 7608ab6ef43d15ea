package dev.terrane.bench;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Field;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.gateway.AdmissionAnswer.Admitted;
import dev.terrane.gateway.ConnectionFacts;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.GatewayListener;
import dev.terrane.gateway.GatewayPorts;
import dev.terrane.gateway.GatewaySettings;
import dev.terrane.gateway.GatewaySpec;
import dev.terrane.gateway.Session;
import dev.terrane.gateway.VerifiedToken;
import dev.terrane.gateway.WorldView;
import dev.terrane.interest.AvatarList;
import dev.terrane.interest.SliceBoard;
import dev.terrane.interest.SliceBoard.FrameHeader;
import dev.terrane.interest.WireSchemas;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.ClientMessage.Hello;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput.Joined;
import dev.terrane.space.ChunkGrid;
import dev.terrane.space.SinglePartition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/** One cell, one gateway, and players with links that lead nowhere; all of them move at 20 m/s within their square. */
final class Audience {
    private static final CellId CELL = new CellId(new WorldId("bench"), RegionId.ORIGIN, 0);
    private static final float DT = 1f / 20;
    private static final float SPEED = 20;
    private static final double CHUNK_METRES = 64;
    private static final double REGION_METRES = 2048;
    private static final float TURN = 0.05f; // radians per tick: circles of 20 m
    private static final long TICK_NANOS = 50_000_000;

    final int count;
    final Drain drain = new Drain();
    private final EntityStore store;
    private final SliceBoard board;
    private final Query moving;
    private final Gateway gateway;
    private final AvatarList avatars = new AvatarList();
    private final Field positionX;
    private final Field positionY;
    private final Field velocityX;
    private final Field velocityY;
    private final Field yaw;
    private long tick;
    private long admitted;

    /** @param squareMetres where they are, around the middle of a chunk */
    Audience(int players, double squareMetres, GatewaySettings settings) {
        count = players;
        Schema schema = Schema.of(Kit.COMPONENTS);
        store = new EntityStore(schema);
        SinglePartition plane = new SinglePartition(REGION_METRES, REGION_METRES);
        board = new SliceBoard(store, Schema.of(), new ChunkGrid(plane.bounds(RegionId.ORIGIN), CHUNK_METRES));
        moving = store.query(schema.type(Position.class), schema.type(Velocity.class), schema.type(Heading.class));
        positionX = schema.field(Position.class, "x");
        positionY = schema.field(Position.class, "y");
        velocityX = schema.field(Velocity.class, "x");
        velocityY = schema.field(Velocity.class, "y");
        yaw = schema.field(Heading.class, "yaw");
        WorldView view = new WorldView(CELL.world(), plane, CHUNK_METRES, 20, 20, WireSchemas.of(schema, Schema.of()));
        gateway = Gateway.create(new GatewaySpec(0, "bench", settings, List.of(view), new byte[32]), ports(), () -> {});
        Rng rng = new Rng(7);
        float half = (float) squareMetres / 2;
        float middle = (float) CHUNK_METRES / 2;
        for (int i = 1; i <= players; i++) {
            float x = middle + rng.nextFloat(-half, half);
            float y = middle + rng.nextFloat(-half, half);
            float course = rng.nextFloat(-3.14f, 3.14f);
            long handle = store.spawn(
                    new Identity(i, 1, 0),
                    new Position(x, y, 0),
                    new Heading(course),
                    new Velocity(SPEED * (float) StrictMath.cos(course), SPEED * (float) StrictMath.sin(course)));
            avatars.add(join(i), handle, i, 1, 0);
        }
        store.flush();
    }

    private GatewayPorts ports() {
        return new GatewayPorts(
                (cell, epoch, message) -> {
                    if (message instanceof CellInput.Watch watch) {
                        board.watch(0, watch.chunks());
                    } else if (message instanceof CellInput.Unwatch unwatch) {
                        board.unwatch(0, unwatch.chunks());
                    }
                    return Admission.ACCEPTED;
                },
                (request, answerTo) -> answerTo.offer(new Admitted(request.session(), 1, 1, CELL, 1, 0, 0)),
                GatewayListener.none(),
                Meters.none(),
                () -> ++admitted);
    }

    private long join(int number) {
        VerifiedToken token = new VerifiedToken("", new CharacterId(new UUID(1, number)), "p" + number, Long.MAX_VALUE);
        Session session = gateway.open(drain, new ConnectionFacts("127.0.0.1", token), 0);
        gateway.onMessage(
                session,
                ByteBuffer.wrap(ClientCodec.encode(new Hello(ProtocolVersion.MAJOR, 0, "", "p" + number, "", ""))),
                0);
        gateway.drain(0);
        gateway.inbox().offer(new Joined(session.id().value(), CELL, 1, number, 1, 0));
        gateway.drain(0);
        return session.id().value();
    }

    /** What the cell tells after another tick. */
    CellFrame next() {
        for (Table table : moving) {
            float[] x = table.floats(positionX).write();
            float[] y = table.floats(positionY).write();
            float[] vx = table.floats(velocityX).write();
            float[] vy = table.floats(velocityY).write();
            float[] heading = table.floats(yaw).write();
            for (int row = 0; row < table.size(); row++) {
                heading[row] += heading[row] > 3.1f ? TURN - 6.28f : TURN;
                vx[row] = SPEED * (float) StrictMath.cos(heading[row]);
                vy[row] = SPEED * (float) StrictMath.sin(heading[row]);
                x[row] += vx[row] * DT;
                y[row] += vy[row] * DT;
            }
        }
        board.collect(++tick);
        return board.frame(0, new FrameHeader(CELL, 1, tick, tick * 50, 1), avatars);
    }

    /** Deals a frame out to everybody. @return bytes of all snapshots */
    long deal(CellFrame frame) {
        long before = drain.bytes;
        gateway.inbox().offer(frame);
        gateway.drain(tick * TICK_NANOS);
        return drain.bytes - before;
    }
}
