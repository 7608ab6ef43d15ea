package dev.terrane.placement;

/**
 * When regions split and merge.
 *
 * @param layersMax of one region; 1: never split, merge what is split
 * @param overTicks in a row that a cell is over its limits before anything is done
 * @param mergePercent of the limits below which two layers have to stay together
 * @param calmTicks in a row that they do, before they merge
 * @param cooldownTicks rest of a region after each change
 */
public record CrowdRules(
        CrowdLimits limits, int layersMax, int overTicks, int mergePercent, int calmTicks, int cooldownTicks) {
    public CrowdRules {
        if (layersMax < 1 || layersMax > 256 || overTicks < 1 || calmTicks < 1 || cooldownTicks < 0) {
            throw new IllegalArgumentException("layers %d, over %d, calm %d, cooldown %d"
                    .formatted(layersMax, overTicks, calmTicks, cooldownTicks));
        }
        if (mergePercent < 1 || mergePercent > 90) {
            throw new IllegalArgumentException(
                    "merging at " + mergePercent + " % of the limits would split again; 1 to 90");
        }
    }
}
