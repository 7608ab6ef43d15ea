package dev.terrane.server.lanes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.LaneStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lane's thread outlives bugs. */
class LaneLoopTest {
    private static final CommandReceiver NOBODY = (_, reply) -> reply.unavailable("nobody is here");

    private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        waiting.shutdownNow();
    }

    private LaneLoop loop(LaneStore store, CommandReceiver receiver) {
        LaneLoop.Setup setup = new LaneLoop.Setup(
                store, "node-1", waiting, Clock.system(), Meters.none(), new LaneLoop.Limits(100, 60_000_000_000L));
        return new LaneLoop("shop", setup, receiver, _ -> {});
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void goesOnAfterAnAnswerThatItCannotDigest() throws InterruptedException {
        CountDownLatch appended = new CountDownLatch(2);
        LaneStore store = new ScriptedLaneStore(1) {
            @Override
            public Appended append(String lane, List<CommandEnvelope> commands) {
                appended.countDown();
                return new Appended.Kept(List.of(new LaneSegment(new LanePartition(lane, 99), 0, commands)));
            }
        };
        CountDownLatch told = new CountDownLatch(2);
        try (LaneLoop loop = loop(store, NOBODY)) {
            loop.start();
            loop.offer(ScriptedLaneStore.command(0), _ -> {
                told.countDown();
                loop.offer(ScriptedLaneStore.command(0), _ -> told.countDown());
            });
            await(told);
            await(appended);
        }
    }

    @Test
    void tellsOthersAlthoughOneProducerThrows() throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        try (LaneLoop loop = loop(new ScriptedLaneStore(1), NOBODY)) {
            loop.offer(ScriptedLaneStore.command(0), _ -> {
                throw new IllegalStateException("a bug of a producer");
            });
            loop.offer(ScriptedLaneStore.command(0), _ -> told.countDown());
            loop.start();
            await(told);
        }
    }

    @Test
    void bringsTheBatchesOfOtherPartitionsAlthoughAReceiverThrowsAndThatOneAgain() throws InterruptedException {
        Set<String> taken = new ConcurrentSkipListSet<>();
        CountDownLatch others = new CountDownLatch(3);
        CountDownLatch again = new CountDownLatch(2);
        CommandReceiver receiver = (batch, reply) -> {
            String key = batch.getFirst().command().key();
            if (key.equals("key-0")) {
                again.countDown();
                throw new IllegalStateException("a bug of a receiver");
            }
            if (taken.add(key)) {
                others.countDown();
            }
            reply.unavailable("later");
        };
        try (LaneLoop loop = loop(new ScriptedLaneStore(4), receiver)) {
            loop.start();
            await(others);
            await(again);
        }
    }
}
