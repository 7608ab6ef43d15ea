package dev.terrane.gateway;

import dev.terrane.base.CharacterId;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import java.util.List;

/**
 * The port to the command lane, for the players of this gateway.
 *
 * <pre>
 *   Welcome ─► attached ─► submit … acked … ─► detached
 *                 └─ results kept for the character, then each new one: {@link GatewayInbox#offer(LaneOutput)}
 * </pre>
 *
 * <p>Commands do not go through the avatar's cell: an avatar may be dead, on its way, or its cell away. All methods are called on the gateways' threads and must not
 * block.
 */
public interface CommandPort {
    /**
     * A session of the character has begun to play: what its earlier ones were not told, or did not ack, is put there again, oldest first; so is every result from now
     * on. A later session of the character, at any gateway, takes the place of this one.
     *
     * @param resumed its client played before: it may not have heard what has happened in the last minute, and is told again
     */
    void attached(Caller caller, boolean resumed, GatewayInbox answerTo);

    /**
     * Takes a command for the lane, or does not. The same request id may come again, from this session or another one: a client that was told no result asks again.
     *
     * <p>Accepted means that a result will come, not that anything is stored: when it cannot be stored after all, that result is {@link CommandErrors#BUSY}.
     */
    Submission submit(Caller caller, Wish wish);

    /** The client has these results: they need not be kept. Ids that nobody knows are ignored. */
    void acked(Caller caller, List<String> requestIds);

    /** The session is over. If another one of the character was attached since, nothing is to be done. */
    void detached(Caller caller);

    /** Who asks. @param session as in {@link LaneOutput.Result#session} */
    record Caller(CharacterId character, long session) {}

    /**
     * What a client asks for, checked for its form only.
     *
     * @param type 1 to 64 visible ASCII characters; whether anybody knows it, the lane finds out
     * @param version from 1
     * @param requestId 1 to {@link dev.terrane.command.CommandLimits#REQUEST_ID_CHARS_MAX} visible ASCII characters
     * @param payload at most {@link dev.terrane.command.CommandLimits#PAYLOAD_BYTES_MAX}; the port's from now on
     */
    record Wish(String type, int version, String requestId, byte[] payload) {}

    /** What became of a command at the lane's door. */
    sealed interface Submission {
        Submission ACCEPTED = new Accepted();

        /** Its result comes later. */
        record Accepted() implements Submission {}

        /** This is its result. Nothing is kept, and nothing needs an ack. */
        record Refused(CommandResult.Refused result) implements Submission {}
    }

    /** For a server that carries out no commands. */
    static CommandPort none() {
        return NoCommands.INSTANCE;
    }
}
