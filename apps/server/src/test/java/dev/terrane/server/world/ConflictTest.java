package dev.terrane.server.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.checkpoint.TickRecord;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Reply;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.directory.Directory;
import dev.terrane.json.JsonPayloads;
import dev.terrane.server.plugins.PluginSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A command turns out to have been carried out elsewhere before, when the entity it was about is long in the next cell. */
class ConflictTest {
    private static final RegionId LEFT = RegionId.ORIGIN;
    private static final RegionId RIGHT = new RegionId(1, 0);
    private static final CommandResult ELSEWHERE = new CommandResult.Refused("ELSEWHERE", "it happened before");

    private final Map<RegionId, Long> seen = new ConcurrentHashMap<>();
    private final WorldRig rig = new WorldRig();
    private final MemoryJournal journal = rig.stores.journal;
    private final HostedWorld world = HostedWorld.start(
            rig.setup(2, new PluginSource("porters", () -> new Porters(seen), Map.of()), WorldRig.workers(2)),
            new Directory());

    @AfterEach
    void stop() {
        journal.release();
        world.close();
        rig.close();
    }

    @Test
    void startsEveryCellAgainThatTookSomethingOverFromTheOneThatIsVoid() throws Exception {
        // Both regions have begun: their first images would wait for the journal, and commands for them.
        assertThat(deliver(load("left", 0, 0)).get(30, TimeUnit.SECONDS)).isInstanceOf(Verdict.Settled.class);
        assertThat(deliver(load("right", 1, 0)).get(30, TimeUnit.SECONDS)).isEqualTo(refused("NO_PORTER"));
        journal.hold();
        CompletableFuture<Verdict> first = deliver(load("first", 1, 1));
        assertThat(WorldRig.comesTrue(journal::isHolding)).isTrue();
        // From here on everything goes into one commit.
        CommandEnvelope twice = load("twice", 0, 5);
        CompletableFuture<Verdict> conflicting = deliver(twice);
        assertThat(WorldRig.comesTrue(() -> Long.valueOf(5).equals(seen.get(RIGHT))))
                .as("he is beyond the border, with what he was given")
                .isTrue();
        CompletableFuture<Verdict> behind = deliver(load("behind", 1, 2));
        assertThat(WorldRig.comesTrue(() -> Long.valueOf(7).equals(seen.get(RIGHT))))
                .isTrue();
        journal.commitElsewhere(new TickRecord.Outcome(twice.idempotencyKey(), twice.payloadHash(), ELSEWHERE));
        journal.release();

        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(refused("NO_PORTER"));
        assertThat(conflicting.get(30, TimeUnit.SECONDS)).isEqualTo(new Verdict.Settled(ELSEWHERE));
        assertThat(behind.get(30, TimeUnit.SECONDS))
                .as("nobody is where it was carried out for nothing")
                .isEqualTo(refused("NO_PORTER"));
        assertThat(WorldRig.comesTrue(() -> Map.of(LEFT, 0L).equals(seen)))
                .as("what was void is gone everywhere: " + seen)
                .isTrue();
        assertThat(world.ready()).isTrue();
    }

    private static Verdict refused(String code) {
        return new Verdict.Settled(new CommandResult.Refused(code, "nobody is here"));
    }

    private static CommandEnvelope load(String request, int region, long coins) {
        Porters.Load payload = new Porters.Load(region, coins);
        return new CommandEnvelope(
                Porters.LOAD.name(),
                Porters.LOAD.version(),
                Porters.LOAD.keyRule().keyOf(payload, "admin:test"),
                new CommandEnvelope.Origin("admin:test", request),
                new CommandEnvelope.Trace("e", "e", "", "test", 0),
                new JsonPayloads().encode(payload));
    }

    private CompletableFuture<Verdict> deliver(CommandEnvelope command) {
        CompletableFuture<Verdict> answer = new CompletableFuture<>();
        world.receiver().deliver(List.of(new Delivery(1, command, 1)), new Reply() {
            @Override
            public void answered(List<Verdict> verdicts) {
                answer.complete(verdicts.getFirst());
            }

            @Override
            public void unavailable(String why) {
                answer.completeExceptionally(new IllegalStateException(why));
            }
        });
        return answer;
    }
}
