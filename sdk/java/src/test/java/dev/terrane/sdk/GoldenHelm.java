package dev.terrane.sdk;

import dev.terrane.base.RegionId;
import dev.terrane.rule.CompiledRule;
import dev.terrane.space.Partition;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steering half of a client, without a connection: takes what a golden line tells. The twin of TypeScript's {@code goldenHelm.ts}. */
final class GoldenHelm implements Helm {
    final Steering steering = new Steering(this);
    final ServerClock clock = new ServerClock();
    final Arrivals arrivals = new Arrivals();
    /** The order in which the golden run has the avatar's fields: places in a state. */
    private final int[] fields;

    private final int hz;
    private final CompiledRule compiled;
    private final Partition partition;
    private AvatarRule rule;
    private List<Solids.Solid> solids = List.of();
    private int snapshotTick;
    private double snapshotMillis;
    private double dilation = 1;
    private double nowMillis;
    Input wish = Input.NONE;
    int sentTick;

    @Nullable
    Input sent;

    GoldenHelm(GoldenLine world) {
        hz = world.integer("hz");
        partition = Partition.parse(world.word("partition"));
        compiled = CompiledRule.load("the golden run", Base64.getDecoder().decode(world.word("rule")));
        rule = new AvatarRule(compiled);
        fields = Arrays.stream(world.word("fields").split(" "))
                .map(field -> field.substring(0, field.indexOf(':')))
                .mapToInt(path -> rule.indexOf(
                        path.substring(0, path.lastIndexOf('.')), path.substring(path.lastIndexOf('.') + 1)))
                .toArray();
        predict();
        steering.start(() -> wish);
    }

    /** Time goes on to when the line is of. */
    void at(GoldenLine line) {
        nowMillis = line.number("at");
    }

    void reset() {
        clock.reset();
        arrivals.reset();
        steering.reset();
        predict();
    }

    @Nullable
    Correction hear(GoldenLine line) {
        snapshotTick = line.integer("tick");
        snapshotMillis = line.number("serverTime");
        dilation = line.number("dilation");
        arrivals.snapshot(snapshotMillis, nowMillis);
        solids = Arrays.stream(line.word("solids").split(";"))
                .map(solid -> Arrays.stream(solid.split(" "))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .map(solid -> new Solids.Solid(solid[0], solid[1], (float) solid[2]))
                .toList();
        return steering.snapshot(
                snapshotTick, state(line.bits("told")), new RegionId(line.integer("a"), line.integer("b")));
    }

    /** Raw bits, as the golden run has them; null while nothing is predicted. */
    int @Nullable [] predicted() {
        Predictor predictor = steering.predictor();
        AvatarState state = predictor == null ? null : predictor.state();
        return state == null ? null : Arrays.stream(fields).map(state::bits).toArray();
    }

    private AvatarState state(int[] told) {
        int[] bits = new int[rule.fields().size()];
        boolean[] has = new boolean[bits.length];
        for (int i = 0; i < told.length; i++) {
            bits[fields[i]] = told[i];
            has[fields[i]] = true;
        }
        return new AvatarState(bits, has);
    }

    private void predict() {
        steering.predictBy(new Predictor(
                rule,
                partition,
                hz,
                (region, x, y) -> Solids.near(solids, partition.originX(region), partition.originY(region), x, y)));
    }

    @Override
    public double nowMillis() {
        return nowMillis;
    }

    @Override
    public double tickAt(double serverTimeMillis) {
        return Math.max(0, snapshotTick + (serverTimeMillis - snapshotMillis) / 1000 * hz * dilation);
    }

    @Override
    public double arrivedMillis(double now) {
        return arrivals.arrivedMillis(now);
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
        return 1000.0 / hz / dilation;
    }

    @Override
    public boolean send(int tick, Input input) {
        sentTick = tick;
        sent = input;
        return true;
    }

    @Override
    public void steered(int tick, Input input) {}
}
