package dev.terrane.sdk.bots;

import dev.terrane.base.RegionId;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.SelfValues;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import dev.terrane.sdk.ClientListener;
import dev.terrane.sdk.ClientOptions;
import dev.terrane.sdk.Correction;
import dev.terrane.sdk.Entity;
import dev.terrane.sdk.Input;
import dev.terrane.sdk.TerraneClient;
import dev.terrane.space.Partition;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One player: a client, a pilot and its counters. Decides on the client's callbacks; sends on the fleet's thread, or steers as players do. */
final class Bot implements ClientListener, Surroundings {
    /** A pilot is asked at every so many snapshots: five times a second, like somebody at the keys. */
    private static final int SNAPSHOTS_PER_DECISION = 4;

    private static final int KIND_DRONE = 1;

    private final Pilot pilot;
    private final BotTally tally;
    private final boolean predict;
    private final AtomicLong snapshots = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean joined;
    private volatile int simulationHz;
    private volatile Input wish = Input.NONE;
    private @Nullable TerraneClient client;

    // Touched by callbacks only.
    private Partition partition = Partition.parse("single;width=1;depth=1");
    private int positionComponent = -1;
    private int positionX;
    private int positionY;
    private int craftKind = -1;
    private long avatar;
    private double x;
    private double y;
    private boolean placed;

    /** @param predict whether it steers as a player does, instead of sending when it is its turn */
    Bot(Pilot pilot, BotTally tally, boolean predict) {
        this.pilot = pilot;
        this.tally = tally;
        this.predict = predict;
    }

    synchronized void connect(ClientOptions options) {
        client = TerraneClient.connect(options, this);
        if (predict) {
            client.steer(() -> wish);
        }
    }

    synchronized void close() {
        if (client != null) {
            client.close();
        }
    }

    /** Ticks a second of its server; 0 until that has said so. */
    int simulationHz() {
        return simulationHz;
    }

    /** Whether its own avatar is predicted now. */
    synchronized boolean predicting() {
        return client != null && client.stats().prediction().predicting();
    }

    /** Sends what the pilot last decided, unless that is asked for anyway. */
    void act() {
        if (!joined || predict) {
            return;
        }
        TerraneClient current;
        synchronized (this) {
            current = client;
        }
        if (current != null) {
            current.input(wish);
        }
    }

    /** Has it received a first snapshot? */
    boolean joined() {
        return joined;
    }

    long snapshotCount() {
        return snapshots.get();
    }

    long byteCount() {
        return bytes.get();
    }

    @Override
    public void opened(TerraneClient opened, Welcome welcome) {
        synchronized (this) {
            client = opened; // the call that connects may not have returned yet
        }
        simulationHz = welcome.simulationHz();
        partition = opened.partition().orElseThrow();
        WireLayout layout = opened.layout().orElseThrow();
        craftKind = layout.flatIndexOf("skirmish.craft", "kind");
        placed = false;
        positionComponent = -1;
        List<WireRecord> components = layout.schema().components();
        for (int c = 0; c < components.size(); c++) {
            if (components.get(c).name().equals("kit.position")) {
                positionComponent = c;
                positionX = indexOf(components.get(c).fields(), "x");
                positionY = indexOf(components.get(c).fields(), "y");
            }
        }
        if (positionComponent < 0 || positionX < 0 || positionY < 0) {
            tally.error("NO_POSITION_IN_SCHEMA");
            positionComponent = -1;
        }
    }

    private static int indexOf(List<WireField> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void self(SelfValues self, ServerSnapshot snapshot) {
        if (positionComponent >= 0 && self.has(positionComponent)) {
            RegionId region = new RegionId(snapshot.regionA(), snapshot.regionB());
            x = partition.originX(region) + self.floatValue(positionComponent, positionX);
            y = partition.originY(region) + self.floatValue(positionComponent, positionY);
            placed = true;
        }
    }

    @Override
    public void snapshot(ServerSnapshot snapshot, int messageBytes) {
        long count = snapshots.incrementAndGet();
        bytes.addAndGet(messageBytes);
        joined = true;
        avatar = snapshot.avatar();
        if (placed && count % SNAPSHOTS_PER_DECISION == 0) {
            wish = pilot.steer(this);
        }
    }

    @Override
    public void corrected(Correction correction) {
        tally.corrected(correction);
    }

    @Override
    public void notPredicted(String reason) {
        tally.error("NOT_PREDICTED");
    }

    @Override
    public void sliceArrived(double ageMillis) {
        tally.staleness.recordMillis(ageMillis);
    }

    @Override
    public void roundTrip(double millis) {
        tally.roundTrips.recordMillis(millis);
    }

    @Override
    public void error(ServerError error) {
        if (!error.fatal()) {
            tally.error(error.code().name()); // a fatal one is counted with the connection that it ends
        }
    }

    @Override
    public void lost(ErrorCode error, String reason) {
        tally.error(error == ErrorCode.NONE ? "CONNECTION_LOST" : error.name());
    }

    @Override
    public void closed(ErrorCode error, String reason) {
        lost(error, reason);
    }

    @Override
    public double x() {
        return x;
    }

    @Override
    public double y() {
        return y;
    }

    @Override
    public Partition partition() {
        return partition;
    }

    @Override
    public @Nullable Target nearestTarget() {
        TerraneClient current = client;
        if (craftKind < 0 || current == null) {
            return null;
        }
        Target nearest = null;
        double best = Double.POSITIVE_INFINITY;
        for (Entity entity : current.entities()) {
            if (entity.id() == avatar || !entity.has(craftKind) || entity.bits(craftKind) > KIND_DRONE) {
                continue;
            }
            double distance = Math.hypot(entity.worldX() - x, entity.worldY() - y);
            if (distance < best) {
                best = distance;
                nearest = new Target(entity.worldX(), entity.worldY());
            }
        }
        return nearest;
    }
}
