package dev.terrane.bench.load.recovery;

import dev.terrane.cell.CellTap;
import dev.terrane.cell.RunningDraft;
import dev.terrane.cell.TickLog;
import org.jspecify.annotations.Nullable;

/** A flight recorder that forgets everything, and wants a base when it is told to. */
final class BaseTap implements CellTap {
    private static final int HASH_TICKS = 20;

    private boolean wanted;
    private @Nullable RunningDraft draft;

    /** Of the next tick that can give one. */
    void wantBase() {
        wanted = true;
    }

    /** As the writer's thread does; false when there was no base yet. */
    boolean finish() {
        RunningDraft taken = draft;
        draft = null;
        if (taken == null) {
            return false;
        }
        taken.finish();
        return true;
    }

    @Override
    public int hashTicks() {
        return HASH_TICKS;
    }

    @Override
    public void ticked(TickLog log) {}

    @Override
    public boolean baseDue(long tick) {
        return wanted;
    }

    @Override
    public void base(RunningDraft taken) {
        wanted = false;
        draft = taken;
    }

    @Override
    public void interrupted() {}
}
