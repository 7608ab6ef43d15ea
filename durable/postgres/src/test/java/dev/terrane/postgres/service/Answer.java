package dev.terrane.postgres.service;

import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Reply;
import dev.terrane.command.CommandReceiver.Verdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Delivers and waits for the answer. */
public final class Answer {
    private static final int ANSWER_SECONDS_MAX = 60;

    private Answer() {}

    /** @throws java.util.concurrent.CompletionException if the receiver was not available */
    public static List<Verdict> of(CommandReceiver receiver, List<Delivery> batch) {
        CompletableFuture<List<Verdict>> answer = new CompletableFuture<>();
        receiver.deliver(batch, new Reply() {
            @Override
            public void answered(List<Verdict> verdicts) {
                answer.complete(verdicts);
            }

            @Override
            public void unavailable(String why) {
                answer.completeExceptionally(new IllegalStateException("unavailable: " + why));
            }
        });
        return answer.orTimeout(ANSWER_SECONDS_MAX, TimeUnit.SECONDS).join();
    }
}
