package dev.terrane.bookkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.inventory.Asked;
import dev.terrane.inventory.ContainerKind;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.inventory.InventoryErrors;
import dev.terrane.inventory.InventoryRules;
import dev.terrane.inventory.ItemType;
import dev.terrane.inventory.Movement;
import dev.terrane.inventory.Stack;
import dev.terrane.inventory.Stock;
import dev.terrane.json.JsonPayloads;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules against the naive model, in memory. {@code -Dinventory.seed=N} repeats one seed. */
class InventoryRulesModelTest {
    private static final int SEED_COUNT = 60;

    @Test
    void agreesWithTheNaiveModel() throws IllegalAccessException {
        Map<String, Integer> codes = new TreeMap<>();
        long only = Long.getLong("inventory.seed", -1);
        for (long seed = only < 0 ? 1 : only; seed <= (only < 0 ? SEED_COUNT : only); seed++) {
            InventoryTrial trial = new InventoryTrial(seed, "trial");
            InMemory inventory = new InMemory();
            trial.run(60, 20, batch -> batch.stream().map(inventory::carryOut).toList());
            trial.compareContents(inventory::contents);
            inventory.requireNothingLost();
            trial.codes().forEach((code, count) -> codes.merge(code, count, Integer::sum));
        }
        if (only < 0) {
            TreeSet<String> every = new TreeSet<>(List.of(Expected.DONE, CommandErrors.FORBIDDEN));
            for (Field field : InventoryErrors.class.getFields()) {
                every.add((String) field.get(null));
            }
            every.remove(InventoryErrors.TOO_MANY_CONTAINERS); // see PostgresInventoryIT
            assertThat(codes.keySet()).containsAll(every);
        }
    }

    private static final class InMemory {
        private final JsonPayloads json = new JsonPayloads();
        private final CommandCatalogue catalogue = new CommandCatalogue(InventoryCommands.ALL, json);
        private final InventoryRules rules = new InventoryRules(json);
        private final Map<IdempotencyKey, CommandResult> outcomes = new HashMap<>();
        private final Stock stock = new Stock(
                Map.of(
                        "ammo", ItemType.stackable("ammo", 50),
                        "ore", ItemType.stackable("ore", 8),
                        "gun", ItemType.unique("gun")),
                Map.of("cargo", new ContainerKind("cargo", 6), "crate", new ContainerKind("crate", 2)),
                100,
                () -> 1);

        private CommandResult carryOut(CommandEnvelope command) {
            CommandResult known = outcomes.get(command.idempotencyKey());
            if (known != null) {
                return known;
            }
            var good = (CommandCatalogue.Decoded.Good) catalogue.decode(
                    command.type(), command.version(), command.origin().clientId(), command.payload());
            CommandResult result =
                    rules.decide(stock, Asked.by(command), good.payload()).result();
            outcomes.put(command.idempotencyKey(), result);
            return result;
        }

        private Map<Integer, String> contents(String container) {
            Map<Integer, String> texts = new TreeMap<>();
            stock.contents(container)
                    .orElseThrow()
                    .forEach((slot, stack) ->
                            texts.put(slot, InventoryTrial.text(stack.type().code(), stack.amount(), stack.item())));
            return texts;
        }

        /** What lies somewhere is what was made and not used up. */
        private void requireNothingLost() {
            Map<String, Long> made = new TreeMap<>();
            for (Movement movement : stock.moved()) {
                long sign = (movement.from() == null ? 1 : 0) - (movement.to() == null ? 1 : 0);
                made.merge(
                        movement.goods().type().code(), sign * movement.goods().amount(), Long::sum);
            }
            Map<String, Long> present = new TreeMap<>();
            made.keySet().forEach(item -> present.put(item, 0L));
            for (var container : stock.opened()) {
                SortedMap<Integer, Stack> stacks =
                        stock.contents(container.address()).orElseThrow();
                stacks.values().forEach(stack -> present.merge(stack.type().code(), (long) stack.amount(), Long::sum));
            }
            assertThat(present).isEqualTo(made);
        }
    }
}
