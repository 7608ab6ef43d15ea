package dev.terrane.protocol.client;

import java.util.List;

/** From a player to the gateway. Fields as in client.fbs; absent texts are empty. */
public sealed interface ClientMessage extends WireMessage
        permits ClientMessage.Hello,
                ClientMessage.ClientInput,
                ClientMessage.Command,
                ClientMessage.ResultAck,
                ClientMessage.Unknown,
                ClientMessage.TooLarge,
                GameMessage,
                Ping,
                Pong {

    /** @param token who it is; empty over WebSocket, whose handshake has said so */
    record Hello(int major, int minor, String world, String name, String resumeToken, String client, String token)
            implements ClientMessage {
        /** Texts of 1 KiB, as others, would be short for tokens with claims of an issuer's own. */
        public static final int TOKEN_BYTES_MAX = 4 * 1024;

        /** Without a token. */
        public Hello(int major, int minor, String world, String name, String resumeToken, String client) {
            this(major, minor, world, name, resumeToken, client, "");
        }

        /** Without the tokens: this may be logged. */
        @Override
        public String toString() {
            return "Hello[" + major + "." + minor + ", world=" + world + ", name=" + name + ", client=" + client + "]";
        }
    }

    /** Not yet validated: see {@link #isValid}. */
    record ClientInput(
            int seq, int clientTick, float viewTick, float moveX, float moveY, float aim, int held, int pressed)
            implements ClientMessage {

        /** How far beyond a full turn an angle may be: clients need not normalise, but precision must not suffer. */
        private static final float AIM_MAX = 1000;

        /** Every number finite, each axis within ±1, the aim within ±1000 radians. Anything else is INVALID_INPUT. */
        public boolean isValid() {
            // Comparisons with NaN are false, so each one refuses it.
            return Math.abs(moveX) <= 1
                    && Math.abs(moveY) <= 1
                    && Math.abs(aim) <= AIM_MAX
                    && viewTick >= 0
                    && viewTick <= Float.MAX_VALUE;
        }
    }

    /** A durable wish. Its form is not yet validated: see {@link #isValid}. */
    record Command(String type, int version, String requestId, byte[] payload) implements ClientMessage {
        /** A version, and a type and a request id of visible ASCII characters. Anything else is INVALID_INPUT. */
        public boolean isValid() {
            return version >= 1
                    && isName(type, CommandWire.TYPE_CHARS_MAX)
                    && isName(requestId, CommandWire.REQUEST_ID_CHARS_MAX);
        }

        private static boolean isName(String text, int charsMax) {
            return !text.isEmpty() && text.length() <= charsMax && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
        }
    }

    /** The client has the results of these commands. */
    record ResultAck(List<String> requestIds) implements ClientMessage {
        public ResultAck {
            requestIds = List.copyOf(requestIds);
        }
    }

    /** Well formed, but of a type that clients do not send: UNKNOWN_MESSAGE. */
    record Unknown(int type) implements ClientMessage {}

    /** Well formed, but a part of it is over its limit: MESSAGE_TOO_LARGE. */
    record TooLarge(String what) implements ClientMessage {}
}
