package dev.terrane.coordinator;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** The model does what the real one does. */
class SimLogsTest extends CoordinatorLogContract {
    private static final int STEPS_MAX = 200_000;
    private static final AtomicLong SEEDS = new AtomicLong();

    @Override
    protected Trio trio(int snapshotEvery) {
        long seed = SEEDS.incrementAndGet();
        SimLogs logs = new SimLogs(seed, 3, snapshotEvery);
        return new Trio() {
            @Override
            public CoordinatorLog log(int index) {
                return logs.log(index);
            }

            @Override
            public void kill(int index) {
                logs.kill(index);
            }

            @Override
            public void restart(int index) {
                logs.restart(index);
            }

            @Override
            public void until(String what, BooleanSupplier holds) {
                for (int step = 0; !holds.getAsBoolean(); step++) {
                    if (step == STEPS_MAX) {
                        throw new AssertionError("seed " + seed + ": it never came to " + what);
                    }
                    logs.step();
                }
            }

            @Override
            public void close() {}
        };
    }
}
