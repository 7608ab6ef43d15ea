package dev.terrane.server.services;

import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Reply;
import dev.terrane.command.CommandReceiver.Verdict;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One delivered batch whose parts are with several nodes: puts what they say together in its order, and answers when nothing is missing. Any thread. */
final class PartedBatch {
    private final List<Delivery> deliveries;
    private final Reply reply;
    private final @Nullable Verdict[] verdicts;
    private int missingCount;

    PartedBatch(List<Delivery> deliveries, Reply reply) {
        this.deliveries = deliveries;
        this.reply = reply;
        this.verdicts = new Verdict[deliveries.size()];
        this.missingCount = deliveries.size();
    }

    Delivery delivery(int place) {
        return deliveries.get(place);
    }

    List<Delivery> deliveries(List<Integer> places) {
        return places.stream().map(deliveries::get).toList();
    }

    /** @param told one per place, which has none yet */
    void put(List<Integer> places, List<? extends Verdict> told) {
        synchronized (this) {
            for (int i = 0; i < places.size(); i++) {
                if (verdicts[places.get(i)] != null) {
                    throw new IllegalStateException("two verdicts for place " + places.get(i) + " of a batch");
                }
                verdicts[places.get(i)] = told.get(i);
            }
            missingCount -= places.size();
            if (missingCount > 0 || places.isEmpty()) {
                return;
            }
        }
        reply.answered(Arrays.stream(verdicts).map(Verdict.class::cast).toList());
    }

    /** Key by key: the first is not reached, those behind it wait for it. @param places all of the batch that have these keys */
    void unreached(List<Integer> places, String why) {
        Set<String> waiting = new HashSet<>();
        put(
                places,
                places.stream()
                        .map(place ->
                                waiting.add(deliveries.get(place).command().key())
                                        ? new Verdict.Unreached(why)
                                        : new Verdict.Behind())
                        .toList());
    }
}
