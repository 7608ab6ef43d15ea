package dev.terrane.simulation.books;

import dev.terrane.base.RegionId;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandType;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.WalletAddress;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.CommandCall;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import dev.terrane.trade.TradeCommands;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The game of a simulated cell: each region has a chest. Whoever puts points in is paid by the economy; whoever has paid in a trade gets fuel out of it. Each deed leaves a mark beside
 * the chest, so that it can be counted.
 */
final class Hoard implements WorldPlugin {
    static final String CURRENCY = "credits";
    static final long FUEL_AT_FIRST = 40;
    static final int POINTS_MAX = 30;

    /** @param note names the wish: paid once, however often it is asked for */
    record Put(int a, int b, int points, String note) {}

    record Contents(long points, long deeds) {}

    record Filled(String note, long points) {}

    @Component("books.chest")
    record Chest(long points, long fuel, long given, long deeds) {}

    /** One deed. @param number in the order in which they were done */
    @Component("books.mark")
    record Mark(String note, long number) {}

    static final CommandType<Put> PUT = new CommandType<>(
            "cmd.hoard.put", 1, Put.class, (put, _) -> new CellKey.OfRegion(new RegionId(put.a(), put.b())).toString());

    static final CommandType<TradeCommands.Delivery> DELIVER =
            new CommandType<>("cmd.hoard.deliver", 1, TradeCommands.Delivery.class, (delivery, _) -> delivery.key());

    private final Poison poison;

    Hoard(Poison poison) {
        this.poison = poison;
    }

    @Override
    public String name() {
        return "hoard";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Chest.class, Mark.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(PUT, DELIVER);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(100, 0);
    }

    @Override
    public void configure(WorldContext world) {
        world.onJoin((cell, _, x, y, _) -> cell.spawn(new Position(x, y, 0)));
        world.onGenesis(cell -> cell.spawn(new Chest(0, FUEL_AT_FIRST, 0, 0)));
        world.onCommand(PUT, this::put);
        world.onCommand(DELIVER, this::deliver);
    }

    private CommandOutcome put(CellContext cell, CommandCall<Put> call) {
        Put wish = call.payload();
        poison.strike(wish.note());
        if (wish.points() > POINTS_MAX) {
            return CommandOutcome.refused("TOO_MUCH", "at most " + POINTS_MAX + " at once");
        }
        long handle = chest(cell.entities());
        Chest before = cell.entities().get(handle, type(cell, Chest.class));
        Chest after = new Chest(before.points + wish.points(), before.fuel, before.given, before.deeds + 1);
        long mark = change(cell, handle, after, wish.note());
        cell.command(
                EconomyCommands.ISSUE,
                "put-" + wish.note(),
                new EconomyCommands.Issue(WalletAddress.of(call.clientId(), CURRENCY), wish.points(), "put"));
        cell.publish("evt.hoard.filled", call.clientId(), new Filled(wish.note(), after.points));
        return CommandOutcome.done(new Contents(after.points, after.deeds), handle, mark);
    }

    private CommandOutcome deliver(CellContext cell, CommandCall<TradeCommands.Delivery> call) {
        TradeCommands.Delivery wish = call.payload();
        poison.strike(wish.trade());
        if (call.fromPlayer()) {
            return CommandOutcome.refused("FORBIDDEN", "fuel is paid for");
        }
        long handle = chest(cell.entities());
        Chest before = cell.entities().get(handle, type(cell, Chest.class));
        if (before.fuel < wish.quantity()) {
            return CommandOutcome.refused("OUT_OF_FUEL", "there is only " + before.fuel);
        }
        Chest after = new Chest(
                before.points, before.fuel - wish.quantity(), before.given + wish.quantity(), before.deeds + 1);
        long mark = change(cell, handle, after, wish.trade());
        return CommandOutcome.done(new Contents(after.points, after.deeds), handle, mark);
    }

    private static long change(CellContext cell, long handle, Chest after, String note) {
        cell.entities().set(handle, type(cell, Chest.class), after);
        return cell.spawn(new Mark(note, after.deeds));
    }

    private static long chest(EntityStore store) {
        List<Long> found = all(store, store.schema().type(Chest.class));
        if (found.size() != 1) {
            throw new BooksViolation(Rule.CELL, "a region has " + found.size() + " chests");
        }
        return found.getFirst();
    }

    private static <C extends Record> ComponentType<C> type(CellContext cell, Class<C> component) {
        return cell.entities().schema().type(component);
    }

    private static List<Long> all(EntityStore store, ComponentType<?> type) {
        List<Long> found = new ArrayList<>();
        for (int t = 0; t < store.tableCount(); t++) {
            Table table = store.table(t);
            for (int row = 0; table.has(type) && row < table.size(); row++) {
                found.add(table.entity(row));
            }
        }
        return found;
    }

    /** What a cell has. @param marks in the order of their numbers */
    record Sight(Chest chest, List<Mark> marks) {}

    static Sight look(CellContext cell) {
        EntityStore store = cell.entities();
        List<Mark> marks = new ArrayList<>();
        for (long handle : all(store, store.schema().type(Mark.class))) {
            marks.add(store.get(handle, store.schema().type(Mark.class)));
        }
        marks.sort(Comparator.comparingLong(Mark::number).thenComparing(Mark::note));
        return new Sight(store.get(chest(store), store.schema().type(Chest.class)), marks);
    }
}
