package dev.terrane.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MovesTest {
    private static List<Long> oneTick(Moves moves, int room) {
        List<Long> gone = new ArrayList<>();
        int left = room;
        for (long id = moves.next(left, room); id != 0; id = moves.next(left, room)) {
            gone.add(id);
            left--;
            moves.advance();
        }
        return gone;
    }

    @Test
    void letsAGroupThatDoesNotFitWaitForTheNextTick() {
        Moves moves = new Moves(new long[] {1, 2, 3, 4, 5, 6}, new int[] {3, 5, 6});
        assertThat(oneTick(moves, 4)).containsExactly(1L, 2L, 3L);
        assertThat(moves.count()).isEqualTo(3);
        assertThat(oneTick(moves, 4)).containsExactly(4L, 5L, 6L);
        assertThat(moves.count()).isZero();
        assertThat(oneTick(moves, 4)).isEmpty();
    }

    @Test
    void spreadsAGroupOverTicksThatIsLargerThanAny() {
        Moves moves = new Moves(new long[] {1, 2, 3, 4, 5, 6}, new int[] {5, 6});
        assertThat(oneTick(moves, 2)).containsExactly(1L, 2L);
        assertThat(oneTick(moves, 2)).containsExactly(3L, 4L);
        assertThat(oneTick(moves, 2)).containsExactly(5L, 6L);
    }

    @Test
    void repeatsWhoWasNotDoneWith() {
        Moves moves = new Moves(new long[] {1, 2}, new int[] {2});
        assertThat(moves.next(5, 5)).isEqualTo(1);
        assertThat(moves.next(5, 5)).isEqualTo(1);
        moves.advance();
        assertThat(moves.next(4, 5))
                .as("a group that has begun goes on in a full tick")
                .isEqualTo(2);
    }

    @Test
    void hasNobodyWhenThereIsNothingToDo() {
        assertThat(Moves.NONE.next(5, 5)).isZero();
        assertThat(Moves.NONE.count()).isZero();
    }
}
