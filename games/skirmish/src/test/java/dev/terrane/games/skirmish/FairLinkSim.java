package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Rng;
import dev.terrane.conditions.LinkConditions;
import dev.terrane.protocol.cluster.Offence;
import dev.terrane.space.HexPartition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fair players at the ends of bad links, who cross borders, run into rocks, are shot and get new ships, lose their connections and come back: none of it is an offence, and nobody's motion is put right.
 *
 * <p>A red run names its seed; {@code -Dsim.seed=N} repeats that one alone, {@code -Dsim.seeds=N} runs more.
 */
class FairLinkSim {
    private static final int SEED_COUNT = Integer.getInteger("sim.seeds", 2);
    private static final int TICKS = 40 * 20;
    private static final int PLAYER_COUNT = 6;
    private static final CheatHouse.Wish WHATEVER = new CheatHouse.Wish(0, 0, 0, false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "rtt=120,jitter=20,stall=300,stalls=6",
                "rtt=200,jitter=80,stall=300,stalls=30",
                "rtt=40,jitter=20,stall=1000,stalls=6",
                "rtt=400,jitter=150,stall=3000,stalls=3"
            })
    void accusesNobodyOverABadLink(String link) {
        Long single = Long.getLong("sim.seed");
        for (long seed = single == null ? 1 : single; seed <= (single == null ? SEED_COUNT : single); seed++) {
            play(LinkConditions.parse(link.equals("none") ? link : link + ",seed=" + seed), seed);
        }
    }

    /** The check above is no decoration: one of the players chooses his moments, and that is found among all that the links do. */
    @Test
    void findsACheaterAmongThem() {
        CheatHouse house = new CheatHouse(new HexPartition(2, 2, 128), 12, 8, 1);
        LinkConditions link = LinkConditions.parse("rtt=200,jitter=80,stall=300,stalls=30,seed=1");
        house.afar(link, true, 0, 0);
        house.afar(link, false, 20, 10);
        house.bot(Cheat.PASTS, 40, 20);
        house.play(TICKS, WHATEVER);
        assertThat(house.offences().of(Offence.VIEW)).isPositive();
        assertThat(house.offences().all())
                .as("and nothing else")
                .isEqualTo(house.offences().of(Offence.VIEW));
    }

    private static void play(LinkConditions link, long seed) {
        CheatHouse house = new CheatHouse(new HexPartition(2, 2, 128), 12, 8, seed);
        List<CheatBot> players = new ArrayList<>();
        for (int i = 0; i < PLAYER_COUNT; i++) {
            players.add(house.afar(link, i % 3 != 0, 20 * i, 10 * i));
        }
        Rng cuts = new Rng(seed);
        for (int tick = 0; tick < TICKS; tick++) {
            house.play(1, WHATEVER);
            if (cuts.chance(0.01f) && house.everybodyIsSomewhere()) {
                house.cut(players.get(cuts.nextInt(PLAYER_COUNT)));
            }
        }
        assertThat(house.offences().all())
                .as("seed %d, %s: %s", seed, link, house.offences())
                .isZero();
        assertThat(house.correctionCount()).as("seed %d, %s", seed, link).isZero();

        assertThat(house.handoffCount())
                .as("seed %d: borders are crossed", seed)
                .isPositive();
        assertThat(players.stream().mapToInt(player -> player.deathCount).sum())
                .as("seed %d: ships are lost", seed)
                .isPositive();
        assertThat(players.stream().mapToInt(player -> player.closedCount).sum())
                .as("seed %d: connections are lost", seed)
                .isPositive();
        assertThat(players.stream().mapToInt(house::shots).sum())
                .as("seed %d: they shoot", seed)
                .isPositive();
    }
}
