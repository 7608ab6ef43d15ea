package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellFacts;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.ImageRefusedException;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.TickFacts;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldRestore;
import dev.terrane.cell.WorldRestore.Restarting;
import dev.terrane.cell.WorldSchema;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Formerly;
import dev.terrane.ecs.GivenTo;
import dev.terrane.ecs.Initially;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A world that was stored by one version of a game goes on with the next one's records: what lives, what is on the way, and what the journal says. */
class MigrationTest {
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId RIGHT = new RegionId(1, 0);

    @Component("test.treasure")
    @Formerly("test.box")
    record Treasure(
            @Formerly("count") long coins, @Initially("3") int locks) {}

    @Component("test.lid")
    @GivenTo(Treasure.class)
    record Lid(@Initially("true") boolean closed) {}

    @Component("test.box")
    record WrongBox(String count) {}

    private final HandCrankedWorld past = HandCrankedWorld.of(Vault::new, new StripPartition(2, 256, 512), 5);

    /** The same game, one version later. */
    private record NextVault(List<Class<? extends Record>> components) implements WorldPlugin {
        @Override
        public String name() {
            return "vault";
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
            world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0)));
        }
    }

    private record Found(Treasure treasure, Lid lid) {}

    @Test
    void takesAlongWhatLivesWhatIsOnTheWayAndWhatTheJournalSays() {
        Stored stored = store();
        World present = world(List.of(Lid.class, Treasure.class), true);
        WorldRestore restore = WorldRestore.plan(restarting(present, stored), List.of(), Map.of());
        SortedMap<RegionId, List<Found>> found = new TreeMap<>();
        for (CellImage image : stored.images) {
            Cell cell = restore.open(
                    image.cell(),
                    List.of(new PluginModule(new NextVault(List.of(Lid.class, Treasure.class)), Map.of())),
                    nobody());
            cell.tick(restore.lastTick() + 1, 0);
            found.put(image.cell().region(), boxes(cell));
        }
        assertThat(found.get(LEFT))
                .containsExactlyInAnyOrder(
                        new Found(new Treasure(5, 3), new Lid(true)), new Found(new Treasure(11, 3), new Lid(true)));
        assertThat(found.get(RIGHT))
                .containsExactlyInAnyOrder(
                        new Found(new Treasure(9, 3), new Lid(true)), new Found(new Treasure(7, 3), new Lid(true)));
    }

    @Test
    void refusesWhatNoRecordDeclares() {
        Stored stored = store();
        World present = world(List.of(WrongBox.class), true);
        assertThatThrownBy(() -> WorldRestore.plan(restarting(present, stored), List.of(), Map.of()))
                .isInstanceOf(ImageRefusedException.class)
                .hasMessageContaining("the checkpoint of cell test/0,0#0 at tick")
                .hasMessageContaining(
                        "component test.box with the field 'count' of kind LONG, now 'count' is of kind TEXT")
                .hasMessageContaining("start with the plugins that wrote it");
    }

    @Test
    void refusesAStateOfASchemaThatNobodyDescribed() {
        Stored stored = store();
        World present = world(List.of(Treasure.class, Lid.class), false);
        assertThatThrownBy(() -> WorldRestore.plan(restarting(present, stored), List.of(), Map.of()))
                .hasMessageContaining("no description");
    }

    private record Stored(List<CellImage> images, List<CellFacts> facts) {}

    /** One box at home, one that has left for a cell whose image is older, one in the other cell, one in the journal alone. */
    private Stored store() {
        past.tick(2);
        make(0, LEFT, 5);
        long wanderer = make(1, LEFT, 7);
        make(2, RIGHT, 9);
        CellImage right = past.cell(RIGHT).image();
        past.visit(
                LEFT,
                cell -> cell.entities()
                        .set(
                                cell.find(wanderer),
                                cell.entities().schema().type(Position.class),
                                new Position(150, 0, 0)));
        past.tick(1);
        CellImage left = past.cell(LEFT).image();
        make(3, LEFT, 11);
        return new Stored(
                List.of(left, right),
                past.facts().stream().map(TickFacts::journal).toList());
    }

    private World world(List<Class<? extends Record>> components, boolean described) {
        Schema before = past.world().schema().components();
        SortedMap<Long, byte[]> descriptions = new TreeMap<>();
        if (described) {
            descriptions.put(before.fingerprint(), before.describe());
        }
        World world = past.world();
        return new World(world.map(), WorldSchema.of(List.of(new NextVault(components))), world.seed())
                .remembering(descriptions);
    }

    private static List<Restarting> restarting(World world, Stored stored) {
        List<Restarting> restarting = new ArrayList<>();
        for (CellImage image : stored.images) {
            CellSpec spec = new CellSpec(image.cell(), 100, 100 + restarting.size(), world, CellSettings.defaults());
            List<CellFacts> journal = stored.facts.stream()
                    .filter(facts -> facts.cell().equals(image.cell()))
                    .toList();
            restarting.add(new Restarting(spec, image, journal));
        }
        return restarting;
    }

    private static CellPorts nobody() {
        return new CellPorts(
                (_, _, _) -> Admission.UNKNOWN, (_, _) -> true, CellListener.none(), Meters.none(), () -> 0);
    }

    private static List<Found> boxes(Cell cell) {
        List<Found> found = new ArrayList<>();
        cell.visit(context -> {
            EntityStore store = context.entities();
            ComponentType<Treasure> treasure = store.schema().type(Treasure.class);
            for (Table table : store.query(treasure)) {
                for (int row = 0; row < table.size(); row++) {
                    long handle = table.entity(row);
                    found.add(new Found(
                            store.get(handle, treasure),
                            store.get(handle, store.schema().type(Lid.class))));
                }
            }
        });
        return found;
    }

    private long make(int number, RegionId region, long coins) {
        Vault.Make make = new Vault.Make(region.a(), region.b(), coins);
        CommandEnvelope envelope = new CommandEnvelope(
                Vault.MAKE.name(),
                1,
                Vault.MAKE.keyRule().keyOf(make, ""),
                new CommandEnvelope.Origin("service:test", "request-" + number),
                new CommandEnvelope.Trace("", "", "", "test", 0),
                new byte[0]);
        past.offer(past.cell(region).id(), new CellInput.Commands(List.of(new CellCommand(1, number, envelope, make))));
        past.tick(1);
        return past.facts().getLast().carriedOut().getLast().outcome() instanceof CommandOutcome.Done done
                        && done.answer() instanceof Vault.Box box
                ? box.id()
                : 0;
    }
}
