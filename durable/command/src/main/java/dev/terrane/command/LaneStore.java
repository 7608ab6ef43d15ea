package dev.terrane.command;

import java.util.List;
import java.util.Optional;

/**
 * Where lanes are kept: an append-only row of commands per partition, a cursor and a lease each, and the results (H5, H6, H8). A lane exists as soon as somebody names it.
 *
 * <p><b>Threading.</b> Any thread may call it, but no tick and no event loop: calls block until the store has answered. They throw {@link LaneUnavailableException} when it cannot be
 * reached; then nothing is known to have been decided, and the same call may be made again.
 *
 * <p><b>A crash of the store</b> keeps what was appended, leases as they were taken, and settlements with deaths. It may forget the last other settlements, although they were confirmed: their effects are
 * committed elsewhere, so they are only delivered once more. The consumer learns of it as if it had lost its lease, and begins anew.
 */
public interface LaneStore {
    /** Of each lane; never changes while commands wait. */
    int partitionCount();

    /**
     * Puts commands into the rows of their keys. Durable when it returns. Commands of one key keep the order of the list, and the order of calls that follow one another.
     *
     * @param commands at most {@link CommandLimits#APPEND_COUNT_MAX}, each within {@link EnvelopeCodec#faultOf its limits}
     */
    Appended append(String lane, List<CommandEnvelope> commands);

    /** What became of an append. */
    sealed interface Appended {
        /** All are durable. @param segments where they stand, for consumers in the same process ({@link LaneConsumer#offered}) */
        record Kept(List<LaneSegment> segments) implements Appended {}

        /** The lane holds as much as it may; nothing was appended. */
        record Full(long waitingCount, int retryAfterMillis) implements Appended {}
    }

    /**
     * Takes the lease if it is free, lapsed, or was the same holder's in an earlier life.
     *
     * @return nothing if another holds it
     */
    Optional<LaneHold> acquire(LanePartition partition, String holder, long ttlMillis);

    /**
     * Prolongs it.
     *
     * @param settledNumber the last settlement that was confirmed to the holder
     * @return false if somebody else has taken it since, or if the store has forgotten that settlement: stop
     */
    boolean renew(LaneLease lease, long settledNumber, long ttlMillis);

    /** Gives it back, so that another need not wait for its end. */
    void release(LaneLease lease);

    /**
     * Reads on in a row. Needs no lease: reading harms nobody.
     *
     * @param fromOffset not before the cursor: what is settled is pruned
     * @return what stands there without a gap, at most {@code countMax}; fewer or none at the row's end
     */
    List<LaneSegment> read(LanePartition partition, long fromOffset, int countMax);

    /**
     * Makes a settlement durable, all of it or nothing, and prolongs the lease by its TTL. The same settlement again changes nothing.
     *
     * @return false if somebody else has taken the lease since, or if it does not follow on what the store has, which has forgotten the one before: nothing was changed, stop
     */
    boolean settle(LaneLease lease, long ttlMillis, Settlement settlement);

    /** Results of one settlement, kept to be sent again after a restart. */
    record AnswerBatch(long number, List<CommandAnswer> answers) {}

    /**
     * The newest results that are kept, in order.
     *
     * @param bytesMax how much is read, as it is packed; one settlement at least
     */
    List<AnswerBatch> answers(LanePartition partition, long bytesMax);

    /**
     * Forgets results that are too old, or too many: a partition keeps those of its last {@link CommandLimits#ANSWER_BATCH_COUNT_MAX} settlements at most.
     *
     * @return how many settlements' results went; at most some thousand per call: call again
     */
    int pruneAnswers(String lane, long olderThanMillis);

    /** One per partition in which something was ever appended. */
    List<LaneLag> lags(String lane);

    DeadLetters deadLetters();
}
