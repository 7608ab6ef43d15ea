package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.TickFacts;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.plugin.CommandOutcome;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.StripPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Boxes of coins that are filled by commands, wander between cells and survive every crash: of one cell or of all, at any moment between journal and
 * checkpoint. Repeat one run with {@code -Djournal.seed=SEED}, look longer with {@code -Djournal.seeds=COUNT}.
 */
class JournalSim {
    private static final int SEED_COUNT = 300;
    private static final int REGION_COUNT = 3;
    private static final int WIDTH_METRES = 256;

    private final List<String> history = new ArrayList<>();
    /** Coins by box, as far as their commands were acknowledged. */
    private final SortedMap<Long, Long> expected = new TreeMap<>();

    private final SortedSet<Long> burnt = new TreeSet<>();
    private Rng rng = new Rng(0);
    private HandCrankedWorld world = world();
    private int factsSeen;
    private int commandCount;
    private int crashCount;
    private int fillCount;

    private static HandCrankedWorld world() {
        return HandCrankedWorld.of(Vault::new, new StripPartition(REGION_COUNT, WIDTH_METRES, 512), 5);
    }

    @Test
    void neverLosesNorDoublesACoin() {
        long only = Long.getLong("journal.seed", 0);
        long last = only == 0 ? Long.getLong("journal.seeds", SEED_COUNT) : only;
        for (long seed = only == 0 ? 1 : only; seed <= last; seed++) {
            try {
                play(seed, JournalFault.NONE);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(
                        "-Djournal.seed=" + seed + ": " + failure.getMessage() + "\n" + String.join("\n", history),
                        failure);
            }
        }
        if (only == 0) {
            assertThat(crashCount).isGreaterThan(SEED_COUNT);
            assertThat(fillCount).isGreaterThan(10 * SEED_COUNT);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void noticesABrokenRestart(JournalFault fault) {
        int noticed = 0;
        for (long seed = 1; seed <= SEED_COUNT && noticed == 0; seed++) {
            try {
                play(seed, fault);
            } catch (AssertionError expected) {
                noticed++;
            }
        }
        assertThat(noticed).as("runs in which the check failed").isPositive();
    }

    private void play(long seed, JournalFault fault) {
        rng = new Rng(seed);
        world = world();
        world.breakJournals(fault);
        expected.clear();
        burnt.clear();
        history.clear();
        factsSeen = 0;
        float crashing = rng.nextFloat(0, 0.06f);
        for (int step = 0; step < 150; step++) {
            act();
            world.tick(1);
            hear();
            if (rng.chance(crashing)) {
                crash();
            }
        }
        world.tick(40); // whoever is on the way arrives
        check();
    }

    private void act() {
        if (rng.chance(0.2f)) {
            RegionId region = anyRegion();
            command(region, Vault.MAKE, new Vault.Make(region.a(), region.b(), 1 + rng.nextInt(9)));
        }
        for (EntityView box : world.entities(Vault.Coins.class)) {
            RegionId region = box.cell().region();
            float luck = rng.nextFloat();
            if (luck < 0.15f) {
                command(region, Vault.FILL, new Vault.Fill(region.a(), region.b(), box.id(), 1 + rng.nextInt(9)));
            } else if (luck < 0.17f) {
                command(region, Vault.BURN, new Vault.Burn(region.a(), region.b(), box.id()));
            } else if (luck < 0.27f) {
                push(box);
            }
        }
        if (rng.chance(0.05f)) {
            world.checkpoint(anyRegion());
        }
    }

    private RegionId anyRegion() {
        return new RegionId(rng.nextInt(REGION_COUNT), 0);
    }

    /** Over a border, or back. */
    private void push(EntityView box) {
        float x = (rng.nextInt(2) == 0 ? -1 : 1) * WIDTH_METRES * 0.6f;
        world.visit(box.cell().region(), cell -> {
            long handle = cell.find(box.id());
            if (handle != 0) {
                cell.entities().set(handle, cell.entities().schema().type(Position.class), new Position(x, 0, 0));
            }
        });
    }

    private <P extends Record> void command(RegionId region, CommandType<P> type, P payload) {
        CommandEnvelope envelope = new CommandEnvelope(
                type.name(),
                type.version(),
                type.keyRule().keyOf(payload, "service:test"),
                new CommandEnvelope.Origin("service:test", "request-" + commandCount++),
                new CommandEnvelope.Trace("", "", "", "test", 0),
                new byte[0]);
        world.offer(
                world.cell(region).id(),
                new CellInput.Commands(List.of(new CellCommand(1, commandCount, envelope, payload))));
    }

    /** What was handed out is durable, and with it acknowledged. */
    private void hear() {
        List<TickFacts> facts = world.facts();
        for (; factsSeen < facts.size(); factsSeen++) {
            for (TickFacts.CarriedOut done : facts.get(factsSeen).carriedOut()) {
                if (done.outcome() instanceof CommandOutcome.Done outcome) {
                    acknowledge(done.command().payload(), outcome);
                    history.add(facts.get(factsSeen).tick() + " "
                            + facts.get(factsSeen).cell() + " " + done.command().payload() + " " + outcome.answer());
                }
            }
        }
    }

    private void acknowledge(Record payload, CommandOutcome.Done outcome) {
        switch (payload) {
            case Vault.Make make when outcome.answer() instanceof Vault.Box box -> expected.put(box.id(), make.coins());
            case Vault.Fill fill -> {
                expected.merge(fill.box(), fill.coins(), Long::sum);
                fillCount++;
            }
            case Vault.Burn burn -> {
                expected.remove(burn.box());
                burnt.add(burn.box());
            }
            default -> throw new AssertionError(payload + " " + outcome);
        }
    }

    private void crash() {
        crashCount++;
        if (rng.chance(0.5f)) {
            history.add("all crash");
            world.crashAll();
            check(); // nobody is on the way after a restart of all
            return;
        }
        List<RegionId> fallen =
                rng.chance(0.3f) ? List.of(new RegionId(0, 0), new RegionId(1, 0)) : List.of(anyRegion());
        history.add("crash of " + fallen);
        List<CellSpec> specs = world.crash(fallen);
        int waited = 0;
        while (!world.restart(specs)) {
            assertThat(waited++).as("ticks waited for the living").isLessThan(100);
            world.tick(1);
            hear();
        }
    }

    private void check() {
        SortedMap<Long, Long> found = new TreeMap<>();
        for (EntityView box : world.entities(Vault.Coins.class)) {
            Long twice = found.put(box.id(), box.get(Vault.Coins.class).count());
            assertThat(twice).as("second box %d", box.id()).isNull();
            assertThat(burnt).as("burnt boxes").doesNotContain(box.id());
        }
        assertThat(found).isEqualTo(expected);
    }
}
