package dev.terrane.bookkit;

import dev.terrane.base.Rng;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.PayloadRefusedException;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.inventory.InventoryCommands.Consume;
import dev.terrane.inventory.InventoryCommands.Grant;
import dev.terrane.inventory.InventoryCommands.Move;
import dev.terrane.inventory.InventoryCommands.Open;
import dev.terrane.inventory.InventoryCommands.Transfer;
import dev.terrane.inventory.InventoryResults;
import dev.terrane.json.JsonPayloads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One seed's wishes about goods, tried on somebody and compared with the naive model: every result, then every slot. Wishes are sent again, too. */
public final class InventoryTrial {
    private final long seed;
    private final Rng rng;
    private final NaiveInventory model = new NaiveInventory();
    private final JsonPayloads json = new JsonPayloads();
    private final Wishes wishes = new Wishes(InventoryCommands.ALL, json);
    private final List<String> containers = new ArrayList<>();
    private final List<String> people = new ArrayList<>();
    private final List<Long> items = new ArrayList<>(List.of(7L));
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Integer> codes = new TreeMap<>();
    private int requestCount;

    private record Sent(
            CommandEnvelope command, Record wish, @Nullable CommandResult before) {}

    /** @param tag of everybody in this trial, small letters and digits; see {@link NaiveInventory} for the goods that there must be */
    public InventoryTrial(long seed, String tag) {
        this.seed = seed;
        this.rng = new Rng(Rng.mix(seed));
        for (int i = 0; i < 3; i++) {
            String character = "character:" + tag + "-" + i;
            people.add(character);
            containers.add(character + "/cargo");
            containers.add(character + "/crate");
            containers.add(character + "/crate/second");
        }
        people.addAll(List.of("cell:" + tag, "service:" + tag, "admin:" + tag, "guest:nobody"));
        containers.add("service:" + tag + "/cargo");
    }

    /** How often each result came. */
    public Map<String, Integer> codes() {
        return codes;
    }

    /** @param carryOut from a batch to its results, in order @throws AssertionError with the seed, for the first difference */
    public void run(int batchCount, int batchSizeMax, Function<List<CommandEnvelope>, List<CommandResult>> carryOut) {
        for (int batch = 0; batch < batchCount; batch++) {
            List<Sent> tries = new ArrayList<>();
            for (int i = 1 + rng.nextInt(batchSizeMax); i > 0; i--) {
                tries.add(!sent.isEmpty() && rng.chance(0.12f) ? pick(sent) : fresh());
            }
            List<CommandResult> results =
                    carryOut.apply(tries.stream().map(Sent::command).toList());
            for (int i = 0; i < tries.size(); i++) {
                judge(tries.get(i), results.get(i));
            }
        }
    }

    /** Compares what lies in slots now. @param contents of a container: each slot's item, amount and number, as text */
    public void compareContents(Function<String, Map<Integer, String>> contents) {
        model.shelves().forEach((container, shelf) -> {
            Map<Integer, String> expected = new TreeMap<>();
            shelf.forEach((slot, pile) -> expected.put(slot, text(pile.item(), pile.amount(), pile.number())));
            same(container, expected, contents.apply(container));
        });
    }

    /** How a slot is written for {@link #compareContents}. */
    public static String text(String item, int amount, long number) {
        return item + " " + amount + " " + number;
    }

    private Sent fresh() {
        Record wish = wish();
        String owner = pick(people);
        if (rng.chance(0.6f)) {
            String container = switch (wish) {
                case Open open -> open.container();
                case Transfer transfer -> transfer.from();
                case Move move -> move.from();
                default -> "service:x/y";
            };
            owner = container.split("/", -1)[0];
        }
        return new Sent(wishes.envelope(owner, "r" + requestCount++, wish), wish, null);
    }

    private Record wish() {
        int dice = rng.nextInt(100);
        if (dice < 15) {
            return new Open(rng.chance(0.05f) ? "character:x/attic" : rng.chance(0.05f) ? "nowhere" : pick(containers));
        } else if (dice < 40) {
            return new Grant(pick(containers), item(), amount(), rng.chance(0.05f) ? "" : "wreck-" + dice);
        } else if (dice < 52) {
            return new Consume(pick(containers), item(), amount(), unique(), null);
        } else if (dice < 78) {
            return new Transfer(pick(containers), pick(containers), item(), amount(), unique(), null);
        }
        String from = pick(containers);
        String to = rng.chance(0.5f) ? from : pick(containers);
        return new Move(from, rng.nextInt(7) - (rng.chance(0.05f) ? 2 : 0), to, rng.nextInt(4), 1 + rng.nextInt(20));
    }

    private void judge(Sent tried, CommandResult result) {
        String code = result instanceof CommandResult.Refused refused ? refused.errorCode() : Expected.DONE;
        codes.merge(code, 1, Integer::sum);
        if (tried.before != null) {
            same(tried, say(tried.before), say(result));
            return;
        }
        try {
            List<Object> numbers = new ArrayList<>();
            List<Long> made = List.of();
            if (result instanceof CommandResult.Done done) {
                switch (tried.wish) {
                    case Open _ -> {
                        var opened = json.decode(InventoryResults.Opened.class, done.payload());
                        numbers.addAll(List.of(opened.created(), opened.slotCount()));
                    }
                    case Move _ ->
                        numbers.add(json.decode(InventoryResults.Placed.class, done.payload())
                                .amount());
                    default -> {
                        var carried = json.decode(InventoryResults.Carried.class, done.payload());
                        made = carried.items();
                        numbers.addAll(List.of(carried.amount(), made));
                    }
                }
            }
            items.addAll(made);
            Expected expected = model.apply(tried.command.origin().clientId(), tried.wish, made);
            same(tried, expected.code(), code);
            same(tried, expected.numbers(), numbers);
        } catch (PayloadRefusedException e) {
            throw new AssertionError("seed " + seed + ": a result that cannot be read", e);
        }
        sent.add(new Sent(tried.command, tried.wish, result));
    }

    private void same(Object what, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError("seed " + seed + ": " + what + " came to " + found + ", expected " + expected);
        }
    }

    private static String say(CommandResult result) {
        return result instanceof CommandResult.Done done
                ? new String(done.payload(), StandardCharsets.UTF_8)
                : result.toString();
    }

    private String item() {
        return rng.chance(0.03f) ? "cheese" : pick(List.of("ammo", "ammo", "ore", "gun"));
    }

    private int amount() {
        int dice = rng.nextInt(100);
        if (dice < 50) {
            return 1 + rng.nextInt(4);
        } else if (dice < 90) {
            return 1 + rng.nextInt(60);
        }
        return switch (rng.nextInt(4)) {
            case 0 -> 0;
            case 1 -> -5;
            case 2 -> Integer.MAX_VALUE;
            default -> 1_000_000_000;
        };
    }

    private @Nullable Long unique() {
        return rng.chance(0.15f) ? pick(items) : null;
    }

    private <T> T pick(List<T> list) {
        return list.get(rng.nextInt(list.size()));
    }
}
