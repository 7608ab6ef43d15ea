package dev.terrane.games.skirmish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.games.skirmish.CheatHouse.Wish;
import dev.terrane.protocol.cluster.Offence;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each cheat plays what a fair client plays, in a world of its own with the same seed: it gets no farther, shoots no more, hits no more, is noticed, and spoils nothing for the one beside it.
 *
 * <p>Way and shots are set by the rules alone, so a fair client's are the most there is; 2 % is less than what one tick in fifty would bring, and more than what the first tick of a connection does. Hits hang
 * on chance: over all seeds together they may be three standard deviations of a count more.
 */
class CheatSim {
    private static final int SECONDS = 30;
    private static final int TICKS = SECONDS * 20;
    private static final double NOISE = 1.02;
    private static final int SEEDS = 4;

    private static final Wish FLY = new Wish(1, 0, Buttons.BOOST, false);
    private static final Wish SHOOT = new Wish(0, 0, Buttons.FIRE, false);
    private static final Wish HUNT = new Wish(0.5f, 0.5f, Buttons.FIRE, true);

    /** What one did, and the fair one beside it. */
    private record Outcome(
            double metres, int shots, double besideMetres, int besideShots, CheatHouse house, CheatBot bot) {}

    private static final Map<Wish, Outcome> FAIR = new HashMap<>();
    private static int fairHits = -1;

    private static Outcome play(Cheat cheat, Wish wish) {
        CheatHouse house = new CheatHouse(0, 4000, 1);
        CheatBot bot = house.bot(cheat, -1800, 0);
        CheatBot beside = house.bot(Cheat.NONE, -1800, 600);
        house.play(TICKS, wish);
        return new Outcome(bot.metres, house.shots(bot), beside.metres, house.shots(beside), house, bot);
    }

    /** The same for all cheats: played once. */
    private static Outcome fairly(Wish wish) {
        return FAIR.computeIfAbsent(wish, same -> play(Cheat.NONE, same));
    }

    private static int fairHits() {
        if (fairHits < 0) {
            fairHits = hits(Cheat.NONE);
        }
        return fairHits;
    }

    private static int hits(Cheat cheat) {
        int hits = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            CheatHouse house = new CheatHouse(10, 256, seed);
            CheatBot bot = house.bot(cheat, 0, 0);
            house.play(TICKS, HUNT);
            hits += house.hits(bot);
        }
        return hits;
    }

    static Stream<Cheat> cheats() {
        return Stream.of(Cheat.values()).filter(cheat -> cheat != Cheat.NONE);
    }

    @Test
    void aFairClientIsAccusedOfNothingAndGetsSomewhere() {
        Outcome fair = fairly(FLY);
        assertThat(fair.house().offences().all()).isZero();
        assertThat(fair.metres()).isGreaterThan(SECONDS * 40.0);
        Outcome shooter = fairly(SHOOT);
        assertThat(shooter.house().offences().all()).isZero();
        assertThat(shooter.shots()).isGreaterThan(SECONDS);
        assertThat(fairHits()).isGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("cheats")
    void gainsNoWayAndNoShot(Cheat cheat) {
        Outcome fairFlight = fairly(FLY);
        Outcome flight = play(cheat, FLY);
        assertThat(flight.metres()).isLessThanOrEqualTo(fairFlight.metres() * NOISE);
        Outcome fairShooting = fairly(SHOOT);
        Outcome shooting = play(cheat, SHOOT);
        assertThat((double) shooting.shots()).isLessThanOrEqualTo(fairShooting.shots() * NOISE);

        assertThat(flight.besideMetres()).as("the one beside it").isEqualTo(fairFlight.besideMetres());
        assertThat(shooting.besideShots()).as("the one beside it").isEqualTo(fairShooting.besideShots());
    }

    @ParameterizedTest
    @MethodSource("cheats")
    void isNoticedAsWhatItIs(Cheat cheat) {
        Offence offence = cheat.offence;
        Outcome outcome = play(cheat, SHOOT);
        if (offence == null) {
            assertThat(outcome.house().offences().all()).isZero();
        } else {
            assertThat(outcome.house().offences().of(offence)).isGreaterThan(SECONDS / 10);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Cheat.class,
            names = {"TICKS", "PASTS", "RAPID_FIRE", "HASTE", "REPLAY"})
    void hitsNoMoreThanAFairOne(Cheat cheat) {
        int fair = fairHits();
        assertThat((double) hits(cheat)).isLessThanOrEqualTo(fair + 3 * Math.sqrt(fair));
    }

    @ParameterizedTest
    @EnumSource(
            value = Cheat.class,
            names = {"BEYOND", "NO_NUMBER", "FLOOD"})
    void losesItsConnectionAgainAndAgain(Cheat cheat) {
        assertThat(play(cheat, FLY).bot().closedCount).isGreaterThan(SECONDS / 10);
    }
}
