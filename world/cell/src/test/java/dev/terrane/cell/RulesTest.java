package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.ecs.Component;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.space.SinglePartition;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RulesTest {
    /** An event. */
    @Component("test.event")
    record Event(int what) {}

    private record Fake(List<Class<? extends Record>> components, Consumer<WorldContext> setUp) implements WorldPlugin {
        @Override
        public String name() {
            return "fake";
        }

        @Override
        public List<Class<? extends Record>> events() {
            return List.of(Event.class);
        }

        @Override
        public void configure(WorldContext world) {
            setUp.accept(world);
        }

        @Override
        public WorldPosition entrance(WorldMap map, long characterSeed) {
            return new WorldPosition(0, 0);
        }
    }

    private static Cell open(Consumer<WorldContext> setUp) {
        Fake plugin = new Fake(List.of(), setUp);
        World world = new World(new WorldMap("w", new SinglePartition(100, 100)), WorldSchema.of(List.of(plugin)), 1);
        CellSpec spec =
                new CellSpec(new CellId(new WorldId("w"), RegionId.ORIGIN, 0), 1, 1, world, CellSettings.defaults());
        CellPorts ports = new CellPorts(
                (_, _, _) -> Admission.UNKNOWN, (_, _) -> true, CellListener.none(), Meters.none(), () -> 0);
        return Cell.open(spec, List.of(new PluginModule(plugin, Map.of())), ports);
    }

    private static void onJoin(WorldContext world) {
        world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0)));
    }

    @Test
    void wantsExactlyOneJoinHandler() {
        assertThatThrownBy(() -> open(_ -> {})).hasMessageContaining("exactly one must");
        assertThatThrownBy(() -> open(world -> {
                    onJoin(world);
                    onJoin(world);
                }))
                .hasMessageContaining("has a join handler already");
    }

    @Test
    void refusesAMessageTypeThatIsTaken() {
        assertThatThrownBy(() -> open(world -> {
                    onJoin(world);
                    world.onMessage(5, (_, _, _) -> {});
                    world.onMessage(5, (_, _, _) -> {});
                }))
                .hasMessageContaining("message type 5, which is taken");
    }

    @Test
    void refusesAHandlerOfAnIntentThatNobodyLists() {
        assertThatThrownBy(() -> open(world -> world.onIntent(Event.class, (_, _, _) -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plugin fake handles the intent Event, which no plugin lists")
                .hasMessageContaining("WorldPlugin.intents()");
        assertThatThrownBy(() -> open(world -> world.onAreaIntent(Event.class, (_, _, _, _, _) -> {})))
                .hasMessageContaining("plugin fake handles the intent Event, which no plugin lists");
    }

    @Test
    void refusesAContextThatOutlivesConfigure() {
        WorldContext[] kept = new WorldContext[1];
        open(world -> {
            onJoin(world);
            kept[0] = world;
        });
        assertThatThrownBy(() -> kept[0].addSystem(Stage.INPUT, "late", _ -> {}))
                .hasMessageContaining("plugin fake uses its WorldContext after configure");
    }

    @Test
    void saysThatNoPluginHasAMovementRule() {
        assertThatThrownBy(() -> open(WorldContext::movementRule))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("plugin fake asks for the movement rule of world w, which has none");
    }

    @Test
    void saysWhoseMovementRuleIsNone() {
        WorldPlugin broken = new WorldPlugin() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public List<Class<? extends Record>> components() {
                return List.of();
            }

            @Override
            public List<Class<? extends Record>> events() {
                return List.of();
            }

            @Override
            public byte[] movementRule() {
                return new byte[] {1, 2, 3};
            }

            @Override
            public void configure(WorldContext world) {}

            @Override
            public WorldPosition entrance(WorldMap map, long characterSeed) {
                return new WorldPosition(0, 0);
            }
        };
        assertThatThrownBy(() -> WorldSchema.of(List.of(broken)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the movement rule of plugin broken is refused: it is no valid WebAssembly");
    }

    @Test
    void namesTheSystemThatThrows() {
        Cell cell = open(world -> {
            onJoin(world);
            world.addSystem(Stage.RESOLVE, "quarrel", _ -> {
                throw new IllegalStateException("no");
            });
        });
        assertThatThrownBy(() -> cell.tick(1, 50))
                .isInstanceOf(CellFailedException.class)
                .hasMessageContaining("system RESOLVE fake/quarrel: no");
    }

    @Test
    void refusesAComponentThatIsDeclaredTwice() {
        Fake plugin = new Fake(List.of(Position.class), _ -> {});
        assertThatThrownBy(() -> WorldSchema.of(List.of(plugin)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kit.position");
    }
}
