package dev.terrane.sdk;

import dev.terrane.base.RegionId;
import dev.terrane.protocol.client.SelfValues;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.rule.CompiledRule;
import dev.terrane.space.Partition;
import java.util.Collection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The avatar that a client steers: knows what steering has to know of the connection, and binds the world's movement rule to what the server tells. All calls
 * come under the client's lock.
 */
final class OwnAvatar implements Helm, View.Own {
    private static final int HZ_AT_FIRST = 20;

    private final Line line;
    private final ServerClock clock;
    private final Arrivals arrivals = new Arrivals();
    private final Steering steering = new Steering(this);
    private final CorrectionLog corrections = new CorrectionLog();
    private @Nullable World world;
    private @Nullable CompiledRule rule;
    private @Nullable Bound bound;
    private int simulationHz = HZ_AT_FIRST;
    private int snapshotTick;
    private double snapshotMillis;
    private double dilation = 1;
    private boolean heard;
    private double marginMillis = Double.NaN;

    /** What it needs of its client. */
    interface Line {
        double nowMillis();

        /** Sends an input for a tick. False: the connection takes none now. */
        boolean send(int tick, Input input);

        void steered(int tick, Input input);

        void corrected(Correction correction);
    }

    /** Where a connection has led to. */
    record World(WireLayout layout, Partition partition, int simulationHz, Supplier<Collection<Entity>> entities) {}

    /** The rule as this connection's world has it. */
    private record Bound(AvatarRule rule, AvatarFields fields) {}

    OwnAvatar(Line line, ServerClock clock) {
        this.line = line;
        this.clock = clock;
    }

    /** The connection is a new one. */
    void welcomed(World newWorld) {
        world = newWorld;
        simulationHz = newWorld.simulationHz();
        bound = null;
        arrivals.reset();
        steering.reset();
    }

    /** Goes on until it is called again, or {@link #stop} is. */
    void steer(Supplier<Input> reader) {
        steering.start(reader);
    }

    void stop() {
        steering.stop();
    }

    boolean steered() {
        return steering.steered();
    }

    boolean predicting() {
        return steering.predicting();
    }

    boolean hasRule() {
        return rule != null;
    }

    /** Rules of the same bytes are one object. */
    boolean predictsBy(CompiledRule newRule) {
        return steering.predicting() && newRule == rule;
    }

    void predictNothing() {
        rule = null;
        bound = null;
        steering.predictBy(null);
    }

    /** @throws IllegalArgumentException if the rule does not fit the world: nothing is predicted then */
    void predictBy(CompiledRule newRule) {
        rule = newRule;
        World in = world;
        if (in == null) {
            return;
        }
        AvatarRule running = new AvatarRule(newRule);
        bound = new Bound(running, new AvatarFields(running, in.layout()));
        Predictor.Obstacles obstacles = running.solid()
                .<Predictor.Obstacles>map(solid -> new Solids(solid, in.layout(), in.partition(), in.entities()))
                .orElse(Predictor.Obstacles.NONE);
        steering.predictBy(new Predictor(running, in.partition(), simulationHz, obstacles));
    }

    /** For the rule that is known already, in the world of a new connection. */
    void predictAgain() {
        CompiledRule known = rule;
        if (known != null) {
            predictBy(known);
        }
    }

    /** Before what it tells is read. */
    void snapshot(ServerSnapshot snapshot) {
        heard = true;
        snapshotTick = snapshot.tick();
        snapshotMillis = snapshot.serverTimeMillis();
        dilation = snapshot.dilation();
        arrivals.snapshot(snapshotMillis, nowMillis());
    }

    @Override
    public void told(SelfValues self, ServerSnapshot snapshot) {
        Bound current = bound;
        if (current == null) {
            return;
        }
        RegionId region = new RegionId(snapshot.regionA(), snapshot.regionB());
        Correction correction = steering.snapshot(snapshot.tick(), current.fields.read(self), region);
        if (correction != null) {
            if (!correction.teleport()) {
                corrections.add(correction.metres(), nowMillis());
            }
            line.corrected(correction);
        }
    }

    @Override
    public void inputMargin(int millis) {
        marginMillis = millis;
        steering.margin(millis);
    }

    void pump() {
        steering.pump();
    }

    double dueMillis() {
        return steering.dueMillis();
    }

    @Nullable
    Sample sample() {
        return steering.sample();
    }

    double drawnTick() {
        return steering.drawnTick();
    }

    @Nullable
    Predicted predicted() {
        Predictor predictor = steering.predictor();
        Bound current = bound;
        if (predictor == null || current == null) {
            return null;
        }
        AvatarState state = predictor.state();
        RegionId region = predictor.region();
        return state == null || region == null
                ? null
                : new Predicted(current.rule, state, predictor.lastTick(), region);
    }

    ClientStats.Prediction stats() {
        double now = nowMillis();
        return new ClientStats.Prediction(
                steering.predicting(),
                marginMillis,
                steering.reserveMillis(),
                corrections.count(now),
                corrections.metresMax(now));
    }

    @Override
    public double nowMillis() {
        return line.nowMillis();
    }

    @Override
    public double tickAt(double serverTimeMillis) {
        double ticks = (serverTimeMillis - snapshotMillis) / 1000 * simulationHz * dilation;
        return heard ? Math.max(0, snapshotTick + ticks) : 0;
    }

    @Override
    public double arrivedMillis(double nowMillis) {
        return arrivals.arrivedMillis(nowMillis);
    }

    @Override
    public double roundTripMillis() {
        return clock.fastestRttMillis();
    }

    @Override
    public double jitterMillis() {
        return clock.jitterMillis();
    }

    @Override
    public double tickMillis() {
        return 1000.0 / simulationHz / dilation;
    }

    @Override
    public boolean send(int tick, Input input) {
        return line.send(tick, input);
    }

    @Override
    public void steered(int tick, Input input) {
        line.steered(tick, input);
    }
}
