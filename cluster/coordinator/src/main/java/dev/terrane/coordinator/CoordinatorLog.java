package dev.terrane.coordinator;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The one order of entries, as one coordinator node sees it. The abstract suite {@code CoordinatorLogContract} says what every log has to do.
 *
 * <p><b>Threading.</b> Any thread may call it, nothing blocks on the network; answers and listeners are called by a thread of the log's own and must not wait.
 */
public interface CoordinatorLog {
    /** Puts an entry into the order. It is applied once, or never. */
    void propose(Entry entry, Consumer<Proposed> answer);

    /** Looks at this node's copy of the state, which may be behind the leader's. The state must not leave the call. */
    <T> T read(Function<CoordinatorState, T> look);

    /** Who leads, as far as this node knows. */
    Leadership leadership();

    /** @param listener told after this node's copy has changed, or leadership has; several changes may be told as one */
    void onChange(Runnable listener);

    /** What became of a proposal. */
    sealed interface Proposed {
        /** @param index of the entry, see {@link CoordinatorState#appliedCount} */
        record Applied(long index, long term, Outcome outcome) implements Proposed {}

        /** Nobody could say in time: it may have been applied, or may be later. Look at the state, or propose it again if twice does no harm. */
        record Unknown(String why) implements Proposed {}
    }

    /**
     * Who leads.
     *
     * @param term rises with each leadership; 0: none yet
     * @param leader name of the leading coordinator; empty: nobody knows
     * @param isHere whether this node leads, and has applied everything of earlier terms
     */
    record Leadership(long term, String leader, boolean isHere) {}
}
