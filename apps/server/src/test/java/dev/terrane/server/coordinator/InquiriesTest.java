package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.node.Question;
import dev.terrane.node.Telling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InquiriesTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId CUT_OFF = new NodeId("cut-off");
    private static final Question DEPTHS = new Question.Depths(false);

    private final List<Long> asked = new ArrayList<>();
    private final Inquiries inquiries = new Inquiries(new Post(), Clock.system());

    private final class Post implements NodePost {
        @Override
        public boolean tell(NodeId to, NodeMessage message) {
            if (to.equals(CUT_OFF) || !(message instanceof NodeMessage.Ask(long request, Question _))) {
                return false;
            }
            asked.add(request);
            return true;
        }

        @Override
        public void flush() {}

        @Override
        public Set<NodeId> linked() {
            return Set.of(A, B);
        }
    }

    private CompletableFuture<Inquiries.Answers> ask(NodeId... nodes) {
        return inquiries.ask(List.of(nodes), DEPTHS).toCompletableFuture();
    }

    private void answer(NodeId node) {
        Telling telling = new Telling.Queues(List.of(new Telling.Queue("q", "", 1)));
        inquiries.told(node, new NodeMessage.Told(asked.getLast(), telling));
    }

    @Test
    void isAnsweredAsSoonAsAllHaveAnswered() {
        CompletableFuture<Inquiries.Answers> answer = ask(A, B);
        answer(A);
        answer(A);
        assertThat(answer).isNotDone();
        answer(B);
        assertThat(answer.resultNow().told()).containsOnlyKeys(A, B);
        assertThat(answer.resultNow().silent()).isEmpty();
    }

    @Test
    void namesWhoIsSilentAndWhoCannotBeReached() {
        CompletableFuture<Inquiries.Answers> answer = ask(A, B, CUT_OFF);
        answer(A);
        inquiries.look(Clock.system().nanos());
        assertThat(answer).isNotDone();
        inquiries.look(Clock.system().nanos() + Inquiries.ANSWER_NANOS_MAX);
        assertThat(answer.resultNow().told()).containsOnlyKeys(A);
        assertThat(answer.resultNow().silent()).containsExactly(B, CUT_OFF);
        answer(B);
        assertThat(answer.resultNow().told()).containsOnlyKeys(A);
    }

    @Test
    void isAnsweredAtOnceWhenThereIsNobodyToAsk() {
        assertThat(ask().resultNow().told()).isEmpty();
        assertThat(ask(CUT_OFF).resultNow().silent()).containsExactly(CUT_OFF);
    }

    @Test
    void hearsNobodyWhoWasNotAsked() {
        CompletableFuture<Inquiries.Answers> answer = ask(A);
        answer(B);
        assertThat(answer).isNotDone();
    }

    @Test
    void takesNoMoreQuestionsThanItsLimit() {
        for (int i = 0; i < Inquiries.COUNT_MAX; i++) {
            assertThat(ask(A)).isNotDone();
        }
        assertThat(ask(A).exceptionNow()).hasMessageContaining("ask again in a moment");
        inquiries.look(Clock.system().nanos() + Inquiries.ANSWER_NANOS_MAX);
        assertThat(ask(A)).isNotDone();
    }
}
