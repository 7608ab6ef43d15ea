package dev.terrane.postgres.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Clock;
import dev.terrane.base.Rng;
import dev.terrane.bookkit.InventoryTrial;
import dev.terrane.bookkit.Wishes;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.inventory.ContainerKind;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.inventory.InventoryErrors;
import dev.terrane.inventory.InventoryLimits;
import dev.terrane.inventory.InventoryQueries;
import dev.terrane.inventory.ItemType;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.SharedPostgres;
import dev.terrane.postgres.service.Answer;
import dev.terrane.postgres.service.ServiceReceiver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The receiver over a real database, against the naive model, against itself, and against hands that write what they should not. */
class PostgresInventoryIT {
    private static final int SEED_COUNT = 4;
    private static final int DELIVERER_COUNT = 4;
    private static final JsonPayloads JSON = new JsonPayloads();
    private static final Wishes WISHES = new Wishes(InventoryCommands.ALL, JSON);

    private final String tag =
            "t" + UUID.randomUUID().toString().replace("-", "").substring(0, 10);
    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final PostgresInventory inventory = PostgresInventory.open(
            SharedPostgres.SERVER.address(),
            new PostgresInventory.Goods(
                    List.of(ItemType.stackable("ammo", 50), ItemType.stackable("ore", 8), ItemType.unique("gun")),
                    List.of(new ContainerKind("cargo", 6), new ContainerKind("crate", 2))),
            new PostgresInventory.Setup(JSON, Clock.system(), threads, new ServiceReceiver.Options(3, 64)));
    private final Database asService = new Database(
            SharedPostgres.SERVER.address(), new Database.Options("terrane-inventory-test", 2, "terrane_inventory"));

    @AfterEach
    void close() {
        threads.close();
        inventory.close();
        asService.close();
    }

    @Test
    void agreesWithTheNaiveModel() {
        long only = Long.getLong("inventory.seed", -1);
        for (long seed = only < 0 ? 1 : only; seed <= (only < 0 ? SEED_COUNT : only); seed++) {
            InventoryTrial trial = new InventoryTrial(seed, tag + seed);
            trial.run(40, 25, this::carryOut);
            trial.compareContents(this::contents);
        }
        assertThat(inventory.queries().audit().sound()).isTrue();
    }

    /** Everybody delivers everything, in an order of his own, at the same time. */
    @Test
    void losesAndDoublesNothingHoweverManyDeliverTheSame() throws Exception {
        long seed = Long.getLong("inventory.seed", System.nanoTime());
        Rng rng = new Rng(seed);
        List<String> crates = new ArrayList<>();
        List<CommandEnvelope> wishes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            crates.add("character:" + tag + "-" + i + "/cargo");
            wishes.add(grant("ammo" + i, crates.get(i), "ammo", 120));
            wishes.add(grant("gun" + i, crates.get(i), "gun", 2));
        }
        carryOut(wishes);
        wishes.clear();
        for (int i = 0; i < 600; i++) {
            String item = rng.chance(0.3f) ? "gun" : "ammo";
            wishes.add(WISHES.envelope(
                    "cell:" + tag,
                    "t" + i,
                    new InventoryCommands.Transfer(
                            crates.get(rng.nextInt(6)),
                            crates.get(rng.nextInt(6)),
                            item,
                            1 + rng.nextInt(item.equals("gun") ? 1 : 30),
                            null,
                            null)));
        }
        Map<String, String> results = new ConcurrentHashMap<>();
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < DELIVERER_COUNT; i++) {
            List<CommandEnvelope> mine = new ArrayList<>(wishes);
            Collections.shuffle(mine, new Random(seed + i));
            work.add(() -> deliver(mine, results));
        }
        try (ExecutorService deliverers = Executors.newFixedThreadPool(DELIVERER_COUNT)) {
            for (var done : deliverers.invokeAll(work)) {
                assertThat(done.get()).as("seed %d", seed).isTrue();
            }
        }
        assertThat(results.values()).as("seed %d", seed).anyMatch(text -> text.startsWith("{"));
        long ammo = 0;
        List<Long> guns = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            for (InventoryQueries.SlotView slot : inventory
                    .queries()
                    .containers("character:" + tag + "-" + i)
                    .getFirst()
                    .slots()) {
                ammo += slot.item().equals("ammo") ? slot.amount() : 0;
                if (slot.item().equals("gun")) {
                    guns.add(slot.unique());
                }
            }
        }
        assertThat(ammo).as("seed %d", seed).isEqualTo(720);
        assertThat(guns).as("seed %d", seed).hasSize(12).doesNotHaveDuplicates();
        assertThat(inventory.queries().audit().sound()).isTrue();
    }

    @Test
    void aCharacterOpensSoManyContainersHoweverManyItWantsAtOnce() throws Exception {
        String owner = "character:" + tag;
        List<Callable<List<CommandResult>>> work = new ArrayList<>();
        for (int i = 0; i < 4 * InventoryLimits.CONTAINERS_PER_CHARACTER_MAX; i++) {
            CommandEnvelope wish = WISHES.envelope(owner, "c" + i, new InventoryCommands.Open(owner + "/cargo/c" + i));
            work.add(() -> carryOut(List.of(wish)));
        }
        int opened = 0;
        try (ExecutorService deliverers = Executors.newFixedThreadPool(DELIVERER_COUNT)) {
            for (var results : deliverers.invokeAll(work)) {
                if (results.get().getFirst() instanceof CommandResult.Refused refused) {
                    assertThat(refused.errorCode()).isEqualTo(InventoryErrors.TOO_MANY_CONTAINERS);
                } else {
                    opened++;
                }
            }
        }
        assertThat(opened).isEqualTo(InventoryLimits.CONTAINERS_PER_CHARACTER_MAX);
        assertThat(inventory.queries().containers(owner)).hasSize(opened);
        assertThat(carryOut(List.of(grant("prize", owner + "/crate", "ammo", 1)))
                        .getFirst())
                .as("the server gives whom it likes")
                .isInstanceOf(CommandResult.Done.class);
    }

    @Test
    void whatComesTooLateIsNotCarriedOut() {
        String from = "character:" + tag + "-giver/cargo";
        String to = "character:" + tag + "-taker/cargo";
        carryOut(List.of(grant("1", from, "ammo", 3), grant("2", to, "ammo", 1)));
        long now = System.currentTimeMillis();
        CommandEnvelope late = WISHES.envelope(
                "service:trade",
                tag + "late",
                new InventoryCommands.Transfer(from, to, "ammo", 1, null, null, now - 1));
        CommandEnvelope early = WISHES.envelope(
                "service:trade",
                tag + "early",
                new InventoryCommands.Transfer(from, to, "ammo", 1, null, null, now + 600_000));
        assertThat(carryOut(List.of(late, early)))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isInstanceOfSatisfying(
                                        CommandResult.Refused.class,
                                        refused ->
                                                assertThat(refused.errorCode()).isEqualTo(CommandErrors.TOO_LATE)),
                        second -> assertThat(second).isInstanceOf(CommandResult.Done.class));
        assertThat(contents(to).values()).containsExactly(InventoryTrial.text("ammo", 2, 0));
    }

    @Test
    void theDatabaseItselfRefusesWhatIsWrong() {
        String cargo = "character:" + tag + "/cargo";
        carryOut(List.of(grant("1", cargo, "ammo", 60), grant("2", cargo, "gun", 1)));
        String ours = "(SELECT id FROM inventory.container WHERE address = '" + cargo + "')";
        String stack = "INSERT INTO inventory.stack SELECT " + ours
                + ", %d, 6, id, stack_max, is_unique, %d, NULL FROM inventory.item_type WHERE code = 'ammo'";
        refused(stack.formatted(5, 10), "its slots have");
        refused(stack.formatted(6, 10), "slot_is_there");
        refused(stack.formatted(5, 51), "stack_is_not_too_high");
        refused(stack.formatted(0, 1), "duplicate key");
        refused("DELETE FROM inventory.stack WHERE container = " + ours, "its slots have");
        refused("UPDATE inventory.stack SET amount = 1", "permission denied");
        refused("UPDATE inventory.holding SET amount = 1", "permission denied");
        refused("INSERT INTO inventory.holding VALUES (1, 1, 1)", "permission denied");
        refused("DELETE FROM inventory.movement", "permission denied");
        refused("UPDATE inventory.movement SET amount = 1", "permission denied");
        refused("SELECT count(*) FROM economy.wallet", "permission denied for schema economy");
        refused("SELECT count(*) FROM terrane.player_character", "permission denied for schema terrane");
        String movement =
                "INSERT INTO inventory.movement (id, transaction, item_type, amount, from_container, to_container, at, key, reference)"
                        + " SELECT 1, 1, id, 1000, %s, %s, now(), '\\x00', %s FROM inventory.item_type WHERE code = 'ammo'";
        refused(movement.formatted("NULL", ours, "NULL"), "made_goods_name_their_source");
        refused(movement.formatted("NULL", ours, "'nowhere'"), "its slots have");
        refused(movement.formatted(ours, "NULL", "NULL"), "never_less_than_nothing");
        assertThat(inventory.queries().history(cargo, Long.MAX_VALUE, 10))
                .extracting(InventoryQueries.Entry::item)
                .containsExactly("gun", "ammo");
    }

    private boolean deliver(List<CommandEnvelope> wishes, Map<String, String> results) {
        for (int from = 0; from < wishes.size(); from += 40) {
            List<CommandEnvelope> batch = wishes.subList(from, Math.min(wishes.size(), from + 40));
            List<CommandResult> answered = carryOut(batch);
            for (int i = 0; i < batch.size(); i++) {
                String text = answered.get(i) instanceof CommandResult.Done done
                        ? new String(done.payload(), java.nio.charset.StandardCharsets.UTF_8)
                        : answered.get(i).toString();
                String earlier = results.putIfAbsent(batch.get(i).origin().requestId(), text);
                if (earlier != null && !earlier.equals(text)) {
                    return false;
                }
            }
        }
        return true;
    }

    private CommandEnvelope grant(String request, String to, String item, int amount) {
        return WISHES.envelope("cell:" + tag, request, new InventoryCommands.Grant(to, item, amount, "test"));
    }

    private List<CommandResult> carryOut(List<CommandEnvelope> wishes) {
        List<Delivery> batch = new ArrayList<>();
        for (CommandEnvelope wish : wishes) {
            batch.add(new Delivery(batch.size(), wish, 1));
        }
        return Answer.of(inventory.receiver(), batch).stream()
                .map(verdict -> switch (verdict) {
                    case Verdict.Settled settled -> settled.result();
                    default -> throw new AssertionError(verdict.toString());
                })
                .toList();
    }

    private Map<Integer, String> contents(String container) {
        Map<Integer, String> texts = new TreeMap<>();
        inventory.queries().containers(container.substring(0, container.indexOf('/'))).stream()
                .filter(view -> view.container().equals(container))
                .forEach(view -> view.slots()
                        .forEach(slot -> texts.put(
                                slot.slot(), InventoryTrial.text(slot.item(), slot.amount(), slot.unique()))));
        return texts;
    }

    private void refused(String sql, String why) {
        assertThatThrownBy(() -> asService.run("try it", handle -> handle.execute(sql)))
                .as(sql)
                .hasMessageContaining(why);
    }
}
