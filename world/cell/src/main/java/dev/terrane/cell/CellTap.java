package dev.terrane.cell;

/**
 * Hears what one cell consumes, for the flight recorder. Called at the end of each tick on the ticking thread; must not block, throw, or change what it is given.
 */
public interface CellTap {
    /** In so many ticks each entity takes part in the hash of one: 1 is all of them in each tick, and costs accordingly. */
    int hashTicks();

    /** What the tick consumed. */
    void ticked(TickLog log);

    /** Whether it wants the cell's state after this tick: asked in ticks that can give it, after {@link #ticked}. */
    boolean baseDue(long tick);

    /**
     * The state after the tick that {@link #baseDue} was asked in: from here on the logs can be carried out again. To be finished or discarded, elsewhere.
     */
    void base(RunningDraft draft);

    /** Something else than messages has changed the cell: what was told so far does not lead on. Between two ticks. */
    void interrupted();
}
