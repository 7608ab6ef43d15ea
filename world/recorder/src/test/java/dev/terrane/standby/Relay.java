package dev.terrane.standby;

import dev.terrane.base.RegionId;
import dev.terrane.ecs.Component;
import dev.terrane.ecs.ComponentType;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Query;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import java.util.List;
import java.util.function.Consumer;

/** Beside the demo: cells that send each other numbers and write down which came, and wanderers whom nobody can kill. All of it is state. */
final class Relay implements WorldPlugin {
    static final int CELL_COUNT = 4;

    /** Told the store of whichever cell this is: to be looked at between ticks, without a visit, which would interrupt the standby. */
    private final Consumer<EntityStore> configured;

    Relay(Consumer<EntityStore> configured) {
        this.configured = configured;
    }

    static final int WANDERERS_PER_CELL = 6;
    private static final float FAR_FROM_EVERYBODY_METRES = 110;

    /** What a cell sent to each other one, and heard from it. @param wrong numbers that came twice, or not in their turn */
    @Component("test.ledger")
    record Ledger(
            long sent0,
            long sent1,
            long sent2,
            long sent3,
            long heard0,
            long heard1,
            long heard2,
            long heard3,
            long wrong) {
        long sent(int to) {
            return new long[] {sent0, sent1, sent2, sent3}[to];
        }

        long heard(int from) {
            return new long[] {heard0, heard1, heard2, heard3}[from];
        }

        Ledger withSent(int to, long number) {
            return new Ledger(
                    to == 0 ? number : sent0,
                    to == 1 ? number : sent1,
                    to == 2 ? number : sent2,
                    to == 3 ? number : sent3,
                    heard0,
                    heard1,
                    heard2,
                    heard3,
                    wrong);
        }

        Ledger withHeard(int from, long number) {
            return new Ledger(
                    sent0,
                    sent1,
                    sent2,
                    sent3,
                    from == 0 ? number : heard0,
                    from == 1 ? number : heard1,
                    from == 2 ? number : heard2,
                    from == 3 ? number : heard3,
                    wrong + (number == heard(from) + 1 ? 0 : 1));
        }
    }

    /** @param number its name */
    @Component("test.wanderer")
    record Wanderer(long number) {}

    /** The next number from one cell to another. */
    record Numbered(int from, int to, long number) {}

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public List<Class<? extends Record>> components() {
        return List.of(Ledger.class, Wanderer.class);
    }

    @Override
    public List<Class<? extends Record>> events() {
        return List.of();
    }

    @Override
    public List<Class<? extends Record>> intents() {
        return List.of(Numbered.class);
    }

    @Override
    public WorldPosition entrance(WorldMap map, long characterSeed) {
        return new WorldPosition(0, 0);
    }

    @Override
    public void configure(WorldContext world) {
        EntityStore entities = world.entities();
        configured.accept(entities);
        ComponentType<Ledger> ledger = entities.schema().type(Ledger.class);
        Query ledgers = entities.query(ledger);
        world.onGenesis(Relay::begin);
        world.onAreaIntent(Numbered.class, (cell, _, _, _, numbered) -> {
            if (numbered.to() == cell.cell().region().a()) {
                long handle = first(ledgers);
                entities.set(
                        handle, ledger, entities.get(handle, ledger).withHeard(numbered.from(), numbered.number()));
            }
        });
        world.addSystem(Stage.SIMULATE, "numbers", cell -> {
            long handle = first(ledgers);
            int self = cell.cell().region().a();
            for (int to = 0; to < CELL_COUNT; to++) {
                if (to != self && cell.rng().chance(0.4f)) {
                    Ledger now = entities.get(handle, ledger);
                    long number = now.sent(to) + 1;
                    if (send(cell, self, to, number)) {
                        entities.set(handle, ledger, now.withSent(to, number));
                    }
                }
            }
        });
    }

    private static boolean send(CellContext cell, int self, int to, long number) {
        float x = cell.localX(cell.map().partition().originX(new RegionId(to, 0)));
        return cell.intendAround(x, FAR_FROM_EVERYBODY_METRES, 1, new Numbered(self, to, number));
    }

    private static void begin(CellContext cell) {
        cell.spawn(new Ledger(0, 0, 0, 0, 0, 0, 0, 0, 0));
        for (int i = 0; i < WANDERERS_PER_CELL; i++) {
            cell.spawn(
                    new Position(cell.rng().nextFloat(-100, 100), cell.rng().nextFloat(-80, 80), 0),
                    new Velocity(cell.rng().nextFloat(-90, 90), 0),
                    new Wanderer(cell.cell().region().a() * 100L + i));
        }
    }

    private static long first(Query ledgers) {
        for (Table table : ledgers) {
            if (table.size() > 0) {
                return table.entity(0);
            }
        }
        throw new IllegalStateException("a cell without a ledger");
    }
}
