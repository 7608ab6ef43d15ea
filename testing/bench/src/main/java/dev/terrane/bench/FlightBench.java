package dev.terrane.bench;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.StateHash;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.plugin.MovementRule;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.HexPartition;
import dev.terrane.wasm.RuleModule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A tick of Skirmish's ships by its movement rule, columns in and out included, against the same in plain Java: nanoseconds per ship. A crowd of 1,000, and
 * 30 as a region usually has. games/skirmish/rule/bench.mjs is the same for browsers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FlightBench {
    private static final int CROWD = 1_000;
    private static final int FEW = 30;
    private static final float SECONDS = 0.05f;
    private static final int TWIN_TICKS = 1_000;

    /** As the rule knows it; the game's own is not public. */
    @Component("skirmish.craft")
    record Craft(int kind, float size) {}

    @Component("skirmish.vitals")
    record Vitals(float hull) {}

    @Component("skirmish.pilot")
    record Pilot(float energy) {}

    private static final Schema SCHEMA = schema();

    private final float[] sides = new HexPartition(1, 1, 256).openSides(RegionId.ORIGIN);
    private final PlainFlight plain = new PlainFlight(SCHEMA, sides);
    private final MovementRule rule = loaded().start(sides);
    private Table crowd = fleet(CROWD);
    private Table few = fleet(FEW);

    private static Schema schema() {
        List<Class<? extends Record>> components = new ArrayList<>(Kit.COMPONENTS);
        components.addAll(List.of(Craft.class, Vitals.class, Pilot.class));
        return Schema.of(components);
    }

    private static RuleModule loaded() {
        long startNanos = System.nanoTime();
        RuleModule module = RuleModule.load("the bench", new Skirmish().movementRule(), SCHEMA);
        System.out.printf("loaded in %.1f ms%n", (System.nanoTime() - startNanos) / 1e6);
        return module;
    }

    private static Table fleet(int count) {
        EntityStore store = new EntityStore(SCHEMA);
        Rng rng = new Rng(count);
        for (int i = 0; i < count; i++) {
            store.spawn(
                    new Position(rng.nextFloat(-200, 200), rng.nextFloat(-200, 200), 0),
                    new Heading(0),
                    new Velocity(0, 0),
                    new Controls(rng.nextFloat(-1, 1), rng.nextFloat(-1, 1), rng.nextFloat(-3, 3), rng.nextInt(8), 0),
                    new Craft(0, 3),
                    new Vitals(100),
                    new Pilot(100));
        }
        store.flush();
        return store.query(SCHEMA.type(Craft.class)).iterator().next();
    }

    /** A comparison of things that differ would say nothing. */
    @Setup
    public void compare() {
        Table byRule = fleet(CROWD);
        Table byHand = fleet(CROWD);
        for (int tick = 1; tick <= TWIN_TICKS; tick++) {
            rule.step(byRule, SECONDS);
            plain.step(byHand, SECONDS);
            if (hash(byRule) != hash(byHand)) {
                throw new IllegalStateException("the module and plain Java differ after " + tick + " ticks");
            }
        }
        crowd = fleet(CROWD);
        few = fleet(FEW);
    }

    private static long hash(Table table) {
        StateHash hash = new StateHash();
        for (int row = 0; row < table.size(); row++) {
            for (String axis : List.of("x", "y")) {
                hash.add(Float.floatToRawIntBits(
                        table.floats(SCHEMA.field(Position.class, axis)).get(row)));
                hash.add(Float.floatToRawIntBits(
                        table.floats(SCHEMA.field(Velocity.class, axis)).get(row)));
            }
            hash.add(Float.floatToRawIntBits(
                    table.floats(SCHEMA.field(Heading.class, "yaw")).get(row)));
            hash.add(Float.floatToRawIntBits(
                    table.floats(SCHEMA.field(Pilot.class, "energy")).get(row)));
        }
        return hash.value();
    }

    @Benchmark
    @OperationsPerInvocation(CROWD)
    public void crowdByRule() {
        rule.step(crowd, SECONDS);
    }

    @Benchmark
    @OperationsPerInvocation(CROWD)
    public void crowdInPlainJava() {
        plain.step(crowd, SECONDS);
    }

    @Benchmark
    @OperationsPerInvocation(FEW)
    public void fewByRule() {
        rule.step(few, SECONDS);
    }

    @Benchmark
    @OperationsPerInvocation(FEW)
    public void fewInPlainJava() {
        plain.step(few, SECONDS);
    }
}
