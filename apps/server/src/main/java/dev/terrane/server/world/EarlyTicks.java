package dev.terrane.server.world;

/** Times the first ticks of a cell that goes on here. On the ticking thread. */
final class EarlyTicks {
    private final Takeover takeover;
    private final boolean hasPlayers;
    private int count;

    EarlyTicks(Takeover takeover, boolean hasPlayers) {
        this.takeover = takeover;
        this.hasPlayers = hasPlayers;
    }

    /** A tick was run. @return whether it wants to hear of the next one */
    boolean ticked(long nanos) {
        count++;
        if (count == 1) {
            takeover.firstTick(hasPlayers);
        }
        takeover.earlyTick(nanos, count == Takeover.EARLY_TICKS);
        return count < Takeover.EARLY_TICKS;
    }
}
