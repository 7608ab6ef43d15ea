package dev.terrane.testkit;

import dev.terrane.command.CellKey;
import dev.terrane.command.CommandType;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import java.util.List;

/** A game of coins: a player puts some into its purse or breaks it, a region opens a chest. What is in a purse must survive. */
final class Till implements WorldPlugin {
    /** Puts coins into the player's own purse. */
    record Put(long coins) {}

    /** Opens a chest in the region. */
    record Open(int a, int b, long coins) {}

    /** Only ever sent: its key is whatever the sender chooses. */
    record Note(String about) {}

    /** The player gives up: its ship is gone for good. */
    record Quit() {}

    @Component("test.purse")
    record Purse(long coins) {}

    /** What the client of a Put is told. */
    record Balance(long coins) {}

    static final CommandType<Put> PUT =
            new CommandType<>("cmd.till.put", 1, Put.class, (_, client) -> client).answering(Balance.class);
    static final CommandType<Quit> QUIT = new CommandType<>("cmd.till.quit", 1, Quit.class, (_, client) -> client);
    static final CommandType<Open> OPEN =
            new CommandType<>("cmd.till.open", 1, Open.class, (open, _) -> "region:" + open.a() + "," + open.b());

    static final CommandType<Note> NOTE = new CommandType<>("cmd.books.note", 1, Note.class, (note, _) -> note.about());

    @Override
    public String name() {
        return "till";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Purse.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(PUT, QUIT, OPEN);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(100, 0);
    }

    @Override
    public void configure(WorldContext world) {
        ComponentType<Purse> purse = world.entities().schema().type(Purse.class);
        world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0), new Purse(0)));
        world.onCommand(PUT, (cell, call) -> {
            if (call.payload().coins() == 13) {
                throw new IllegalStateException("13 brings bad luck");
            }
            if (call.payload().coins() == 14) {
                return CommandOutcome.refused("", "a refusal without a code");
            }
            if (call.payload().coins() <= 0) {
                return CommandOutcome.refused("AMOUNT_OUT_OF_RANGE", "put at least one coin");
            }
            if (call.payload().coins() == 15) {
                return CommandOutcome.done(new Note("not what is declared"));
            }
            Purse filled = new Purse(cell.entities().get(call.avatar(), purse).coins()
                    + call.payload().coins());
            cell.entities().set(call.avatar(), purse, filled);
            return CommandOutcome.done(new Balance(filled.coins()), call.avatar());
        });
        world.onCommand(QUIT, (cell, call) -> {
            cell.despawn(call.avatar());
            return CommandOutcome.done(null, call.avatar());
        });
        world.onCommand(OPEN, (cell, call) -> {
            long chest =
                    cell.spawn(new Position(50, 0, 0), new Purse(call.payload().coins()));
            return CommandOutcome.done(null, chest);
        });
        world.addSystem(Stage.RESOLVE, "taxes", Till::tax);
    }

    /** Every tenth tick the cell itself asks and tells. */
    private static void tax(CellContext cell) {
        if (cell.tick() % 10 == 0) {
            cell.command(PUT, "tax-" + cell.tick(), new Put(1));
            cell.publish(
                    "evt.till.taxed", new CellKey.OfRegion(cell.cell().region()).toString(), new Balance(cell.tick()));
        }
    }
}
