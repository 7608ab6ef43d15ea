package dev.terrane.gateway;

import dev.terrane.base.CharacterId;
import dev.terrane.base.WorldId;

/**
 * The port to whoever knows which characters may play and where their avatars live (character store and directory, by the server).
 *
 * <p>Called on the gateway's thread; it must not block. It answers exactly once, from any thread, by
 * {@link GatewayInbox#offer(AdmissionAnswer)}, and may do so before it returns.
 */
public interface Admissions {
    /** Raises the character's generation and finds its cell. */
    void admit(Request request, GatewayInbox answerTo);

    /**
     * @param session to be repeated in the answer, with {@code attempt}
     * @param attempt 1 at first; higher when a join has to be repeated because the avatar was on its way or its cell restarted
     * @param name already valid by {@link PlayerName}
     * @param resumed the client showed the resume token of an earlier session of this character
     * @param heldGeneration of a session that has played and wants to go on: refused as SUPERSEDED when another one was let in since; 0: it begins
     */
    record Request(
            long session,
            int attempt,
            CharacterId character,
            WorldId world,
            String name,
            boolean resumed,
            int heldGeneration) {
        /** Of a session that begins. */
        public Request(long session, int attempt, CharacterId character, WorldId world, String name, boolean resumed) {
            this(session, attempt, character, world, name, resumed, 0);
        }
    }
}
