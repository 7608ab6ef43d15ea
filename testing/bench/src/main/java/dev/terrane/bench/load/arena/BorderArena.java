package dev.terrane.bench.load.arena;

import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.space.StripPartition;
import java.util.List;
import java.util.stream.IntStream;

/** Runners that rush to and fro over the borders of a row of strips, and players who watch. */
public final class BorderArena extends Arena {
    /** Counters of hand-offs by how many ticks lay between the old cell's last and the new one's first; the last one counts all above, too. */
    public static final String CROSSINGS = "crossings_after_";

    public static final int TICKS_MAX = 8;
    public static final int STRIPS = 8;
    public static final double STRIP_METRES = 128;
    private static final float METRES_PER_SECOND = 64;
    private static final float PLAYERS_METRES_PER_SECOND = 5;
    /** Each crosses seven borders in the sixteen seconds from one end to the other: a thousand crossings a second, and some. */
    private static final int RUNNERS_PER_STRIP = 300;

    public BorderArena() {
        super("arena-border", PLAYERS_METRES_PER_SECOND);
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Crossing.class);
    }

    @Override
    public void configure(WorldContext world) {
        super.configure(world);
        world.onGenesis(BorderArena::settle);
        world.addSystem(Stage.SIMULATE, "running", new Running(world.entities(), new CrossingCounters(world)));
    }

    private static void settle(CellContext cell) {
        StripPartition strips = strips(cell.map());
        int region = cell.cell().region().a();
        float half = (float) (strips.depthMetres() / 2);
        for (int i = 0; i < RUNNERS_PER_STRIP; i++) {
            float x = cell.localX((region + cell.rng().nextFloat(0.1f, 0.9f)) * strips.widthMetres());
            float y = cell.localY(cell.rng().nextFloat(-half, half));
            cell.spawn(
                    new Position(x, y, 0),
                    new Heading(0),
                    new Velocity(cell.rng().chance(0.5f) ? METRES_PER_SECOND : -METRES_PER_SECOND, 0),
                    new Crossing(region, (int) cell.tick()));
        }
    }

    static StripPartition strips(WorldMap map) {
        if (map.partition() instanceof StripPartition strips) {
            return strips;
        }
        throw new IllegalArgumentException("this arena needs world.partition = strip;…");
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return RoamArena.anywhere(strips(map), characterSeed);
    }

    /** A counter for each number of ticks. */
    static final class CrossingCounters {
        private final List<WorldContext.PluginCounter> counters;

        CrossingCounters(WorldContext world) {
            counters = IntStream.rangeClosed(0, TICKS_MAX)
                    .mapToObj(ticks -> world.counter(CROSSINGS + ticks))
                    .toList();
        }

        void crossed(int ticks) {
            counters.get(Math.clamp(ticks, 0, TICKS_MAX)).add(1);
        }
    }
}
