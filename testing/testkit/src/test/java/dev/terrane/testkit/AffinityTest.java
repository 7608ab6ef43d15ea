package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.cell.CellSettings;
import dev.terrane.plugin.kit.Position;
import dev.terrane.space.SinglePartition;
import dev.terrane.testkit.Bonds.Bond;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who belongs together stays in one layer: after a split, and in each tick of it. */
class AffinityTest {
    private static final RegionId HERE = RegionId.ORIGIN;
    private static final int MOVES_PER_TICK = 16;
    private static final int TICKS = 20;

    private final Rng rng = new Rng(5);
    private final HandCrankedWorld world = world();

    private static HandCrankedWorld world() {
        CellSettings usual = CellSettings.defaults();
        CellSettings settings = new CellSettings(
                usual.rates(),
                usual.inboxes(),
                new CellSettings.Borders(8, 20, MOVES_PER_TICK, 50),
                usual.avatars(),
                usual.chunkMetres());
        return HandCrankedWorld.of(Bonds::new, Map.of(), new SinglePartition(1000, 1000), 7, settings);
    }

    /** Anywhere in the region, squad after squad: by place alone each squad would be torn. */
    private void spawn(int count, LongFunction<Bond> bondOf) {
        world.visit(HERE, cell -> {
            for (int i = 0; i < count; i++) {
                cell.spawn(new Position(rng.nextFloat(-500, 500), rng.nextFloat(-500, 500), 0), bondOf.apply(i));
            }
        });
        world.tick(1);
    }

    private List<EntityView> all() {
        return world.entities(Bond.class);
    }

    private void bind(EntityView entity, Bond bond) {
        world.visit(
                HERE,
                cell -> cell.entities()
                        .set(cell.find(entity.id()), cell.entities().schema().type(Bond.class), bond));
    }

    private void checkSquads(int size) {
        Map<Long, List<EntityView>> squads = all().stream()
                .collect(Collectors.groupingBy(entity -> entity.get(Bond.class).squad()));
        squads.forEach((squad, members) -> {
            assertThat(members).as("members of squad " + squad).hasSize(size);
            assertThat(members.stream().map(EntityView::cell).distinct())
                    .as("layers of squad " + squad + " at tick " + world.lastTick())
                    .hasSize(1);
        });
    }

    private long inLayer(int layer) {
        return all().stream().filter(entity -> entity.cell().layer() == layer).count();
    }

    @Test
    void keepsSquadsTogetherInEachTickOfASplit() {
        spawn(200, i -> new Bond(1 + i % 40, 0));
        world.split(HERE, 0.5f);
        for (int tick = 0; tick < TICKS; tick++) {
            world.tick(1);
            checkSquads(5);
        }
        assertThat(inLayer(1)).isEqualTo(100);
        world.merge(HERE, 1);
        for (int tick = 0; tick < TICKS; tick++) {
            world.tick(1);
            assertThat(all().size() + world.inTransitCount()).isEqualTo(200);
        }
        assertThat(inLayer(0)).isEqualTo(200);
    }

    @Test
    void keepsMutualTargetsTogether() {
        spawn(100, i -> new Bond(0, 0));
        List<EntityView> fighters = all();
        for (int i = 0; i < 100; i++) {
            bind(fighters.get(i), new Bond(0, fighters.get(i ^ 1).id()));
        }
        world.split(HERE, 0.5f);
        world.tick(TICKS);
        assertThat(inLayer(1)).isEqualTo(50);
        for (EntityView fighter : all()) {
            assertThat(world.entity(fighter.get(Bond.class).target()).cell())
                    .as("the target of " + fighter.id())
                    .isEqualTo(fighter.cell());
        }
    }

    @Test
    void keepsAChainOfPursuersTogether() {
        spawn(60, i -> new Bond(0, 0));
        List<EntityView> chain = all().subList(0, 20);
        for (int i = 1; i < chain.size(); i++) {
            bind(chain.get(i), new Bond(0, chain.get(i - 1).id()));
        }
        world.split(HERE, 0.5f);
        world.tick(TICKS);
        assertThat(chain.stream().map(one -> world.entity(one.id()).cell()).distinct())
                .hasSize(1);
        assertThat(inLayer(1)).isBetween(25L, 35L);
    }

    @Test
    void tearsAMeleeThatIsTheWholeCrowdAlongItsSquads() {
        spawn(80, i -> new Bond(1 + i % 8, 0));
        List<EntityView> melee = all();
        for (int i = 0; i < 80; i++) {
            bind(melee.get(i), new Bond(1 + i % 8, melee.get((i + 1) % 80).id()));
        }
        world.split(HERE, 0.5f);
        world.tick(TICKS);
        checkSquads(10);
        assertThat(inLayer(1)).isEqualTo(40);
    }

    @Test
    void tearsASquadThatIsTheWholeCrowd() {
        spawn(60, i -> new Bond(1, 0));
        world.split(HERE, 0.5f);
        world.tick(TICKS);
        assertThat(inLayer(1)).isEqualTo(30);
    }

    @Test
    void leavesALargeGroupWholeWhenOthersMakeUpTheShare() {
        spawn(100, i -> new Bond(i < 60 ? 1 : 0, 0));
        world.split(HERE, 0.4f);
        world.tick(TICKS);
        assertThat(inLayer(1)).isEqualTo(40);
        assertThat(all().stream().filter(one -> one.get(Bond.class).squad() == 1))
                .allMatch(one -> one.cell().layer() == 0);
    }

    @Test
    void movesNearOnesTogetherWhenNobodyBelongsToAnybody() {
        spawn(200, i -> new Bond(0, 0));
        world.split(HERE, 0.5f);
        world.tick(TICKS);
        assertThat(inLayer(1)).isEqualTo(100);
        double stayed = averageY(0);
        double moved = averageY(1);
        assertThat(Math.abs(stayed - moved))
                .as("metres between the halves' middles")
                .isGreaterThan(300);
    }

    private double averageY(int layer) {
        return all().stream()
                .filter(one -> one.cell().layer() == layer)
                .mapToDouble(one -> one.get(Position.class).y())
                .average()
                .orElseThrow();
    }
}
