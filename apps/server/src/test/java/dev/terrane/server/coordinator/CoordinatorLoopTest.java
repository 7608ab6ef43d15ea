package dev.terrane.server.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.CoordinatorLog;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.raft.CoordinatorPeer;
import dev.terrane.space.StripPartition;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A coordinator whose thread meets what no program goes on from. */
class CoordinatorLoopTest {
    /** It leads, and its third look fails. */
    private static final class FailingLog implements CoordinatorLog {
        private final CoordinatorState state = new CoordinatorState();
        private final Throwable failure;
        private final CountDownLatch looks = new CountDownLatch(5);

        private FailingLog(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void propose(Entry entry, Consumer<Proposed> answer) {
            answer.accept(new Proposed.Unknown("nobody does"));
        }

        @Override
        public synchronized <T> T read(Function<CoordinatorState, T> look) {
            return look.apply(state);
        }

        @Override
        public Leadership leadership() {
            looks.countDown();
            if (looks.getCount() == 2) {
                switch (failure) {
                    case RuntimeException bug -> throw bug;
                    case Error grave -> throw grave;
                    default -> throw new AssertionError(failure);
                }
            }
            return new Leadership(1, "c1", true);
        }

        @Override
        public void onChange(Runnable listener) {}
    }

    /** Nobody is linked. */
    private static final class NoPost implements NodePost {
        @Override
        public boolean tell(NodeId peer, NodeMessage message) {
            return false;
        }

        @Override
        public void flush() {}

        @Override
        public Set<NodeId> linked() {
            return Set.of();
        }
    }

    private static CoordinatorRole role(CoordinatorLog log) {
        CoordinatorSettings settings = new CoordinatorSettings(
                new NodeId("c1"),
                List.of(new CoordinatorPeer("c1", "unused", 1)),
                Path.of("unused"),
                CoordinatorSettings.timing(250),
                WorldPlan.of(new WorldId("w"), new StripPartition(2, 256, 512), 20, 1, false));
        return CoordinatorRole.over(log, settings, new NoPost(), Clock.system(), Meters.none());
    }

    @Test
    void isBrokenAndLeadsNoMoreAfterAnError() {
        NoClassDefFoundError grave = new NoClassDefFoundError("a file of the build is away");
        try (CoordinatorRole role = role(new FailingLog(grave))) {
            Cluster.until("it is broken", () -> role.broken() != null);
            assertThat(role.broken()).isSameAs(grave);
            assertThat(role.loop().leadership().isHere()).isFalse();
        }
    }

    @Test
    void goesOnAfterAnException() throws InterruptedException {
        FailingLog log = new FailingLog(new IllegalStateException("a bug"));
        try (CoordinatorRole role = role(log)) {
            assertThat(log.looks.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(role.broken()).isNull();
        }
    }
}
