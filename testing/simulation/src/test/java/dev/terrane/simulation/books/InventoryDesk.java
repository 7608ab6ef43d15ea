package dev.terrane.simulation.books;

import dev.terrane.command.IdempotencyKey;
import dev.terrane.command.PayloadCodec;
import dev.terrane.inventory.Asked;
import dev.terrane.inventory.Container;
import dev.terrane.inventory.ContainerKind;
import dev.terrane.inventory.InventoryLimits;
import dev.terrane.inventory.InventoryRules;
import dev.terrane.inventory.ItemType;
import dev.terrane.inventory.Movement;
import dev.terrane.inventory.Ruling;
import dev.terrane.inventory.Stack;
import dev.terrane.inventory.Stock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The inventory's tables. */
final class InventoryDesk implements ServiceDesk {
    static final ItemType ORE = ItemType.stackable("ore", 50);
    static final ItemType RELIC = ItemType.unique("relic");
    private static final Map<String, ItemType> TYPES = Map.of("ore", ORE, "relic", RELIC);
    private static final Map<String, ContainerKind> KINDS =
            Map.of("cargo", new ContainerKind("cargo", 4), "depot", new ContainerKind("depot", 40));

    private final InventoryRules rules;
    final SortedMap<String, Container> containers = new TreeMap<>();
    final SortedMap<String, SortedMap<Integer, Stack>> stacks = new TreeMap<>();
    final List<Movement> movements = new ArrayList<>();
    private long nextNumber = 1;

    InventoryDesk(PayloadCodec codec) {
        this.rules = new InventoryRules(codec);
    }

    @Override
    public Transaction open(List<Wish> wishes, long nowMillis) {
        Stock stock = new Stock(TYPES, KINDS, nextNumber, () -> nowMillis);
        nextNumber += (long) InventoryLimits.NUMBERS_PER_COMMAND_MAX * wishes.size();
        SortedSet<String> addresses = new TreeSet<>();
        wishes.forEach(wish -> addresses.addAll(InventoryRules.needs(wish.payload())));
        for (String address : addresses) {
            Container container = containers.get(address);
            if (container != null) {
                stock.know(container, stacks.getOrDefault(address, new TreeMap<>()));
            }
        }
        return new Transaction() {
            @Override
            public Decision decide(Wish wish) {
                Ruling ruling = rules.decide(stock, Asked.by(wish.command()), wish.payload());
                return new Decision(ruling.result(), ruling.events(), List.of());
            }

            @Override
            public void write() {
                stock.opened().forEach(container -> containers.put(container.address(), container));
                movements.addAll(stock.moved());
                for (Stock.Change change : stock.changes()) {
                    SortedMap<Integer, Stack> slots =
                            stacks.computeIfAbsent(change.container().address(), _ -> new TreeMap<>());
                    Stack stack = change.stack();
                    if (stack == null) {
                        slots.remove(change.slot());
                    } else {
                        slots.put(change.slot(), stack);
                    }
                }
            }
        };
    }

    @Override
    public List<IdempotencyKey> effects() {
        List<IdempotencyKey> effects = new ArrayList<>();
        Set<Long> counted = new TreeSet<>();
        for (Movement movement : movements) {
            if (counted.add(movement.transaction())) {
                effects.add(movement.cause().key());
            }
        }
        return effects;
    }
}
