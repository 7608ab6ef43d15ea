package dev.terrane.sdk;

import dev.terrane.protocol.client.ErrorCode;
import java.net.URI;

/** How messages get to a gateway and back. Stateless; any thread may use it. */
interface Transport {

    /**
     * Makes a connection. Never waits and never throws: {@code ears} are told what becomes of it.
     *
     * @param token who it is
     */
    void connect(URI url, String token, Ears ears);

    /** Whether the connection says who it is before the first message; else Hello has to. */
    boolean tellsToken();

    /** Who hears of one connection. Calls come one at a time. */
    interface Ears {
        /** It is there. @return false when nobody wants it any more: it is cut at once, and nothing more is told */
        boolean opened(Line line);

        /**
         * A whole message, in the first {@code length} bytes until the call returns.
         *
         * @return false when no more may come until {@link Line#more}; only of ears that {@link #mayPause}
         */
        boolean heard(byte[] bytes, int length);

        /** Whether they may ever say that no more may come. */
        default boolean mayPause() {
            return false;
        }

        /** It is over, or did not come about. Perhaps more than once. */
        void ended(ErrorCode error, String reason);
    }

    /** An open connection. Any thread may use it; nothing here waits. */
    interface Line {
        /** Waiting messages beyond which the connection is stuck: three seconds of inputs. */
        int WAITING_COUNT_MAX = 64;

        /** False when too much waits already: the message is dropped. */
        boolean send(byte[] message);

        /** Messages may come again, after {@link Ears#heard} has said that they may not. */
        void more();

        /** Ends it in order, after what was sent; nobody need wait for it. */
        void close(String reason);
    }

    /**
     * Whichever the address names.
     *
     * @param number of the connection among those of its client
     */
    static Transport of(URI url, ClientOptions options, int number, int messageBytesMax) {
        Transport plain = of(url, options, messageBytesMax);
        long luck = (long) options.name().hashCode() << Integer.SIZE | number;
        return options.link().isNone() ? plain : new DelayedTransport(plain, options.link(), luck);
    }

    private static Transport of(URI url, ClientOptions options, int messageBytesMax) {
        return switch (String.valueOf(url.getScheme())) {
            case "tcp" -> new TcpTransport(false, null, messageBytesMax);
            case "tls" -> new TcpTransport(true, options.tcp().tls(), messageBytesMax);
            default -> new WebSocketTransport(options.http(), messageBytesMax);
        };
    }
}
