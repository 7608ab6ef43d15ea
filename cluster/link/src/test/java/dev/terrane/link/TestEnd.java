package dev.terrane.link;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terrane.base.NodeId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One end of a connection without a socket, which writes down what it is told. */
final class TestEnd implements LinkHost {
    static final LinkLimits LIMITS = new LinkLimits(256, 4096, 1024, 16 * 1024);
    static final LinkTimes TIMES = LinkTimes.defaults();

    final List<String> heard = new ArrayList<>();
    final List<LinkLoss> ends = new ArrayList<>();

    @Nullable
    LinkInfo info;

    @Nullable
    LinkLoss refuses;

    final LinkMachine machine;

    TestEnd(LinkHello self, String certified) {
        this(self, certified, LIMITS);
    }

    TestEnd(LinkHello self, String certified, LinkLimits limits) {
        machine = new LinkMachine(self, new NodeId(certified), limits, TIMES, this, 0);
    }

    static LinkHello hello(String node) {
        return new LinkHello("test", new NodeId(node), 7, List.of("sim"), LinkHello.VERSIONS);
    }

    /** Nodes a and b, greeted. */
    static TestEnd[] pair() {
        TestEnd[] ends = {new TestEnd(hello("a"), "b"), new TestEnd(hello("b"), "a")};
        exchange(ends[0], ends[1]);
        return ends;
    }

    /** Carries bytes both ways until there are none. */
    static void exchange(TestEnd one, TestEnd other) {
        byte[] bytes;
        do {
            bytes = one.taken();
            other.receive(bytes);
            byte[] back = other.taken();
            one.receive(back);
            bytes = bytes.length > 0 ? bytes : back;
        } while (bytes.length > 0);
    }

    byte[] taken() {
        byte[] batch = new byte[64 * 1024];
        int count = machine.take(batch);
        return java.util.Arrays.copyOf(batch, count);
    }

    void receive(byte[] bytes) {
        machine.receive(bytes, 0, bytes.length, 1);
    }

    Offered offer(Lane lane, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return machine.offer(lane, bytes, 0, bytes.length);
    }

    @Override
    public @Nullable LinkLoss admit(LinkHello peer) {
        return refuses;
    }

    @Override
    public void opened(LinkInfo opened) {
        info = opened;
    }

    @Override
    public void received(Lane lane, byte[] bytes, int offset, int length) {
        heard.add(lane + " " + new String(bytes, offset, length, UTF_8));
    }

    @Override
    public void ended(LinkLoss loss) {
        ends.add(loss);
    }

    LinkEnd end() {
        return ends.getFirst().why();
    }
}
