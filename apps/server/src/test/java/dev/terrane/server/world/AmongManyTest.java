package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Reply;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.directory.Directory;
import dev.terrane.json.JsonPayloads;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellCommand;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.StripPartition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A receiver that has some of a world's cells: the clock stands still, so nothing here is answered because time is up. */
class AmongManyTest {
    private static final WorldId WORLD = new WorldId("test");
    private static final CellId CELL = new CellId(WORLD, RegionId.ORIGIN, 0);
    private static final String ADA = "character:" + UUID.nameUUIDFromBytes(new byte[] {1});
    private static final CharacterId ADAS = new CharacterId(UUID.nameUUIDFromBytes(new byte[] {1}));
    private static final CommandResult ELSEWHERE = new CommandResult.Done("elsewhere".getBytes(StandardCharsets.UTF_8));

    private final ScheduledExecutorService jobs = Executors.newScheduledThreadPool(1);
    private final MemoryJournal journal = new MemoryJournal();
    private final Directory directory = new Directory();
    private final OneCell cells = new OneCell(directory);
    private final CellReceiver receiver = new CellReceiver(
            journal,
            new CommandCatalogue(List.of(Chests.PUT, Chests.GREET), new JsonPayloads()),
            cells,
            new WorldSetup.Runtime(new HandClock(), Meters.none(), jobs),
            (_, _) -> {});

    /** Stands in for the only cell that is here. */
    private static final class OneCell extends CellFinder {
        volatile boolean here = true;
        volatile long epoch = 3;
        volatile Admission admission = Admission.ACCEPTED;
        volatile Runnable onOffer = () -> {};
        final List<CellCommand> taken = new CopyOnWriteArrayList<>();

        OneCell(Directory directory) {
            super(WORLD, new StripPartition(2, 256, 512), directory, new Seats(), false);
        }

        @Override
        boolean isElsewhere(CellId cell) {
            return !(here && cell.equals(CELL));
        }

        @Override
        long epoch(CellId cell) {
            return here && cell.equals(CELL) ? epoch : -1;
        }

        @Override
        Admission offer(CellId cell, long offeredEpoch, CellInput message) {
            Admission answer = admission;
            onOffer.run();
            if (answer == Admission.ACCEPTED) {
                taken.addAll(((CellInput.Commands) message).commands());
            }
            return answer;
        }
    }

    @AfterEach
    void stop() {
        jobs.shutdownNow();
    }

    private static CommandEnvelope greet(String request, String key) {
        return new CommandEnvelope(
                Chests.GREET.name(),
                Chests.GREET.version(),
                key,
                new CommandEnvelope.Origin(ADA, request),
                new CommandEnvelope.Trace("e", "e", "", "test", 0),
                new JsonPayloads().encode(new Chests.Greet("hi")));
    }

    private CompletableFuture<List<String>> deliver(CommandEnvelope... commands) {
        List<Delivery> batch = new ArrayList<>();
        for (CommandEnvelope command : commands) {
            batch.add(new Delivery(batch.size(), command, 1));
        }
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        receiver.deliver(batch, new Reply() {
            @Override
            public void answered(List<Verdict> verdicts) {
                answer.complete(verdicts.stream().map(AmongManyTest::text).toList());
            }

            @Override
            public void unavailable(String why) {
                answer.completeExceptionally(new IllegalStateException(why));
            }
        });
        return answer;
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Settled(CommandResult.Done done) -> new String(done.payload(), StandardCharsets.UTF_8);
            case Verdict.Settled(CommandResult.Refused refused) -> refused.errorCode();
            default -> verdict.getClass().getSimpleName();
        };
    }

    private static List<String> get(CompletableFuture<List<String>> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    private void committedElsewhere(CommandEnvelope command) {
        journal.commitElsewhere(new TickRecord.Outcome(command.idempotencyKey(), command.payloadHash(), ELSEWHERE));
    }

    @Test
    void givesBackAtOnceWhatIsForCellsOfOtherNodes() throws Exception {
        assertThat(get(deliver(greet("a", ADA), greet("b", "region:1,0"), greet("c", ADA), greet("d", "region:9,9"))))
                .as("somebody unknown, another's region, behind the first, and what no world has")
                .containsExactly("Unreached", "Unreached", "Behind", "UNKNOWN_REGION");
        assertThat(journal.outcomeCount())
                .as("nothing but what is hopeless everywhere is refused for good")
                .isEqualTo(1);
    }

    @Test
    void givesBackWhatItsCellDidNotCarryOutBeforeTheAvatarLeft() throws Exception {
        directory.arrived(ADAS, CELL, 7, 1);
        CompletableFuture<List<String>> answer = deliver(greet("a", ADA));
        assertThat(WorldRig.comesTrue(() -> cells.taken.size() == 1)).isTrue();
        directory.leftTowards(ADAS, new CellId(WORLD, new RegionId(1, 0), 0), 7, 2);
        receiver.elsewhere(cells.taken.getFirst());
        assertThat(get(answer)).containsExactly("Unreached");
    }

    @Test
    void asksTheStoreAnewBeforeAnAvatarThatCameBackGetsItsCommand() throws Exception {
        directory.arrived(ADAS, CELL, 7, 1);
        CommandEnvelope command = greet("a", ADA);
        CompletableFuture<List<String>> answer = deliver(command);
        assertThat(WorldRig.comesTrue(() -> cells.taken.size() == 1)).isTrue();
        committedElsewhere(command); // it was on another node for a moment
        receiver.elsewhere(cells.taken.getFirst());
        assertThat(get(answer)).containsExactly("elsewhere");
        assertThat(cells.taken).hasSize(1);
    }

    @Test
    void givesBackWhatACellHadThatIsTakenAway() throws Exception {
        CompletableFuture<List<String>> answer = deliver(greet("a", "region:0,0"), greet("b", "region:0,0"));
        assertThat(WorldRig.comesTrue(() -> cells.taken.size() == 2)).isTrue();
        cells.here = false;
        receiver.failed(CELL, 3, null);
        assertThat(get(answer)).containsExactly("Unreached", "Unreached");
    }

    @Test
    void asksTheStoreAnewWhenTheCellRunsUnderAnotherEpochThanItWasAskedUnder() throws Exception {
        cells.epoch = -1;
        CommandEnvelope command = greet("a", "region:0,0");
        CompletableFuture<List<String>> answer = deliver(command);
        // A former owner commits it, before the fence is raised that this node's cell begins behind.
        committedElsewhere(command);
        cells.epoch = 4;
        assertThat(get(answer)).containsExactly("elsewhere");
        assertThat(cells.taken).isEmpty();
    }

    @Test
    void asksTheStoreAnewWhenTheCellDidNotTakeItBecauseOfWhatItsFormerSelfDid() throws Exception {
        CommandEnvelope command = greet("a", "region:0,0");
        cells.admission = Admission.FULL;
        cells.onOffer = () -> {
            committedElsewhere(command);
            cells.admission = Admission.ACCEPTED;
        };
        assertThat(get(deliver(command))).containsExactly("elsewhere");
        assertThat(cells.taken).isEmpty();
    }

    @Test
    void waitsForACellThatStartsHere() throws Exception {
        cells.epoch = -1;
        CompletableFuture<List<String>> answer = deliver(greet("a", "region:0,0"));
        assertThat(answer).isNotDone();
        cells.epoch = 4;
        assertThat(WorldRig.comesTrue(() -> cells.taken.size() == 1)).isTrue();
        receiver.settled(cells.taken.getFirst(), new CommandResult.Done(new byte[] {'!'}));
        assertThat(get(answer)).containsExactly("!");
    }
}
