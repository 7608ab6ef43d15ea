package dev.terrane.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairBookTest {
    private final PairBook<String> book = new PairBook<>(TestEnd.TIMES);
    private final LinkMachine first = TestEnd.pair()[0].machine; // with node b, life 7, last heard at 1

    @Test
    void turnsASecondConnectionAwayWhileTheFirstLives() {
        assertThat(book.admit(TestEnd.hello("b"), 2)).isNull();
        book.opened("first", first);
        LinkLoss refused = book.admit(TestEnd.hello("b"), 2);
        assertThat(refused).extracting(LinkLoss::why).isEqualTo(LinkEnd.DUPLICATE);
    }

    @Test
    void letsANodeThatHasStartedAnewTakeItsOwnPlace() {
        book.opened("first", first);
        LinkHello anew = new LinkHello("test", new NodeId("b"), 8, List.of(), LinkHello.VERSIONS);
        assertThat(book.admit(anew, 2)).isNull();
        assertThat(book.opened("second", first)).isEqualTo("first");
        assertThat(book.ended("first", first)).isFalse();
        assertThat(book.connections()).containsExactly("second");
        assertThat(book.ended("second", first)).isTrue();
        assertThat(book.has(new NodeId("b"))).isFalse();
    }

    @Test
    void letsAConnectionTakeThePlaceOfOneThatHasGoneQuiet() {
        book.opened("first", first);
        assertThat(book.admit(TestEnd.hello("b"), 2 + TestEnd.TIMES.freshNanosMax()))
                .isNull();
    }
}
