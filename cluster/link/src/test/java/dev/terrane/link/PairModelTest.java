package dev.terrane.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two nodes that both dial, over cables that are slow and get cut: in the end they have one connection, and the same. */
class PairModelTest {
    private static final long MILLI = 1_000_000;

    @Test
    void agreesOnOneConnectionHoweverDialsCross() {
        for (long seed = 1; seed <= 200; seed++) {
            new Pair(seed).play();
        }
    }

    private static final class Pair {
        private final long seed;
        private final Rng rng;
        private final Node[] nodes = {new Node("a", "b"), new Node("b", "a")};
        private final List<Cable> cables = new ArrayList<>();
        private long nowNanos;

        Pair(long seed) {
            this.seed = seed;
            this.rng = new Rng(seed);
        }

        void play() {
            for (int step = 0; step < 400; step++) {
                nowNanos += rng.nextInt(20) * MILLI;
                switch (rng.nextInt(12)) {
                    case 0 -> dial(rng.nextInt(2));
                    case 1 -> cut();
                    case 2 -> restart(rng.nextInt(2));
                    default -> carryOne(rng.nextInt(300));
                }
                check(step);
            }
            for (int round = 0; round < 300; round++) {
                nowNanos += 20 * MILLI;
                dial(round % 2);
                for (Cable cable : List.copyOf(cables)) {
                    cable.carry(0, Integer.MAX_VALUE);
                    cable.carry(1, Integer.MAX_VALUE);
                }
                check(400 + round);
            }
            assertThat(cables).as("seed %d", seed).hasSize(1);
            assertThat(nodes[0].book.connections()).as("seed %d", seed).hasSize(1);
            assertThat(nodes[0].book.connections().getFirst().cable)
                    .as("seed %d", seed)
                    .isSameAs(nodes[1].book.connections().getFirst().cable);
        }

        /** A node dials when it has no link and no dial of its own on the way. */
        private void dial(int side) {
            Node node = nodes[side];
            boolean underway =
                    cables.stream().anyMatch(cable -> cable.dialler == side && !cable.ends[side].machine.ended());
            if (!underway && !node.book.has(new NodeId(node.peer))) {
                cables.add(new Cable(side));
            }
        }

        private void carryOne(int countMax) {
            if (!cables.isEmpty()) {
                cables.get(rng.nextInt(cables.size())).carry(rng.nextInt(2), countMax);
            }
        }

        private void cut() {
            if (!cables.isEmpty() && rng.nextInt(3) == 0) {
                cables.get(rng.nextInt(cables.size())).cut();
            }
        }

        /** Its sockets close with it; what they had carried already still arrives. */
        private void restart(int side) {
            if (rng.nextInt(5) == 0) {
                for (Cable cable : List.copyOf(cables)) {
                    cable.ends[side].machine.onReset(LinkEnd.RESET, "killed");
                }
                nodes[side].life++;
            }
        }

        private void check(int step) {
            for (Node node : nodes) {
                assertThat(node.openCount)
                        .as("seed %d step %d node %s", seed, step, node.name)
                        .isBetween(0, 1);
            }
        }

        private final class Cable {
            final int dialler;
            final End[] ends;
            private final byte[][] underway = {{}, {}};

            Cable(int dialler) {
                this.dialler = dialler;
                this.ends = new End[] {new End(nodes[0], this), new End(nodes[1], this)};
            }

            /** From that side to the other. */
            void carry(int side, int countMax) {
                LinkMachine from = ends[side].machine;
                LinkMachine to = ends[1 - side].machine;
                from.onTimer(nowNanos);
                byte[] batch = new byte[8192];
                ByteArrayOutputStream joined = new ByteArrayOutputStream();
                joined.writeBytes(underway[side]);
                joined.write(batch, 0, from.take(batch));
                byte[] all = joined.toByteArray();
                int count = Math.min(countMax, all.length);
                underway[side] = Arrays.copyOfRange(all, count, all.length);
                if (count > 0) {
                    to.receive(all, 0, count, nowNanos);
                }
                if (from.ended() && underway[side].length == 0) {
                    to.onReset(LinkEnd.RESET, "closed");
                }
                if (from.ended() && to.ended()) {
                    cables.remove(this);
                }
            }

            void cut() {
                cables.remove(this);
                ends[0].machine.onReset(LinkEnd.RESET, "cut");
                ends[1].machine.onReset(LinkEnd.RESET, "cut");
            }
        }

        private final class End implements LinkHost {
            final Cable cable;
            final LinkMachine machine;
            private final Node node;
            private boolean opened;

            End(Node node, Cable cable) {
                this.node = node;
                this.cable = cable;
                LinkHello self = new LinkHello("test", new NodeId(node.name), node.life, List.of(), LinkHello.VERSIONS);
                machine = new LinkMachine(
                        self, new NodeId(node.peer), LinkLimits.defaults(), LinkTimes.defaults(), this, nowNanos);
            }

            @Override
            public @Nullable LinkLoss admit(LinkHello peer) {
                return node.book.admit(peer, nowNanos);
            }

            @Override
            public void opened(LinkInfo info) {
                End before = node.book.opened(this, machine);
                if (before != null) {
                    before.machine.close(LinkEnd.REPLACED, "newer");
                }
                opened = true;
                node.openCount++;
            }

            @Override
            public void received(Lane lane, byte[] bytes, int offset, int length) {}

            @Override
            public void ended(LinkLoss loss) {
                node.book.ended(this, machine);
                if (opened) {
                    node.openCount--;
                }
            }
        }

        private final class Node {
            final String name;
            final String peer;
            final PairBook<End> book = new PairBook<>(LinkTimes.defaults());
            long life = 1;
            int openCount;

            Node(String name, String peer) {
                this.name = name;
                this.peer = peer;
            }
        }
    }
}
