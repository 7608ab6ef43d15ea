package dev.terrane.cell;

/**
 * The limits and rates of a cell. Ranges are checked on construction.
 *
 * @param chunkMetres side of a chunk, the grain of interest
 */
public record CellSettings(
        Rates rates,
        Inboxes inboxes,
        Borders borders,
        Avatars avatars,
        Ghosts ghosts,
        Images images,
        Rewind rewind,
        double chunkMetres) {
    public CellSettings {
        require(chunkMetres >= 4 && chunkMetres <= 4096, "chunkMetres", chunkMetres, "4 to 4096");
    }

    /** With the usual past. */
    public CellSettings(
            Rates rates,
            Inboxes inboxes,
            Borders borders,
            Avatars avatars,
            Ghosts ghosts,
            Images images,
            double chunkMetres) {
        this(rates, inboxes, borders, avatars, ghosts, images, Rewind.DEFAULT, chunkMetres);
    }

    /** With the usual past and images. */
    public CellSettings(
            Rates rates, Inboxes inboxes, Borders borders, Avatars avatars, Ghosts ghosts, double chunkMetres) {
        this(rates, inboxes, borders, avatars, ghosts, Images.DEFAULT, chunkMetres);
    }

    /** With the usual ghosts and images. */
    public CellSettings(Rates rates, Inboxes inboxes, Borders borders, Avatars avatars, double chunkMetres) {
        this(rates, inboxes, borders, avatars, Ghosts.DEFAULT, chunkMetres);
    }

    public static CellSettings defaults() {
        return new CellSettings(
                new Rates(20, 20),
                new Inboxes(16_384, 4_096, 4_096),
                new Borders(8, 20),
                new Avatars(2_000, 8, 600),
                64);
    }

    /**
     * @param simulationHz ticks per second
     * @param snapshotHz snapshots per second; must divide {@code simulationHz}
     */
    public record Rates(int simulationHz, int snapshotHz) {
        public Rates {
            require(simulationHz >= 1 && simulationHz <= 240, "simulationHz", simulationHz, "1 to 240");
            require(
                    snapshotHz >= 1 && simulationHz % snapshotHz == 0,
                    "snapshotHz",
                    snapshotHz,
                    "a divisor of simulationHz " + simulationHz);
        }

        public int ticksPerSnapshot() {
            return simulationHz / snapshotHz;
        }
    }

    /**
     * Messages that may wait for a tick; each lane refuses when it is full, so that one kind cannot starve another.
     *
     * @param inputCount inputs and game messages of players
     * @param controlCount joins, leaves, watches
     * @param cellCount hand-offs and their answers, from other cells and the steward
     */
    public record Inboxes(int inputCount, int controlCount, int cellCount) {
        public Inboxes {
            require(inputCount >= 1 && inputCount <= 1 << 20, "inputCount", inputCount, "1 to 1048576");
            require(controlCount >= 1 && controlCount <= 1 << 20, "controlCount", controlCount, "1 to 1048576");
            require(cellCount >= 1 && cellCount <= 1 << 20, "cellCount", cellCount, "1 to 1048576");
        }
    }

    /**
     * How entities change cells: over borders, and to another layer when a crowd is split or merged.
     *
     * @param hysteresisMetres how far beyond the border an entity stays with its old cell
     * @param cooldownTicks how long an entity stays after it arrived
     * @param layerMovesPerTickMax entities that a split or a merge hands over in one tick
     * @param layerCooldownTicks how long whoever changed layers is spared by the next split
     */
    public record Borders(
            double hysteresisMetres, int cooldownTicks, int layerMovesPerTickMax, int layerCooldownTicks) {
        public Borders {
            require(
                    hysteresisMetres >= 0 && hysteresisMetres <= 1024,
                    "hysteresisMetres",
                    hysteresisMetres,
                    "0 to 1024");
            require(cooldownTicks >= 0 && cooldownTicks <= 12_000, "cooldownTicks", cooldownTicks, "0 to 12000");
            require(
                    layerMovesPerTickMax >= 1 && layerMovesPerTickMax <= 65_536,
                    "layerMovesPerTickMax",
                    layerMovesPerTickMax,
                    "1 to 65536");
            require(
                    layerCooldownTicks >= 0 && layerCooldownTicks <= 12_000,
                    "layerCooldownTicks",
                    layerCooldownTicks,
                    "0 to 12000");
        }

        /** With 256 moves between layers in a tick, and 200 ticks of rest. */
        public Borders(double hysteresisMetres, int cooldownTicks) {
            this(hysteresisMetres, cooldownTicks, 256, 200);
        }
    }

    /**
     * @param countMax avatars in the cell; further joins are refused
     * @param inputsBuffered inputs of one session that may wait for their tick; of more, the oldest are dropped
     * @param lingerTicks how long an avatar stays after its connection is gone
     */
    public record Avatars(int countMax, int inputsBuffered, int lingerTicks) {
        public Avatars {
            require(countMax >= 1 && countMax <= 1_000_000, "countMax", countMax, "1 to 1000000");
            require(inputsBuffered >= 1 && inputsBuffered <= 64, "inputsBuffered", inputsBuffered, "1 to 64");
            require(lingerTicks >= 0 && lingerTicks <= 1_000_000, "lingerTicks", lingerTicks, "0 to 1000000");
        }
    }

    /**
     * @param rangeMetres how far around its acting entities a cell sees what others own; should not exceed a region's width, for only neighbours are asked
     * @param countMax ghosts at a time; of more, the nearest stay
     * @param followedMax ghosts followed wherever they go, a part of {@code countMax}
     */
    public record Ghosts(double rangeMetres, int countMax, int followedMax) {
        public static final Ghosts DEFAULT = new Ghosts(64, 16_384, 1024);

        public Ghosts {
            require(rangeMetres >= 0 && rangeMetres <= 10_000, "rangeMetres", rangeMetres, "0 to 10000");
            require(countMax >= 1 && countMax <= 1 << 20, "countMax", countMax, "1 to 1048576");
            require(
                    followedMax >= 0 && followedMax <= countMax,
                    "followedMax",
                    followedMax,
                    "0 to countMax " + countMax);
        }
    }

    /** @param commandCountMax an image is due after so many commands, whenever the last one was: it bounds the journal that a restart reads */
    public record Images(int commandCountMax) {
        public static final Images DEFAULT = new Images(10_000);

        public Images {
            require(
                    commandCountMax >= 1 && commandCountMax <= 1_000_000,
                    "commandCountMax",
                    commandCountMax,
                    "1 to 1000000");
        }
    }

    /**
     * How far back hits are judged, where the game asks for it.
     *
     * @param historyTicks for how long places are remembered
     * @param maxTicks what a player sees counts for no longer than this; not more than {@code historyTicks}
     * @param jumpMetresPerTick whoever moves farther in a tick has jumped, and is not found on the way
     */
    public record Rewind(int historyTicks, int maxTicks, float jumpMetresPerTick) {
        /** A second, half a second, and 500 m/s at 20 ticks per second. */
        public static final Rewind DEFAULT = new Rewind(20, 10, 25);

        public Rewind {
            require(historyTicks >= 1 && historyTicks <= 1200, "historyTicks", historyTicks, "1 to 1200");
            require(
                    maxTicks >= 0 && maxTicks <= historyTicks,
                    "maxTicks",
                    maxTicks,
                    "0 to historyTicks " + historyTicks);
            require(jumpMetresPerTick > 0, "jumpMetresPerTick", jumpMetresPerTick, "more than 0");
        }

        /** Of durations in milliseconds of the world's own time, and a speed in metres per second. */
        public static Rewind of(int historyMillis, int maxMillis, double jumpMetresPerSecond, int simulationHz) {
            return new Rewind(Math.max(1, ticks(historyMillis, simulationHz)), ticks(maxMillis, simulationHz), (float)
                    (jumpMetresPerSecond / simulationHz));
        }

        private static int ticks(int millis, int simulationHz) {
            return Math.ceilDiv(millis * simulationHz, 1000);
        }
    }

    private static void require(boolean holds, String name, Number value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be " + range);
        }
    }
}
