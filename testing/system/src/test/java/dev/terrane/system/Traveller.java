package dev.terrane.system;

import dev.terrane.base.RegionId;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.SelfValues;
import dev.terrane.protocol.client.ServerMessage.ServerInfo;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Entity;
import dev.terrane.sdk.Input;
import dev.terrane.sdk.LeaveReason;
import dev.terrane.sdk.TerraneClient;
import dev.terrane.space.Partition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A player who flies to and fro, and checks what he is told: his own ship never jumps farther than it can fly, his inputs are acknowledged in order, he stays the same avatar, nobody is in view twice. What is
 * wrong is noted, never thrown: a callback must go on.
 */
final class Traveller implements ClientListener, AutoCloseable {
    private static final long INPUT_MILLIS = 50;
    /** With boost; nobody here uses it. */
    private static final double SPEED_MAX = 70;

    /** What positions on the wire and a bounce off an asteroid may add. */
    private static final double TOLERANCE_METRES = 6;

    /** Where he turns, in a world of {@link #WORLD}. */
    private static final double EAST_METRES = 980;

    private static final double WEST_METRES = 44;
    /** Four regions side by side, 1,024 m in all. */
    static final String WORLD = "strip;count=4;width=256;depth=512";

    final List<String> wrongs = new CopyOnWriteArrayList<>();
    volatile String region = "";
    volatile long avatar;
    volatile int snapshots;
    volatile int losses;
    volatile double metresFlown;
    /** The longest time without a snapshot. */
    volatile long silenceMillisMax;
    /** Farthest that the ship was set back or ahead beyond what it can fly. */
    volatile double jumpMetresMax;

    private final String name;
    private final ScheduledExecutorService hands = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("traveller-", 0).factory());
    private final TerraneClient client;
    private volatile Input wish = new Input(1, 0, 0, 2, 0);

    // Touched by callbacks only.
    private final Map<Long, String> inView = new HashMap<>();
    private Partition partition = Partition.parse("single;width=1;depth=1");
    private int hz = 20;
    private int nameIndex = -1;
    private int position = -1;
    private int positionX;
    private int positionY;
    private double x = Double.NaN;
    private double y;
    private int tick;
    private int ack;
    private long heardNanos;

    Traveller(ClientOptions options) {
        name = options.name();
        client = TerraneClient.connect(options, this);
        // No input is made up for after a pause: too many at once end the connection.
        hands.scheduleWithFixedDelay(() -> client.input(wish), INPUT_MILLIS, INPUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Begins to measure silence anew. */
    void forgetSilence() {
        silenceMillisMax = 0;
    }

    @Override
    public void opened(TerraneClient opened, Welcome welcome) {
        partition = opened.partition().orElseThrow();
        hz = welcome.simulationHz();
        ack = 0;
        inView.clear();
        WireLayout layout = opened.layout().orElseThrow();
        nameIndex = layout.flatIndexOf("kit.nameplate", "name");
        List<WireRecord> components = layout.schema().components();
        for (int c = 0; c < components.size(); c++) {
            if (components.get(c).name().equals("kit.position")) {
                position = c;
                positionX = indexOf(components.get(c).fields(), "x");
                positionY = indexOf(components.get(c).fields(), "y");
            }
        }
    }

    private static int indexOf(List<WireField> fields, String field) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(field)) {
                return i;
            }
        }
        throw new IllegalStateException("a position has no " + field);
    }

    @Override
    public void moved(ServerInfo info) {
        if (avatar != 0 && info.avatar() != avatar) {
            wrongs.add("%s was avatar %x and is %x".formatted(name, avatar, info.avatar()));
        }
        avatar = info.avatar();
    }

    @Override
    public void self(SelfValues self, ServerSnapshot snapshot) {
        RegionId at = new RegionId(snapshot.regionA(), snapshot.regionB());
        double newX = partition.originX(at) + self.floatValue(position, positionX);
        double newY = partition.originY(at) + self.floatValue(position, positionY);
        if (!Double.isNaN(x)) {
            double way = Math.hypot(newX - x, newY - y);
            double farthest = SPEED_MAX * Math.abs(snapshot.tick() - tick) / hz + TOLERANCE_METRES;
            metresFlown += way;
            jumpMetresMax = Math.max(jumpMetresMax, way - farthest);
        }
        region = snapshot.regionA() + "," + snapshot.regionB();
        x = newX;
        y = newY;
        steer();
    }

    private void steer() {
        if (x > EAST_METRES) {
            wish = new Input(-1, 0, 0, 2, 0);
        } else if (x < WEST_METRES) {
            wish = new Input(1, 0, 0, 2, 0);
        }
    }

    @Override
    public void entered(Entity entity) {
        String entering = entity.text(nameIndex);
        if (inView.put(entity.id(), entering) != null) {
            wrongs.add("%s saw entity %x enter, which was in view already".formatted(name, entity.id()));
        }
    }

    @Override
    public void left(Entity entity, LeaveReason reason) {
        inView.remove(entity.id());
    }

    @Override
    public void snapshot(ServerSnapshot snapshot, int messageBytes) {
        long now = System.nanoTime();
        if (heardNanos != 0) {
            silenceMillisMax = Math.max(silenceMillisMax, TimeUnit.NANOSECONDS.toMillis(now - heardNanos));
        }
        heardNanos = now;
        tick = snapshot.tick();
        if (snapshot.ackSeq() - ack < 0) {
            wrongs.add("%s had input %d acknowledged, then %d".formatted(name, ack, snapshot.ackSeq()));
        }
        ack = snapshot.ackSeq();
        Map<String, Long> seen = new HashMap<>();
        inView.forEach((id, other) -> {
            Long twin = other.isEmpty() ? null : seen.put(other, id);
            if (twin != null) {
                wrongs.add("%s sees %s twice, as %x and %x".formatted(name, other, id, twin));
            }
        });
        snapshots++;
    }

    @Override
    public void lost(ErrorCode error, String reason) {
        losses++;
    }

    @Override
    public void closed(ErrorCode error, String reason) {
        if (error != ErrorCode.NONE) {
            wrongs.add(name + " was sent away: " + error + " " + reason);
        }
    }

    @Override
    public void close() {
        hands.shutdownNow();
        client.close();
    }
}
