package dev.terrane.link.door;

import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.link.Lane;
import dev.terrane.link.LinkHello;
import dev.terrane.link.LinkHost;
import dev.terrane.link.LinkInfo;
import dev.terrane.link.LinkLimits;
import dev.terrane.link.LinkLoss;
import dev.terrane.link.LinkMachine;
import dev.terrane.link.LinkTimes;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A node with a good certificate that greets under another name. */
final class Impostor implements AutoCloseable, LinkHost {
    private final Vertx vertx = Vertx.vertx();
    /** Kept: a client that nobody holds is collected, and closes its sockets. */
    private final NetClient client;

    private final CountDownLatch closed = new CountDownLatch(1);

    Impostor(Path folder, String certified, String said, TestNode victim) {
        NodeId node = new NodeId(certified);
        LinkTls tls = LinkTls.read(
                ClusterCertificates.in(folder, "test", Clock.system()).of(node), node);
        LinkHello lie = TestNode.hello("test", said, 1, 1);
        LinkMachine machine = new LinkMachine(lie, victim.id, LinkLimits.defaults(), LinkTimes.defaults(), this, 0);
        byte[] greeting = new byte[machine.nextBytes()];
        machine.take(greeting);
        client = vertx.createNetClient(tls.client(LinkTimes.defaults()));
        client.connect(victim.links.port(), "127.0.0.1").onSuccess(socket -> {
            socket.closeHandler(gone -> closed.countDown());
            socket.handler(bytes -> {});
            socket.write(Buffer.buffer(greeting));
        });
    }

    void awaitClosed() throws InterruptedException {
        if (!closed.await(TestNode.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the impostor was let in");
        }
    }

    @Override
    public @Nullable LinkLoss admit(LinkHello peer) {
        return null;
    }

    @Override
    public void opened(LinkInfo info) {}

    @Override
    public void received(Lane lane, byte[] bytes, int offset, int length) {}

    @Override
    public void ended(LinkLoss loss) {}

    @Override
    public void close() {
        vertx.close().await();
    }
}
