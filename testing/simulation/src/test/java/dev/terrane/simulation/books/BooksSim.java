package dev.terrane.simulation.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lanes, cells, services and trades in whole simulated lives. {@code -Dbooks.seed=N} repeats one, {@code -Dbooks.seeds=N} plays more. */
class BooksSim {
    private static final int SEED_COUNT = 500;
    private static final int SABOTAGED_SEED_COUNT = 300;

    @Test
    void losesAndDoublesNothing() {
        long only = Long.getLong("books.seed", -1);
        long first = only < 0 ? 1 : only;
        long last = only < 0 ? Long.getLong("books.seeds", SEED_COUNT) : only;
        Report sum = new Report();
        List<String> red = new ArrayList<>();
        for (long seed = first; seed <= last; seed++) {
            try {
                sum.add(new BooksRun(seed, BooksSabotage.NONE).play());
            } catch (BooksViolation found) {
                red.add("-Dbooks.seed=" + seed + ": " + found.getMessage());
            }
        }
        System.out.println("books: seeds " + first + " to " + last + ": " + sum);
        assertThat(red).isEmpty();
        if (only < 0) {
            sum.requireThatMuchHappened();
        }
    }

    @Test
    void repeatsARunExactly() {
        for (long seed = 1; seed <= SEED_COUNT; seed += 50) {
            assertThat(new BooksRun(seed, BooksSabotage.NONE).play().toString())
                    .as("seed " + seed)
                    .isEqualTo(new BooksRun(seed, BooksSabotage.NONE).play().toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void sabotageIsNoticedByTheRuleItBreaks(BooksSabotage sabotage) {
        StringBuilder others = new StringBuilder();
        for (long seed = 1; seed <= SABOTAGED_SEED_COUNT; seed++) {
            try {
                new BooksRun(seed, sabotage).play();
            } catch (BooksViolation found) {
                if (found.rule == sabotage.rule) {
                    return;
                }
                others.append("\nseed ").append(seed).append(": ").append(found.getMessage());
            }
        }
        assertThat(others.toString())
                .as("'%s' never cried in %d seeds; others did:%s", sabotage.rule, SABOTAGED_SEED_COUNT, others)
                .isNull();
    }
}
