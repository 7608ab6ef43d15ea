package dev.terrane.sdk;

import dev.terrane.conditions.LinkConditions;
import dev.terrane.protocol.client.ErrorCode;
import java.net.URI;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Another transport, over a worse network. The handshake is as fast as it is; closing is not delayed. */
final class DelayedTransport implements Transport {
    private final Transport transport;
    private final LinkConditions conditions;
    private final long luck;

    /** @param luck each connection has its own */
    DelayedTransport(Transport transport, LinkConditions conditions, long luck) {
        this.transport = transport;
        this.conditions = conditions;
        this.luck = luck;
    }

    @Override
    public void connect(URI url, String token, Ears ears) {
        transport.connect(url, token, new DelayedEars(ears));
    }

    @Override
    public boolean tellsToken() {
        return transport.tellsToken();
    }

    private final class DelayedEars implements Ears {
        private final Ears ears;
        /** Null until it is open. */
        private volatile @Nullable LinkDelay delay;

        DelayedEars(Ears ears) {
            this.ears = ears;
        }

        @Override
        public boolean mayPause() {
            return true;
        }

        @Override
        public boolean opened(Line line) {
            LinkDelay slow = new LinkDelay(conditions, luck, line::more);
            delay = slow;
            return ears.opened(new DelayedLine(line, slow));
        }

        @Override
        public boolean heard(byte[] bytes, int length) {
            LinkDelay slow = delay;
            if (slow == null) {
                throw new IllegalStateException("a message came before the connection was open");
            }
            byte[] message = Arrays.copyOf(bytes, length);
            return slow.hear(length, () -> arrived(message));
        }

        private void arrived(byte[] message) {
            try {
                ears.heard(message, message.length);
            } catch (RuntimeException e) {
                ears.ended(ErrorCode.MALFORMED, "cannot follow the server: " + e);
            }
        }

        /** Behind what was said before. */
        @Override
        public void ended(ErrorCode error, String reason) {
            LinkDelay slow = delay;
            if (slow == null) {
                ears.ended(error, reason);
            } else {
                slow.hear(0, () -> ears.ended(error, reason));
            }
        }
    }

    private record DelayedLine(Line line, LinkDelay delay) implements Line {
        @Override
        public boolean send(byte[] message) {
            return delay.send(message.length, () -> line.send(message));
        }

        @Override
        public void more() {
            line.more();
        }

        @Override
        public void close(String reason) {
            delay.close();
            line.more(); // whoever waits to read has to hear of the end
            line.close(reason);
        }
    }
}
