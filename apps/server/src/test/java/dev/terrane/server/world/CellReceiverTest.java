package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Reply;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.command.CommandType;
import dev.terrane.directory.Directory;
import dev.terrane.json.JsonPayloads;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.server.plugins.PluginSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CellReceiverTest {
    private static final JsonPayloads JSON = new JsonPayloads();
    private static final String ADA = "character:" + UUID.nameUUIDFromBytes(new byte[] {1});

    private final WorldRig rig = new WorldRig();
    private final MemoryJournal journal = rig.stores.journal;
    private final Directory directory = new Directory();
    private HostedWorld world = start();
    private long lastOffset;

    private HostedWorld start() {
        return HostedWorld.start(
                rig.setup(2, new PluginSource("chests", Chests::new, Map.of()), WorldRig.workers(2)), directory);
    }

    @AfterEach
    void stop() {
        journal.away = false;
        world.close();
        rig.close();
    }

    private <P extends Record> Delivery command(String request, CommandType<P> type, P payload) {
        return new Delivery(
                ++lastOffset,
                new CommandEnvelope(
                        type.name(),
                        type.version(),
                        type.keyRule().keyOf(payload, ADA),
                        new CommandEnvelope.Origin(ADA, request),
                        new CommandEnvelope.Trace("e", "e", "", "test", 0),
                        JSON.encode(payload)),
                1);
    }

    private Delivery put(String request, int region, long coins) {
        return command(request, Chests.PUT, new Chests.Put(region, coins));
    }

    private CompletableFuture<List<Verdict>> deliver(Delivery... deliveries) {
        CompletableFuture<List<Verdict>> answer = new CompletableFuture<>();
        world.receiver().deliver(List.of(deliveries), new Reply() {
            @Override
            public void answered(List<Verdict> verdicts) {
                answer.complete(verdicts);
            }

            @Override
            public void unavailable(String why) {
                answer.completeExceptionally(new IllegalStateException(why));
            }
        });
        return answer;
    }

    private static List<String> texts(CompletableFuture<List<Verdict>> answer) throws Exception {
        List<String> texts = new ArrayList<>();
        for (Verdict verdict : answer.get(30, TimeUnit.SECONDS)) {
            texts.add(
                    switch (verdict) {
                        case Verdict.Settled(CommandResult.Done done) -> new String(done.payload(), "UTF-8");
                        case Verdict.Settled(CommandResult.Refused refused) -> refused.errorCode();
                        case Verdict.Threw _ -> "threw";
                        case Verdict.Unreached _ -> "unreached";
                        case Verdict.Behind _ -> "behind";
                    });
        }
        return texts;
    }

    @Test
    void carriesABatchOutInSeveralCellsAndAnswersInItsOrder() throws Exception {
        assertThat(texts(deliver(put("a", 0, 1), put("b", 1, 10), put("c", 0, 2), put("d", 1, 20))))
                .containsExactly("{\"coins\":1}", "{\"coins\":10}", "{\"coins\":3}", "{\"coins\":30}");
        assertThat(journal.outcomeCount()).isEqualTo(4);
    }

    @Test
    void givesTheRecordedResultWhenACommandComesAgain() throws Exception {
        texts(deliver(put("a", 0, 5)));
        assertThat(texts(deliver(put("a", 0, 5), put("b", 0, 1)))).containsExactly("{\"coins\":5}", "{\"coins\":6}");
    }

    @Test
    void whatComesTooLateIsRefusedForGoodUnlessItWasDoneBefore() throws Exception {
        Delivery late = command("late", Chests.PUT, new Chests.Put(0, 5, -1L));
        Delivery early = command("early", Chests.PUT, new Chests.Put(0, 7, Long.MAX_VALUE));
        assertThat(texts(deliver(late, early))).containsExactly(CommandErrors.TOO_LATE, "{\"coins\":7}");
        assertThat(journal.outcomeCount()).isEqualTo(2);
        assertThat(texts(deliver(late, early))).containsExactly(CommandErrors.TOO_LATE, "{\"coins\":7}");
    }

    @Test
    void losesNoEffectWhenTheProcessDiesBeforeTheNextCheckpoint() throws Exception {
        assertThat(texts(deliver(put("a", 0, 5), put("b", 1, 7)))).hasSize(2);
        rig.stores.away = true;
        world.close(); // what the cells hand out at their end reaches no store
        rig.stores.away = false;
        world = start();
        assertThat(texts(deliver(put("a", 0, 5), put("c", 0, 1), put("d", 1, 1))))
                .containsExactly("{\"coins\":5}", "{\"coins\":6}", "{\"coins\":8}");
    }

    @Test
    void losesNoEffectWhenACellFailsAfterIt() throws Exception {
        assertThat(texts(deliver(put("a", 0, 5)))).containsExactly("{\"coins\":5}");
        assertThat(texts(deliver(put("b", 0, 13)))).containsExactly("threw");
        assertThat(texts(deliver(put("c", 0, 1)))).containsExactly("{\"coins\":6}");
    }

    @Test
    void takesNoResultForItsOwnThatAFormerOwnersDeliveryOfTheSameNumberHad() throws Exception {
        CommandEnvelope others = put("others", 1, 7).command();
        CellReceiver receiver = (CellReceiver) world.receiver();
        CompletableFuture<List<Verdict>> mine = deliver(put("mine", 0, 5)); // a tick or two are to go until it is done
        for (long ticket = 0; ticket < 10; ticket++) {
            CellCommand foreign = new CellCommand(ticket, 0, others, new Chests.Put(1, 7));
            receiver.settled(foreign, new CommandResult.Done("wrong".getBytes("UTF-8")));
            receiver.broken(foreign, "wrong");
            receiver.failed(new CellId(new WorldId("none"), new RegionId(9, 9), 0), 1, foreign);
        }
        assertThat(texts(mine)).containsExactly("{\"coins\":5}");
    }

    @Test
    void refusesTheSameRequestWithAnotherPayload() throws Exception {
        texts(deliver(put("a", 0, 5)));
        assertThat(texts(deliver(put("a", 0, 6)))).containsExactly(CommandErrors.CONFLICT);
        assertThat(texts(deliver(put("b", 0, 1)))).containsExactly("{\"coins\":6}");
    }

    @Test
    void carriesOutOnceWhatStandsTwiceInABatch() throws Exception {
        assertThat(texts(deliver(put("a", 0, 5), put("b", 0, 1), put("a", 0, 5), put("a", 0, 6))))
                .containsExactly("{\"coins\":5}", "{\"coins\":6}", "{\"coins\":5}", CommandErrors.CONFLICT);
        assertThat(texts(deliver(put("c", 0, 1)))).as("and the cell lives").containsExactly("{\"coins\":7}");
    }

    @Test
    void answersWhatIsDoneWhenABatchComesAgainAndTheRestIsStillWithACell() throws Exception {
        Delivery done = put("a", 0, 5);
        texts(deliver(done));
        journal.commitsNothing = true;
        Delivery stuck = put("b", 1, 7);
        Delivery behind = put("c", 1, 1);
        CompletableFuture<List<Verdict>> patience = deliver(done, stuck, behind);
        assertThat(texts(deliver(done, stuck, behind))).containsExactly("{\"coins\":5}", "unreached", "behind");
        assertThat(patience).as("whoever delivers has given this one up").isNotDone();
        journal.commitsNothing = false;
        assertThat(untilReached(stuck)).as("carried out once").containsExactly("{\"coins\":7}");
        assertThat(texts(deliver(behind))).containsExactly("{\"coins\":8}");
    }

    @Test
    void findsOutWhatBecameOfACommandWhoseCellDiedAlthoughItWasGivenBackMeanwhile() throws Exception {
        journal.commitsNothing = true;
        Delivery stuck = put("b", 0, 7);
        CompletableFuture<List<Verdict>> patience = deliver(stuck);
        CompletableFuture<List<Verdict>> culprit = deliver(put("x", 0, 13));
        assertThat(texts(culprit)).containsExactly("threw"); // and with it died the cell that had the other
        assertThat(texts(deliver(stuck))).containsExactly("unreached");
        assertThat(patience).as("whoever delivers has given this one up").isNotDone();
        journal.commitsNothing = false;
        assertThat(untilReached(stuck)).as("carried out once").containsExactly("{\"coins\":7}");
        assertThat(texts(deliver(put("c", 0, 1)))).containsExactly("{\"coins\":8}");
    }

    /** While the store is slow to come back. */
    private List<String> untilReached(Delivery delivery) throws Exception {
        List<String> answer = List.of("unreached");
        for (int i = 0; i < 10 && answer.equals(List.of("unreached")); i++) {
            answer = texts(deliver(delivery));
        }
        return answer;
    }

    @Test
    void answersAnEmptyBatch() throws Exception {
        assertThat(texts(deliver())).isEmpty();
    }

    @Test
    void refusesTheSameForGoodWhatNoCellCanDo() throws Exception {
        assertThat(texts(
                        deliver(put("a", 7, 5), command("b", Chests.GREET, new Chests.Greet("hello")), put("c", 0, 1))))
                .containsExactly("UNKNOWN_REGION", "NOT_IN_WORLD", "{\"coins\":1}");
        assertThat(journal.outcomeCount()).isEqualTo(3);
    }

    @Test
    void givesBackOnlyTheKeysOfCellsThatCannotBeReached() throws Exception {
        CharacterId ada = new CharacterId(UUID.fromString(ADA.substring("character:".length())));
        directory.claim(ada, new CellId(new WorldId("test"), RegionId.ORIGIN, 0)); // and nobody spawns her
        Delivery hello = command("b", Chests.GREET, new Chests.Greet("hello"));
        Delivery again = command("d", Chests.GREET, new Chests.Greet("again"));
        assertThat(texts(deliver(put("a", 0, 1), hello, put("c", 1, 2), again)))
                .containsExactly("{\"coins\":1}", "unreached", "{\"coins\":2}", "behind");
        assertThat(journal.outcomeCount()).as("nothing is noted of the others").isEqualTo(2);
    }

    @Test
    void refusesPayloadsAgainstTheirTypeAndTypesThatNobodyKnows() throws Exception {
        Delivery good = put("a", 0, 5);
        CommandEnvelope envelope = good.command();
        Delivery bad = new Delivery(
                9,
                new CommandEnvelope(
                        envelope.type(), 1, envelope.key(), envelope.origin(), envelope.trace(), new byte[] {'{'}),
                1);
        Delivery newer = new Delivery(
                10,
                new CommandEnvelope(
                        envelope.type(),
                        2,
                        envelope.key(),
                        new CommandEnvelope.Origin(ADA, "x"),
                        envelope.trace(),
                        envelope.payload()),
                1);
        assertThat(texts(deliver(bad, newer)))
                .containsExactly(CommandErrors.INVALID_PAYLOAD, CommandErrors.UNKNOWN_VERSION);
    }

    @Test
    void answersOnceTheStoreIsBackThoughItsAnswersWereLost() throws Exception {
        texts(deliver(put("a", 0, 1)));
        journal.losesAnswers = true;
        assertThat(texts(deliver(put("b", 0, 1)))).containsExactly("{\"coins\":2}");
        CompletableFuture<List<Verdict>> waiting = deliver(put("c", 0, 1));
        assertThat(texts(waiting)).containsExactly("{\"coins\":3}");
    }

    @Test
    void saysThatItIsUnavailableWhileTheStoreCannotBeAsked() {
        journal.away = true;
        assertThat(deliver(put("a", 0, 1))).failsWithin(30, TimeUnit.SECONDS);
        journal.away = false;
    }

    @Test
    void goesOnWhenAnAnswerCannotBeWritten() throws Exception {
        texts(deliver(put("a", 0, 1)));
        assertThat(texts(deliver(put("b", 0, 17), put("c", 1, 7)))).containsExactly("threw", "{\"coins\":7}");
        assertThat(texts(deliver(put("d", 0, 1), put("e", 1, 1))))
                .as("what could not be written is undone")
                .containsExactly("{\"coins\":2}", "{\"coins\":8}");
    }

    @Test
    void findsTheCommandThatKilledItsCellAndCarriesOutTheOthers() throws Exception {
        assertThat(texts(deliver(put("a", 0, 1), put("b", 0, 13), put("c", 0, 2), put("d", 1, 7))))
                .containsExactly("{\"coins\":1}", "threw", "behind", "{\"coins\":7}");
    }
}
