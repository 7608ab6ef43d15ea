package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellSettings;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.StripPartition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who has something done to it that is not durable yet stays in its cell until it is. */
class DurableFirstTest {
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId RIGHT = new RegionId(1, 0);
    private static final StripPartition STRIP = new StripPartition(2, 256, 512);
    private static final float BEYOND = 150;

    /** Carts roll to the right and stop far beyond the border; each is kept once, or in every tick. */
    private static final class Carts implements WorldPlugin {
        @Component("test.cart")
        record Cart(boolean always, int keptCount) {}

        @Override
        public String name() {
            return "carts";
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of(Cart.class);
        }

        @Override
        public List<Class<? extends Record>> events() {
            return List.of();
        }

        @Override
        public WorldPosition entrance(WorldMap map, long characterSeed) {
            return new WorldPosition(0, 0);
        }

        @Override
        public void configure(WorldContext world) {
            ComponentType<Cart> cart = world.entities().schema().type(Cart.class);
            Query carts = world.entities().query(cart);
            world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0)));
            world.addSystem(Stage.SIMULATE, "roll", cell -> {
                for (Table table : carts) {
                    for (int row = 0; row < table.size(); row++) {
                        roll(cell, table.entity(row), cart);
                    }
                }
            });
        }

        private static void roll(CellContext cell, long handle, ComponentType<Cart> type) {
            ComponentType<Position> position = cell.entities().schema().type(Position.class);
            Position at = cell.entities().get(handle, position);
            if (at.x() < 200 && cell.cell().region().equals(LEFT)) {
                cell.entities().set(handle, position, new Position(at.x() + 10, at.y(), 0));
            }
            Cart cart = cell.entities().get(handle, type);
            if ((cart.always() || cart.keptCount() == 0) && cell.keep(handle)) {
                cell.entities().set(handle, type, new Cart(cart.always(), cart.keptCount() + 1));
            }
        }
    }

    private final Twins twins = new Twins(Carts::new, Map.of(), 7);

    private HandCrankedWorld carts() {
        HandCrankedWorld world =
                HandCrankedWorld.tapped(Carts::new, Map.of(), STRIP, 5, CellSettings.defaults(), twins);
        world.tick(1);
        return world;
    }

    private static long spawn(HandCrankedWorld world, boolean always) {
        long[] id = new long[1];
        world.visit(LEFT, cell -> id[0] = cell.idOf(cell.spawn(new Position(100, 0, 0), new Carts.Cart(always, 0))));
        return id[0];
    }

    private static void store(HandCrankedWorld world) {
        world.offer(
                world.cell(LEFT).id(),
                new CellInput.FactsStored(world.cell(LEFT).lastTick()));
    }

    private static RegionId placeOf(HandCrankedWorld world, long id) {
        return world.entity(id).cell().region();
    }

    @Test
    void keepsWhomTheJournalHasNotDecidedAtHomeAndLetsHimPlayOn() {
        HandCrankedWorld world = carts();
        world.storeImages(false);
        long cart = spawn(world, false);
        world.tick(60);
        assertThat(placeOf(world, cart)).isEqualTo(LEFT);
        assertThat(world.entity(cart).get(Position.class).x())
                .as("he rolls on, far beyond the border")
                .isGreaterThanOrEqualTo(200);
        store(world);
        world.tick(2);
        assertThat(placeOf(world, cart)).isEqualTo(RIGHT);
        assertThat(world.entity(cart).get(Carts.Cart.class).keptCount()).isPositive();
    }

    @Test
    void letsEverybodyElseGo() {
        HandCrankedWorld world = carts();
        world.tick(3);
        world.storeImages(false);
        long undecided = spawn(world, false);
        long[] plain = new long[1];
        world.visit(LEFT, cell -> plain[0] = cell.idOf(cell.spawn(new Position(BEYOND, 0, 0))));
        world.tick(30);
        assertThat(placeOf(world, plain[0])).isEqualTo(RIGHT);
        assertThat(placeOf(world, undecided)).isEqualTo(LEFT);
    }

    @Test
    void isNotHeldForEverByASystemThatKeepsItInEachTick() {
        HandCrankedWorld world = carts();
        long cart = spawn(world, true);
        world.tick(60);
        assertThat(world.entity(cart).get(Carts.Cart.class).keptCount()).isGreaterThan(5);
        assertThat(placeOf(world, cart)).isEqualTo(RIGHT);
    }

    @Test
    void isHeldByTwinsInTheSameTicks() {
        HandCrankedWorld world = carts();
        world.storeImages(false);
        for (int i = 0; i < 3; i++) {
            spawn(world, i > 0);
        }
        for (int tick = 0; tick < 120; tick++) {
            world.tick(1);
            if (tick % 40 == 39) {
                store(world);
            }
        }
        assertThat(world.cell(RIGHT).entityCount()).isEqualTo(3);
        assertThat(twins.comparedTickCount()).isGreaterThan(100);
        assertThat(twins.comparedImageCount()).isGreaterThan(5);
    }

    @Test
    void holdsTheAvatarOfACommandThatIsNotDecided() {
        HandCrankedWorld world = HandCrankedWorld.of(Till::new, STRIP, 5);
        TestPlayer ada = world.join("Ada");
        world.tick(30);
        world.storeImages(false);
        String client = "character:" + ada.character().value();
        Till.Put refused = new Till.Put(-1);
        CommandEnvelope envelope = new CommandEnvelope(
                Till.PUT.name(),
                Till.PUT.version(),
                client,
                new CommandEnvelope.Origin(client, "request"),
                new CommandEnvelope.Trace("", "", "", "test", 0),
                new byte[0]);
        world.offer(world.cell(LEFT).id(), new CellInput.Commands(List.of(new CellCommand(1, 0, envelope, refused))));
        world.tick(1);
        world.visit(
                LEFT,
                cell -> cell.entities()
                        .set(
                                cell.find(ada.entityId()),
                                cell.entities().schema().type(Position.class),
                                new Position(BEYOND, 0, 0)));
        world.tick(5);
        assertThat(placeOf(world, ada.entityId()))
                .as("a refusal is an outcome, too: elsewhere the command could be accepted")
                .isEqualTo(LEFT);
        store(world);
        world.tick(2);
        assertThat(placeOf(world, ada.entityId())).isEqualTo(RIGHT);
    }

    @Test
    void doesNotHoldUpTheOthersOfAMerge() {
        HandCrankedWorld world = carts();
        for (int i = 0; i < 8; i++) {
            world.visit(LEFT, cell -> cell.spawn(new Position(0, 0, 0)));
        }
        world.tick(2);
        world.split(LEFT, 0.5f);
        world.tick(20);
        int there = world.cell(LEFT, 1).entityCount();
        assertThat(there).isPositive();
        world.storeImages(false);
        long[] id = new long[1];
        Cell layer = world.cell(LEFT, 1);
        layer.visit(cell -> id[0] = cell.idOf(cell.spawn(new Position(0, 0, 0), new Carts.Cart(true, 0))));
        world.tick(3);
        world.merge(LEFT, 1);
        world.tick(30);
        assertThat(layer.entityCount()).as("only who is not decided is left").isEqualTo(1);
        world.offer(layer.id(), new CellInput.FactsStored(layer.lastTick()));
        world.tick(5);
        assertThat(layer.entityCount()).isZero();
    }
}
