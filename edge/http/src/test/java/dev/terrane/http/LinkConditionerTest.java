package dev.terrane.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.Clock;
import dev.terrane.base.Rng;
import dev.terrane.conditions.LinkConditions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A channel over a bad link, its time cranked by hand. */
class LinkConditionerTest {
    private static final int CHUNK_BYTES = 16 * 1024;

    private final CrankedClock clock = new CrankedClock();
    private final List<ByteBuf> handedIn = new ArrayList<>();

    @Test
    void holdsBothWaysForHalfARoundTrip() {
        EmbeddedChannel channel = channel("rtt=100");
        channel.writeInbound(bytes(1));
        channel.writeOutbound(bytes(2));
        pass(channel, 49);
        assertThat(channel.<Object>readInbound()).isNull();
        assertThat(channel.<Object>readOutbound()).isNull();
        pass(channel, 1);
        assertThat(number(channel.readInbound())).isEqualTo(1);
        assertThat(number(channel.readOutbound())).isEqualTo(2);
        assertNothingKept(channel);
    }

    @Test
    void losesMixesAndKeepsNoByteOnAnyLink() {
        for (long seed = 1; seed <= 100; seed++) {
            Rng rng = new Rng(seed);
            EmbeddedChannel channel = channel("rtt=%d,jitter=%d,stall=%d,stalls=%d,kbps=%d,seed=%d"
                    .formatted(
                            rng.nextInt(300), rng.nextInt(50), 1 + rng.nextInt(300), 1 + rng.nextInt(60), 500, seed));
            List<Integer> in = new ArrayList<>();
            List<Integer> out = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                channel.writeInbound(bytes(i));
                channel.writeOutbound(bytes(i));
                pass(channel, rng.nextInt(20));
                collect(channel, in, out);
            }
            pass(channel, 60_000);
            collect(channel, in, out);
            assertThat(in).as("seed %d", seed).hasSize(200).isSorted();
            assertThat(out).as("seed %d", seed).hasSize(200).isSorted();
            assertNothingKept(channel);
        }
    }

    @Test
    void stopsReadingWhenTooMuchIsUnderWayAndGoesOnWhenItHasArrived() {
        EmbeddedChannel channel = channel("rtt=200");
        int chunks = 0;
        while (channel.config().isAutoRead()) {
            channel.writeInbound(chunk());
            chunks++;
        }
        assertThat((chunks - 1) * CHUNK_BYTES).isLessThan(LinkConditioner.INBOUND_BYTES_MAX);
        pass(channel, 100);
        assertThat(channel.inboundMessages()).hasSize(chunks);
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.releaseInbound();
        assertNothingKept(channel);
    }

    @Test
    void countsAsQueuedWhatNoKernelWouldHaveTaken() {
        EmbeddedChannel channel = channel("rtt=200");
        LinkConditioner conditioner = conditioner(channel);
        for (int written = 0; written + CHUNK_BYTES < LinkConditioner.WINDOW_BYTES; written += CHUNK_BYTES) {
            channel.writeOutbound(chunk());
            assertThat(conditioner.queuedBytes()).isZero();
        }
        assertThat(channel.isWritable()).isTrue();
        for (int more = 0; more < 6; more++) {
            channel.writeOutbound(chunk());
        }
        assertThat(conditioner.queuedBytes()).isBetween(4L * CHUNK_BYTES, 7L * CHUNK_BYTES);
        assertThat(channel.isWritable()).isFalse();
        pass(channel, 100);
        assertThat(conditioner.queuedBytes()).isZero();
        assertThat(channel.isWritable()).isTrue();
        channel.releaseOutbound();
        assertNothingKept(channel);
    }

    @Test
    void cutsALinkForWhichMoreWaitsThanItMayHold() {
        EmbeddedChannel channel = channel("kbps=8");
        int chunks = 0;
        while (channel.isOpen()) {
            channel.writeOneOutbound(chunk());
            channel.runPendingTasks();
            chunks++;
        }
        assertThat((chunks - 1) * CHUNK_BYTES).isLessThan(LinkConditioner.OUTBOUND_BYTES_MAX);
        assertNothingKept(channel);
    }

    @Test
    void losesWhatIsUnderWayWhenTheConnectionEnds() {
        EmbeddedChannel channel = channel("rtt=100");
        channel.writeInbound(bytes(1));
        ChannelFuture write = channel.writeOneOutbound(bytes(2));
        channel.flushOutbound();
        pass(channel, 10);
        channel.close();
        channel.runPendingTasks();
        assertThat(write.cause()).isInstanceOf(ClosedChannelException.class);
        pass(channel, 1_000);
        assertThat(channel.<Object>readInbound()).isNull();
        assertThat(channel.<Object>readOutbound()).isNull();
        assertNothingKept(channel);
    }

    @Test
    void tellsWhoWritesOnlyWhenItIsWritten() {
        EmbeddedChannel channel = channel("rtt=100");
        ChannelFuture write = channel.writeOneOutbound(bytes(2));
        channel.flushOutbound();
        assertThat(write.isDone()).isFalse();
        pass(channel, 50);
        assertThat(write.isSuccess()).isTrue();
        channel.releaseOutbound();
        assertNothingKept(channel);
    }

    private EmbeddedChannel channel(String conditions) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        new LinkConditioner(LinkConditions.parse(conditions), 0, clock).install(channel);
        return channel;
    }

    private static LinkConditioner conditioner(EmbeddedChannel channel) {
        return Objects.requireNonNull(LinkConditioner.of(channel));
    }

    private void pass(EmbeddedChannel channel, long millis) {
        for (long i = 0; i < millis; i++) {
            clock.nanos += TimeUnit.MILLISECONDS.toNanos(1);
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private ByteBuf bytes(int number) {
        return handIn(Unpooled.buffer().writeInt(number));
    }

    private ByteBuf chunk() {
        return handIn(Unpooled.buffer(CHUNK_BYTES).writeZero(CHUNK_BYTES));
    }

    private ByteBuf handIn(ByteBuf buffer) {
        handedIn.add(buffer);
        return buffer;
    }

    private static void collect(EmbeddedChannel channel, List<Integer> in, List<Integer> out) {
        for (ByteBuf next = channel.readInbound(); next != null; next = channel.readInbound()) {
            in.add(number(next));
        }
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            out.add(number(next));
        }
    }

    private static int number(ByteBuf buffer) {
        assertThat(buffer.readableBytes()).isEqualTo(Integer.BYTES);
        int value = buffer.readInt();
        buffer.release();
        return value;
    }

    private void assertNothingKept(EmbeddedChannel channel) {
        channel.finishAndReleaseAll();
        assertThat(handedIn).allMatch(buffer -> buffer.refCnt() == 0);
        handedIn.clear();
    }

    private static final class CrankedClock implements Clock {
        private long nanos = Long.MAX_VALUE - 5_000_000; // it may pass the end of its numbers

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long epochMillis() {
            return 0;
        }
    }
}
