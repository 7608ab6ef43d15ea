package dev.terrane.server.witness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Passage;
import dev.terrane.cell.Passage.What;
import dev.terrane.node.Question;
import dev.terrane.node.Telling;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LivesTest {
    private static final CellId HERE = new CellId(new WorldId("w"), new RegionId(0, 0), 0);
    private static final CellId THERE = new CellId(new WorldId("w"), new RegionId(1, 0), 0);
    private static final CharacterId ANN = new CharacterId(new UUID(1, 1));

    private final HandClock clock = new HandClock();
    private final Lives lives = new Lives(clock);

    private void passed(What what, long entity, int ownership, @Nullable CharacterId character) {
        clock.millis += 50;
        CellId other = what == What.LEFT || what == What.ARRIVED ? THERE : null;
        lives.passed(new Passage(what, HERE, 3, clock.millis / 50, entity, ownership, character, other));
    }

    @Test
    void tellsWhatBecameOfOneEntityInOrder() {
        passed(What.HERE, 7, 1, ANN);
        passed(What.ARRIVED, 8, 5, null);
        passed(What.LEFT, 7, 2, ANN);
        Telling.Events told = lives.of(new Question.Life(7, null));
        assertThat(told.isCut()).isFalse();
        assertThat(told.events()).extracting(Telling.Event::what).containsExactly("here", "left");
        Telling.Event left = told.events().getLast();
        assertThat(left.place()).isEqualTo(new Telling.Place("w/0,0#0", 3, clock.millis / 50));
        assertThat(left.subject()).isEqualTo(new Telling.Subject(7, 2, 0, ANN.toString()));
        assertThat(left.detail()).isEqualTo("w/1,0#0");
        assertThat(left.atMillis()).isEqualTo(clock.millis);
    }

    @Test
    void findsEveryEntityThatACharacterHad() {
        passed(What.HERE, 7, 1, ANN);
        passed(What.GONE, 7, 1, ANN);
        passed(What.HERE, 9, 1, ANN);
        passed(What.HERE, 10, 1, new CharacterId(new UUID(2, 2)));
        assertThat(lives.of(new Question.Life(0, ANN)).events())
                .extracting(event -> event.subject().entity())
                .containsExactly(7L, 7L, 9L);
        assertThat(lives.of(new Question.Life(0, new CharacterId(new UUID(3, 3))))
                        .events())
                .isEmpty();
    }

    @Test
    void forgetsTheOldestAndSaysSo() {
        passed(What.HERE, 7, 1, ANN);
        for (int i = 0; i < Lives.PASSAGE_COUNT_MAX - 1; i++) {
            passed(What.ARRIVED, 8, i, null);
        }
        assertThat(lives.of(new Question.Life(7, null)).events()).hasSize(1);
        passed(What.ARRIVED, 8, 1, null);
        Telling.Events told = lives.of(new Question.Life(7, null));
        assertThat(told.events()).isEmpty();
        assertThat(told.isCut()).isTrue();
    }

    @Test
    void tellsTheNewestOfAnEntityThatTravelsMuch() {
        for (int i = 1; i <= Telling.COUNT_MAX + 1; i++) {
            passed(What.ARRIVED, 7, i, null);
        }
        Telling.Events told = lives.of(new Question.Life(7, null));
        assertThat(told.isCut()).isTrue();
        assertThat(told.events()).hasSize(Telling.COUNT_MAX);
        assertThat(told.events().getLast().subject().ownership()).isEqualTo(Telling.COUNT_MAX + 1);
    }
}
