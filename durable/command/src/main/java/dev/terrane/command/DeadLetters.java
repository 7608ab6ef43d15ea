package dev.terrane.command;

import java.util.List;
import java.util.Optional;

/**
 * The commands that were given up, for operators. Any thread may call it; calls block until the store has answered and throw {@link LaneUnavailableException} when it cannot be
 * reached.
 *
 * <p>A letter stays until it is dropped, and is one row however often its command dies. <b>Whoever prunes outcomes must keep that of every command that is
 * still a dead letter</b>: what makes a retry harmless is that the receiver knows the idempotency key of a command whose effect did happen.
 */
public interface DeadLetters {
    /** That have dead letters, by name. */
    List<String> lanes();

    /**
     * @param afterId 0 for the first page, then the last id of the page before
     * @return in the order of their ids
     */
    List<DeadLetter> list(String lane, long afterId, int countMax);

    Optional<DeadLetter> show(long id);

    /**
     * Appends the very same envelope, with its idempotency key, at the end of its row, whatever the lane's limit says: it is carried out, or its recorded result found, but never done twice.
     *
     * @return false if there is no such letter
     */
    boolean retry(long id);

    /** @return false if there is no such letter */
    boolean drop(long id);
}
