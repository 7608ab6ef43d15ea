package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.coordinator.CoordinatorLog.Leadership;
import dev.terrane.coordinator.CoordinatorLog.Proposed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link CoordinatorLog} of three coordinators has to do. Public for the rooms that have one. */
public abstract class CoordinatorLogContract {
    private static final NodeId NODE = new NodeId("sim-1");

    private Trio trio;

    /** Three coordinators, numbered from 0. */
    protected interface Trio extends AutoCloseable {
        CoordinatorLog log(int index);

        /** As by SIGKILL: it may have said anything before. */
        void kill(int index);

        /** With what it had on its disk. */
        void restart(int index);

        /** Lets time pass until this holds; fails with {@code what} when it takes too long. */
        void until(String what, BooleanSupplier holds);

        @Override
        void close();
    }

    /** Fresh, running, and each with a snapshot after every {@code snapshotEvery} entries. */
    protected abstract Trio trio(int snapshotEvery);

    @BeforeEach
    void begin() {
        trio = trio(50);
        leader(0, 1, 2);
    }

    @AfterEach
    void close() {
        trio.close();
    }

    @Test
    void whatOneProposesAllHave() {
        assertThat(propose(1, register(7)).outcome()).isEqualTo(new Outcome.Done());
        for (int index = 0; index < 3; index++) {
            CoordinatorLog log = trio.log(index);
            trio.until(
                    "node " + index + " has it",
                    () -> log.read(state -> state.nodes().size()) == 1);
        }
    }

    @Test
    void entriesFromAllSidesComeIntoOneOrder() {
        int count = 120;
        Queue<Proposed> answers = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < count; i++) {
            trio.log(i % 3).propose(value("key" + i % 5, i), answers::add);
        }
        trio.until("all answered", () -> answers.size() == count);
        Set<Long> indexes = new HashSet<>();
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer).isInstanceOfSatisfying(Proposed.Applied.class, applied -> {
                    assertThat(indexes.add(applied.index())).isTrue();
                    assertThat(applied.outcome()).isEqualTo(new Outcome.Done());
                }));
        same(0, 1, 2);
    }

    @Test
    void whatWasDecidedUnderAnOlderTermIsRefused() {
        int old = leader(0, 1, 2);
        long term = trio.log(old).leadership().term();
        trio.kill(old);
        int[] left = IntStream.range(0, 3).filter(index -> index != old).toArray();
        int next = leader(left);
        assertThat(trio.log(next).leadership().term()).isGreaterThan(term);
        Proposed.Applied applied = propose(next, new Entry(term, "leader", "", new Command.RegisterNode(info(1))));
        assertThat(applied.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Outcome.Reason.STALE_TERM));
    }

    @Test
    void whatWasAnsweredOutlivesItsLeader() {
        for (int i = 0; i < 20; i++) {
            propose(i % 3, value("key" + i, i));
        }
        int old = leader(0, 1, 2);
        trio.kill(old);
        int next = leader(IntStream.range(0, 3).filter(index -> index != old).toArray());
        for (int i = 0; i < 20; i++) {
            String key = "key" + i;
            assertThat(trio.log(next).<Boolean>read(state -> state.value(key).isPresent()))
                    .as(key)
                    .isTrue();
        }
        propose(next, value("after", 1));
    }

    @Test
    void whoComesBackHasEverythingAgain() {
        int leader = leader(0, 1, 2);
        int away = (leader + 1) % 3;
        propose(leader, register(1));
        trio.kill(away);
        for (int i = 0; i < 10; i++) {
            propose(leader, value("short" + i, i));
        }
        trio.restart(away);
        same(0, 1, 2);
    }

    @Test
    void whoComesBackLateIsGivenASnapshot() {
        int leader = leader(0, 1, 2);
        int away = (leader + 1) % 3;
        propose(leader, register(1));
        trio.kill(away);
        for (int i = 0; i < 200; i++) {
            propose(leader, value("long" + i % 7, i));
        }
        trio.restart(away);
        same(0, 1, 2);
    }

    @Test
    void allMayStartAgain() {
        int leader = leader(0, 1, 2);
        propose(leader, register(3));
        Proposed.Applied granted = propose(leader, Entry.of(0, new Command.AssignCells(NODE, List.of(cell(1)))));
        for (int i = 0; i < 70; i++) {
            propose(leader, value("key" + i % 7, i));
        }
        long term = trio.log(leader).leadership().term();
        IntStream.range(0, 3).forEach(trio::kill);
        IntStream.range(0, 3).forEach(trio::restart);
        int next = leader(0, 1, 2);
        assertThat(trio.log(next).leadership().term()).isGreaterThan(term);
        assertThat(granted.outcome())
                .isInstanceOfSatisfying(
                        Outcome.Granted.class,
                        outcome -> assertThat(trio.log(next).<List<CellGrant>>read(CoordinatorState::holders))
                                .isEqualTo(outcome.grants()));
        same(0, 1, 2);
    }

    @Test
    void aMinorityDecidesNothing() {
        int leader = leader(0, 1, 2);
        propose(leader, register(1));
        trio.kill((leader + 1) % 3);
        trio.kill((leader + 2) % 3);
        Queue<Proposed> answers = new ConcurrentLinkedQueue<>();
        trio.log(leader).propose(value("lonely", 1), answers::add);
        trio.until("it is told", () -> !answers.isEmpty());
        assertThat(answers).singleElement().isInstanceOf(Proposed.Unknown.class);
        trio.restart((leader + 1) % 3);
        int next = leader(leader, (leader + 1) % 3);
        propose(next, value("together", 1));
        same(leader, (leader + 1) % 3);
    }

    /** The leader on which these agree, and who has applied all of what came before. */
    private int leader(int... among) {
        int[] found = {-1};
        trio.until("a leader", () -> {
            Set<Long> terms = new HashSet<>();
            found[0] = -1;
            int leaders = 0;
            for (int index : among) {
                Leadership leadership = trio.log(index).leadership();
                terms.add(leadership.term());
                if (leadership.isHere()) {
                    leaders++;
                    found[0] = index;
                }
            }
            return leaders == 1 && terms.size() == 1 && !terms.contains(0L);
        });
        return found[0];
    }

    /** Until it is known what became of it. Twice does no harm to any entry here. */
    private Proposed.Applied propose(int index, Entry entry) {
        for (int tries = 0; tries < 20; tries++) {
            List<Proposed> answers = new ArrayList<>();
            trio.log(index).propose(entry, answer -> {
                synchronized (answers) {
                    answers.add(answer);
                }
            });
            trio.until("an answer to " + entry, () -> {
                synchronized (answers) {
                    return !answers.isEmpty();
                }
            });
            if (answers.getFirst() instanceof Proposed.Applied applied) {
                return applied;
            }
        }
        throw new AssertionError("nobody could say what became of " + entry);
    }

    private void same(int... among) {
        trio.until("the same state on all", () -> {
            Set<Long> hashes = new HashSet<>();
            for (int index : among) {
                hashes.add(trio.log(index).read(CoordinatorState::hash));
            }
            return hashes.size() == 1;
        });
    }

    private static Entry register(long life) {
        return new Entry(0, "node " + NODE, "", new Command.RegisterNode(info(life)));
    }

    private static NodeInfo info(long life) {
        return new NodeInfo(NODE, life, List.of(NodeInfo.Role.SIM), "127.0.0.1:7000", "0.1");
    }

    private static Entry value(String key, int number) {
        return Entry.of(0, new Command.PutValue(key, Command.PutValue.ANY, new byte[] {(byte) number, 1}));
    }

    private static CellId cell(int a) {
        return new CellId(new WorldId("w"), new RegionId(a, 0), 0);
    }
}
