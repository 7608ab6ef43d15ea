package dev.terrane.protocol.client;

/** From a player to the gateway. Fields as in client.fbs; absent texts are empty. */
public sealed interface ClientMessage extends WireMessage
        permits ClientMessage.Hello,
                ClientMessage.ClientInput,
                ClientMessage.Unknown,
                ClientMessage.TooLarge,
                GameMessage,
                Ping,
                Pong {

    record Hello(int major, int minor, String world, String name, String resumeToken, String client)
            implements ClientMessage {}

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

    /** Well formed, but of a type that clients do not send: UNKNOWN_MESSAGE. */
    record Unknown(int type) implements ClientMessage {}

    /** Well formed, but a part of it is over its limit: MESSAGE_TOO_LARGE. */
    record TooLarge(String what) implements ClientMessage {}
}
