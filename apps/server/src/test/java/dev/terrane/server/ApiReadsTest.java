package dev.terrane.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.http.ApiAnswer;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ApiReadsTest {
    @Test
    void whoeverAsksWhileTooManyWaitIsToldToComeAgain() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answers = new CountDownLatch(1);
        try (ApiReads reads = new ApiReads(1, 1)) {
            CompletionStage<ApiAnswer> slow = reads.answer(() -> {
                asked.countDown();
                await(answers);
                return "\"slow\"";
            });
            await(asked);
            CompletionStage<ApiAnswer> waiting = reads.answer(() -> "\"second\"");
            assertThat(reads.answer(() -> "\"third\"").toCompletableFuture())
                    .isCompletedWithValueMatching(answer -> answer instanceof ApiAnswer.Refused refused
                            && refused.status() == 503
                            && refused.retryAfterSeconds() > 0);
            answers.countDown();
            assertThat(slow.toCompletableFuture().get(30, TimeUnit.SECONDS)).isEqualTo(ApiAnswer.ok("\"slow\""));
            assertThat(waiting.toCompletableFuture().get(30, TimeUnit.SECONDS)).isEqualTo(ApiAnswer.ok("\"second\""));
        }
    }

    @Test
    void tellsThatTheDatabaseIsAway() throws Exception {
        try (ApiReads reads = new ApiReads(1, 1)) {
            ApiAnswer answer = reads.answer(() -> {
                        throw new StoreUnavailableException("away", new IllegalStateException());
                    })
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            ApiAnswer.Refused.class,
                            refused -> assertThat(refused.status()).isEqualTo(503));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
