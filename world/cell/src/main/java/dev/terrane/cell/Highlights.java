package dev.terrane.cell;

import dev.terrane.interest.AvatarList;

/** What matters most to each driver, for a while: told to gateways with the frames. No state of the cell: it steers what is sent, nothing else. */
final class Highlights {
    /** A second: whoever keeps aiming keeps saying so. */
    static final int LIFETIME_TICKS = 20;
    /** Per avatar; one more takes the place of the one that would end first. */
    static final int COUNT_MAX = 8;

    private final Body body;

    /** Those of one driver. */
    static final class Marks {
        private final long[] entity = new long[COUNT_MAX];
        private final long[] untilTick = new long[COUNT_MAX];
    }

    Highlights(Body body) {
        this.body = body;
    }

    /** Does nothing for an avatar without a driver. */
    void add(long avatar, long entityId) {
        Driver driver = body.drivers.ofAvatar(avatar);
        if (driver == null || entityId == 0) {
            return;
        }
        Marks marks = driver.marks;
        if (marks == null) {
            marks = new Marks();
            driver.marks = marks;
        }
        int at = 0;
        for (int i = 0; i < COUNT_MAX; i++) {
            if (marks.entity[i] == entityId) {
                at = i;
                break;
            }
            at = marks.untilTick[i] < marks.untilTick[at] ? i : at;
        }
        marks.entity[at] = entityId;
        marks.untilTick[at] = body.tick + LIFETIME_TICKS;
    }

    /** Those that last, for the avatar that was added last. */
    void list(Driver driver, AvatarList avatars) {
        Marks marks = driver.marks;
        for (int i = 0; marks != null && i < COUNT_MAX; i++) {
            if (marks.untilTick[i] > body.tick) {
                avatars.highlight(marks.entity[i]);
            }
        }
    }
}
