package dev.terrane.link.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.link.Lane;
import dev.terrane.link.LinkHello;
import dev.terrane.link.LinkLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets, real TLS, on loopback. */
class LinksIT {
    @TempDir
    static Path folder;

    @TempDir
    static Path foreignFolder;

    @Test
    void connectsTwoNodesThatDialEachOther() throws Exception {
        try (TestNode a = new TestNode(folder, "a");
                TestNode b = new TestNode(folder, "b")) {
            a.dial(b);
            b.dial(a);
            a.await("connected b");
            b.await("connected a");
            assertThat(a.offer(b, Lane.DATA, "big")).isTrue();
            assertThat(a.offer(b, Lane.CONTROL, "small")).isTrue();
            a.links.flush();
            b.await("received a CONTROL small");
            b.await("received a DATA big");
            assertThat(b.offer(a, Lane.DATA, "back")).isTrue();
            b.links.flush();
            a.await("received b DATA back");
            assertThat(a.meters.gauged("link_open_connections")).isEqualTo(1);
            assertThat(a.links.lastHeardNanos(b.id)).isNotEqualTo(Links.NEVER);
        }
    }

    @Test
    void connectsThreeNodesAllDialling() throws Exception {
        try (TestNode a = new TestNode(folder, "a");
                TestNode b = new TestNode(folder, "b");
                TestNode c = new TestNode(folder, "c")) {
            List<TestNode> nodes = List.of(a, b, c);
            for (TestNode from : nodes) {
                nodes.stream().filter(to -> to != from).forEach(from::dial);
            }
            for (TestNode from : nodes) {
                from.await("connected");
                from.await("connected");
                assertThat(from.meters.gauged("link_open_connections")).isEqualTo(2);
            }
            for (TestNode from : nodes) {
                nodes.stream()
                        .filter(to -> to != from)
                        .forEach(to -> from.offer(to, Lane.DATA, "hello from " + from.id));
                from.links.flush();
            }
            for (TestNode to : nodes) {
                to.await("received");
                to.await("received");
            }
        }
    }

    @Test
    void refusesCertificatesOfAForeignAuthority() throws Exception {
        try (TestNode here = new TestNode(folder, "a");
                TestNode foreign = new TestNode(foreignFolder, "b")) {
            foreign.dial(here);
            foreign.await("refused TLS");
            here.dial(foreign);
            here.await("refused TLS");
            assertThat(here.meters.counted("link_refused_connections", "reason", "TLS"))
                    .isPositive();
            assertThat(here.meters.gauged("link_open_connections")).isZero();
        }
    }

    @Test
    void refusesANodeThatTrustsItButIsOfAForeignAuthority() throws Exception {
        LinkFiles ours = ClusterCertificates.in(folder, "test", Clock.system()).of(new NodeId("a"));
        LinkFiles theirs =
                ClusterCertificates.in(foreignFolder, "test", Clock.system()).of(new NodeId("b"));
        LinkFiles mixed = new LinkFiles(ours.authority(), theirs.certificate(), theirs.key());
        try (TestNode here = new TestNode(folder, "a");
                TestNode foreign = new TestNode(TestNode.hello("test", "b", 1, 1), mixed, LinkLimits.defaults())) {
            foreign.dial(here);
            here.await("refused TLS");
            foreign.await("refused");
            assertThat(here.meters.gauged("link_open_connections")).isZero();
        }
    }

    @Test
    void refusesAnotherNodeThanTheOneThatWasDialled() throws Exception {
        try (TestNode a = new TestNode(folder, "a");
                TestNode b = new TestNode(folder, "b")) {
            a.links.dial(new NodeId("c"), b.address());
            assertThat(a.await("refused IDENTITY"))
                    .contains("node c was dialled")
                    .contains("names b");
            b.await("refused IDENTITY");
        }
    }

    @Test
    void refusesANodeThatSaysItIsAnother() throws Exception {
        try (TestNode a = new TestNode(folder, "a");
                Impostor impostor = new Impostor(folder, "b", "c", a)) {
            assertThat(a.await("refused IDENTITY"))
                    .contains("says it is node c")
                    .contains("names b");
            assertThat(a.meters.counted("link_refused_connections", "reason", "IDENTITY"))
                    .isEqualTo(1);
            impostor.awaitClosed();
        }
    }

    @Test
    void opensOnlyWithTheNodesOwnCertificate() {
        LinkFiles ofB = ClusterCertificates.in(folder, "test", Clock.system()).of(new NodeId("b"));
        assertThatIllegalStateException()
                .isThrownBy(() -> new TestNode(TestNode.hello("test", "a", 1, 1), ofB, LinkLimits.defaults()))
                .withMessageContaining("names node b, not node a");
    }

    @Test
    void opensOnlyWithTheKeyOfItsCertificate() {
        ClusterCertificates certificates = ClusterCertificates.in(folder, "test", Clock.system());
        LinkFiles ofA = certificates.of(new NodeId("a"));
        LinkFiles ofB = certificates.of(new NodeId("b"));
        LinkFiles mixed = new LinkFiles(ofA.authority(), ofA.certificate(), ofB.key());
        assertThatIllegalStateException()
                .isThrownBy(() -> new TestNode(TestNode.hello("test", "a", 1, 1), mixed, LinkLimits.defaults()))
                .withMessageContaining("the key does not belong to the certificate");
    }

    @Test
    void refusesANodeOfAnotherCluster() throws Exception {
        try (TestNode a = new TestNode(folder, "a");
                TestNode b = new TestNode(folder, TestNode.hello("elsewhere", "b", 1, 1))) {
            b.dial(a);
            a.await("refused CLUSTER");
            b.await("refused CLUSTER");
        }
    }

    @Test
    void refusesVersionsThatDoNotMeet() throws Exception {
        try (TestNode a = new TestNode(folder, TestNode.hello("test", "a", 1, 2));
                TestNode b = new TestNode(folder, TestNode.hello("test", "b", 3, 4))) {
            a.dial(b);
            assertThat(a.await("refused VERSION")).contains("1..2").contains("3..4");
            assertThat(b.await("refused VERSION")).contains("1..2").contains("3..4");
        }
    }

    @Test
    void fillsOnlyTheQueueOfAPeerThatStopsReading() throws Exception {
        LinkLimits limits = new LinkLimits(1024, 16 * 1024, 64 * 1024, 512 * 1024);
        LinkHello self = TestNode.hello("test", "a", 1, 1);
        LinkFiles files = ClusterCertificates.in(folder, "test", Clock.system()).of(self.node());
        try (TestNode a = new TestNode(self, files, limits);
                TestNode b = new TestNode(folder, "b");
                TestNode c = new TestNode(folder, "c");
                Relay relay = new Relay(b.address())) {
            a.links.dial(b.id, relay.address());
            a.dial(c);
            a.await("connected");
            a.await("connected");
            relay.hold(true);
            byte[] message = new byte[16 * 1024];
            int acceptedCount = 0;
            boolean stuck = false;
            // Until it is still full after the loop has had its turn: a message to another node has arrived meanwhile.
            for (int round = 0; !stuck; round++) {
                int before = acceptedCount;
                while (a.links.offer(b.id, Lane.DATA, message, 0, message.length)) {
                    acceptedCount++;
                    a.links.flush();
                }
                stuck = round > 0 && acceptedCount == before;
                assertThat(a.offer(c, Lane.DATA, "round " + round)).isTrue();
                a.links.flush();
                c.await("received a DATA round " + round);
            }
            assertThat(a.meters.gauged("link_queue_bytes", "lane", "data"))
                    .isLessThanOrEqualTo(limits.dataQueueBytesMax());
            assertThat(a.meters.counted("link_refused_offers", "lane", "data", "reason", "full"))
                    .isPositive();
            relay.hold(false);
            for (int number = 0; number < acceptedCount; number++) {
                b.await("received a DATA");
            }
            assertThat(a.offer(b, Lane.DATA, "there is room again")).isTrue();
        }
    }

    @Test
    void reportsAKilledSocketAndConnectsAgain() throws Exception {
        try (TestNode a = new TestNode(folder, "a");
                TestNode b = new TestNode(folder, "b");
                Relay relay = new Relay(b.address())) {
            a.links.dial(b.id, relay.address());
            a.await("connected b");
            b.await("connected a");
            for (int cut = 0; cut < 3; cut++) {
                relay.cut();
                a.await("lost b RESET");
                b.await("lost a");
                a.await("connected b");
                b.await("connected a");
            }
            a.offer(b, Lane.CONTROL, "again");
            a.links.flush();
            b.await("received a CONTROL again");
        }
    }

    @Test
    void tellsThatNobodyListensWhereANodeHasEnded() throws Exception {
        try (TestNode a = new TestNode(folder, "a")) {
            try (TestNode b = new TestNode(folder, "b")) {
                b.dial(a);
                a.await("connected b");
                a.dial(b);
            }
            a.await("lost b");
            a.await("absent b");
        }
    }

    @Test
    void knowsANodeThatHasStartedAnew() throws Exception {
        try (TestNode a = new TestNode(folder, "a")) {
            String firstLife;
            try (TestNode b = new TestNode(folder, "b")) {
                b.dial(a);
                firstLife = a.await("connected b");
            }
            a.await("lost b GOODBYE");
            try (TestNode b = new TestNode(folder, "b")) {
                b.dial(a);
                assertThat(a.await("connected b")).isNotEqualTo(firstLife);
            }
        }
    }

    @Test
    void endsTheLinkToANodeThatIsForgottenAndDialsItNoMore() throws Exception {
        try (TestNode a = new TestNode(folder, "a");
                TestNode b = new TestNode(folder, "b")) {
            a.dial(b);
            a.await("connected b");
            a.links.forget(b.id);
            a.await("lost b GOODBYE");
            b.await("lost a GOODBYE");
            assertThat(a.offer(b, Lane.DATA, "x")).isFalse();
            assertThat(a.meters.counted("link_refused_offers", "lane", "data", "reason", "closed"))
                    .isEqualTo(1);
            b.dial(a);
            b.await("connected a");
            assertThat(a.meters.counted("link_dials")).isEqualTo(1);
        }
    }

    @Test
    void keepsOrderOverAHundredThousandMessages() throws Exception {
        int count = 100_000;
        Semaphore room = new Semaphore(20_000);
        try (TestNode a = new TestNode(folder, "a");
                TestNode b = new TestNode(folder, "b")) {
            a.dial(b);
            a.await("connected b");
            b.await("connected a");
            Thread reader = Thread.ofPlatform().start(() -> {
                try {
                    for (int number = 0; number < count; number++) {
                        if (!b.await("received").equals("received a DATA " + number + " " + "z".repeat(100))) {
                            return;
                        }
                        room.release();
                    }
                } catch (InterruptedException | AssertionError tooLate) {
                    // the sender runs out of room and says so
                }
            });
            for (int number = 0; number < count; number++) {
                assertThat(room.tryAcquire(TestNode.PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("message %d", number)
                        .isTrue();
                assertThat(a.offer(b, Lane.DATA, number + " " + "z".repeat(100)))
                        .isTrue();
                if (number % 500 == 499) {
                    a.links.flush();
                }
            }
            reader.join();
            assertThat(room.availablePermits()).isEqualTo(20_000);
            assertThat(a.meters.counted("link_batches")).isLessThan(count / 100);
        }
    }
}
