package dev.terrane.server.standby;

import dev.terrane.cell.CellTap;
import dev.terrane.cell.RunningDraft;
import dev.terrane.cell.TickLog;
import org.jspecify.annotations.Nullable;

/** Lets the flight recorder and a standby's stream hear the same cell. A base is for one of them; the other asks again in the next tick. On the ticking thread. */
final class SharedTap implements CellTap {
    private final CellTap recorder;
    private final CellTap standby;
    private boolean baseIsForStandby;

    private SharedTap(CellTap recorder, CellTap standby) {
        if (recorder.hashTicks() != standby.hashTicks()) {
            throw new IllegalArgumentException("a hash of " + recorder.hashTicks() + " ticks is no hash of "
                    + standby.hashTicks() + ": both must want the same");
        }
        this.recorder = recorder;
        this.standby = standby;
    }

    static CellTap of(@Nullable CellTap recorder, CellTap standby) {
        return recorder == null ? standby : new SharedTap(recorder, standby);
    }

    @Override
    public int hashTicks() {
        return standby.hashTicks();
    }

    @Override
    public void ticked(TickLog log) {
        recorder.ticked(log);
        standby.ticked(log);
    }

    @Override
    public boolean baseDue(long tick) {
        baseIsForStandby = standby.baseDue(tick);
        return baseIsForStandby || recorder.baseDue(tick);
    }

    @Override
    public void base(RunningDraft draft) {
        (baseIsForStandby ? standby : recorder).base(draft);
    }

    @Override
    public void interrupted() {
        recorder.interrupted();
        standby.interrupted();
    }
}
