package dev.terrane.server.services;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Reply;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.node.NodeMessage;
import dev.terrane.server.services.CellAddresses.Address;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterCellsTest {
    private static final NodeId EAST = new NodeId("east");
    private static final NodeId WEST = new NodeId("west");
    private static final CommandResult.Refused NOWHERE = new CommandResult.Refused("NOT_IN_WORLD", "nobody");

    private final HandClock clock = new HandClock();
    private final NotedPost post = new NotedPost(EAST, WEST);
    private final RefusalBook journal = new RefusalBook();
    private final List<Runnable> jobs = new ArrayList<>();
    private final Map<String, Address> addresses = new HashMap<>(Map.of(
            "e",
            new Address.At(EAST),
            "e2",
            new Address.At(EAST),
            "w",
            new Address.At(WEST),
            "n",
            new Address.Never(NOWHERE)));
    private final ClusterCells cells = new ClusterCells(
            new ClusterCells.Ways(post, journal, jobs::add, 1_000),
            key -> addresses.getOrDefault(key, new Address.Unknown("who knows")),
            clock,
            Meters.none());
    private final List<String> answered = new ArrayList<>();

    private final Reply reply = new Reply() {
        @Override
        public void answered(List<Verdict> verdicts) {
            answered.add(texts(verdicts));
        }

        @Override
        public void unavailable(String why) {
            answered.add("unavailable");
        }
    };

    private static CommandEnvelope command(String key, String request) {
        return new CommandEnvelope(
                "cmd.test.do",
                1,
                key,
                new CommandEnvelope.Origin("admin:test", request),
                new CommandEnvelope.Trace("e", "e", "", "test", 0),
                request.getBytes(StandardCharsets.UTF_8));
    }

    private void deliver(String... keys) {
        List<Delivery> batch = new ArrayList<>();
        for (String key : keys) {
            batch.add(new Delivery(batch.size(), command(key, key + batch.size()), 1));
        }
        cells.deliver(batch, reply);
    }

    private static Verdict done(String what) {
        return new Verdict.Settled(new CommandResult.Done(what.getBytes(StandardCharsets.UTF_8)));
    }

    /** As a sim would that carries out what it gets. */
    private void answer(NodeId node) {
        NodeMessage.Deliver deliver = post.last(node);
        cells.answered(
                node,
                new NodeMessage.Delivered(
                        deliver.request(),
                        deliver.batch().stream()
                                .map(each -> done(each.command().origin().requestId()))
                                .toList()));
    }

    private static String texts(List<Verdict> verdicts) {
        List<String> texts = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            texts.add(
                    switch (verdict) {
                        case Verdict.Settled(CommandResult.Done done) ->
                            new String(done.payload(), StandardCharsets.UTF_8);
                        case Verdict.Settled(CommandResult.Refused refused) -> refused.errorCode();
                        case Verdict.Threw _ -> "threw";
                        case Verdict.Unreached _ -> "unreached";
                        case Verdict.Behind _ -> "behind";
                    });
        }
        return String.join(" ", texts);
    }

    @Test
    void partsABatchByNodesAndAnswersInItsOrder() {
        deliver("e", "w", "e2", "w", "e");
        assertThat(post.last(EAST).batch()).extracting(Delivery::offset).containsExactly(0L, 2L, 4L);
        assertThat(post.last(WEST).batch()).extracting(Delivery::offset).containsExactly(1L, 3L);
        answer(WEST);
        assertThat(answered).as("half of it is no answer").isEmpty();
        answer(EAST);
        assertThat(answered).containsExactly("e0 w1 e22 w3 e4");
    }

    @Test
    void givesBackWhatWasUnderwayOnALinkThatIsLost() {
        deliver("e", "w", "e", "e2");
        answer(WEST);
        cells.lost(EAST);
        assertThat(answered).containsExactly("unreached w1 behind unreached");
        answer(EAST);
        assertThat(answered).as("an answer that comes after all is too late").hasSize(1);
    }

    @Test
    void givesBackWhatNobodyAnswersWithinThePatience() {
        deliver("e", "w");
        answer(WEST);
        clock.pass(TimeUnit.NANOSECONDS.toMillis(ClusterCells.PATIENCE_NANOS) - 1);
        cells.sweep();
        assertThat(answered).isEmpty();
        clock.pass(1);
        cells.sweep();
        assertThat(answered).containsExactly("unreached w1");
    }

    @Test
    void givesBackAtOnceWhereThereIsNoLink() {
        post.cut(EAST);
        deliver("e", "w", "e");
        answer(WEST);
        assertThat(answered).containsExactly("unreached w1 behind");
    }

    @Test
    void givesBackWhatASimCouldNotTake() {
        deliver("e", "e");
        cells.notDelivered(EAST, new NodeMessage.NotDelivered(post.last(EAST).request(), "no store"));
        assertThat(answered).containsExactly("unreached behind");
    }

    @Test
    void neverRefusesForGoodWhatNobodyCanSayNow() {
        deliver("x", "x", "y");
        assertThat(answered).containsExactly("unreached behind unreached");
        assertThat(journal.outcomes).isEmpty();
    }

    @Test
    void recordsWhatNobodyWillEverCarryOut() {
        deliver("n", "w");
        answer(WEST);
        assertThat(answered).isEmpty();
        jobs.removeFirst().run();
        assertThat(answered).containsExactly("NOT_IN_WORLD w1");
        assertThat(journal.outcomes).hasSize(1);
    }

    @Test
    void givesTheRecordedResultOfWhoHasLeftTheWorldSince() {
        CommandEnvelope earlier = command("n", "n0");
        journal.outcomes.put(
                earlier.idempotencyKey(),
                new TickRecord.Outcome(
                        earlier.idempotencyKey(), earlier.payloadHash(), new CommandResult.Done(new byte[] {'!'})));
        deliver("n");
        jobs.removeFirst().run();
        assertThat(answered).containsExactly("!");
    }

    @Test
    void tellsAnotherPayloadUnderTheSameRequest() {
        CommandEnvelope earlier = command("n", "n0");
        journal.outcomes.put(
                earlier.idempotencyKey(),
                new TickRecord.Outcome(
                        earlier.idempotencyKey(), earlier.payloadHash() + 1, new CommandResult.Done(new byte[0])));
        deliver("n");
        jobs.removeFirst().run();
        assertThat(answered).containsExactly(CommandErrors.CONFLICT);
    }

    @Test
    void refusesNothingWhileTheStoreCannotBeAsked() {
        journal.away = true;
        deliver("n", "n");
        jobs.removeFirst().run();
        assertThat(answered).containsExactly("unreached behind");
    }

    @Test
    void heedsNoAnswerOfAnotherNodeAndNoneOfAnotherLength() {
        deliver("e", "e2");
        long request = post.last(EAST).request();
        cells.answered(WEST, new NodeMessage.Delivered(request, List.of(done("a"), done("b"))));
        assertThat(answered).isEmpty();
        cells.answered(EAST, new NodeMessage.Delivered(request, List.of(done("a"))));
        assertThat(answered).containsExactly("unreached unreached");
    }

    @Test
    void sendsWhatComesAgainToWhoeverHasTheKeyNow() {
        deliver("e");
        cells.lost(EAST);
        addresses.put("e", new Address.At(WEST));
        deliver("e");
        answer(WEST);
        assertThat(answered).containsExactly("unreached", "e0");
    }

    @Test
    void answersAnEmptyBatch() {
        deliver();
        assertThat(answered).containsExactly("");
    }
}
