package dev.terrane.placement.cluster;

/**
 * How careful placement is.
 *
 * @param movesMax moves at a time, and so many standbys that have a place and get another
 * @param restSteps for which a cell that has come to a node is moved neither for the sake of headroom nor of evenness, and for which a node that has just started gets nothing for the sake of evenness
 * @param gainPercent of its capacity by which the target of such a move has to stay below what the source was
 * @param spreadPercent how many cells a node has to have, in percent of what another would have with one more of them, before it gives that away: both counted per capacity
 * @param marginPercent that the load must be able to grow on one node fewer, before one fewer is desired
 * @param nodesMin never fewer are desired; 2 are needed for standbys
 */
public record ClusterRules(
        int movesMax, int restSteps, int gainPercent, int spreadPercent, int marginPercent, int nodesMin) {
    /** For one look per second. */
    public static final ClusterRules USUAL = new ClusterRules(2, 60, 5, 150, 25, 2);

    public ClusterRules {
        if (movesMax < 1 || restSteps < 0 || nodesMin < 1) {
            throw new IllegalArgumentException("moves %d, rest %d, nodes %d".formatted(movesMax, restSteps, nodesMin));
        }
        if (spreadPercent < 110 || spreadPercent > 1_000) {
            throw new IllegalArgumentException("spread %d %% must be 110 to 1000".formatted(spreadPercent));
        }
        if (gainPercent < 1 || gainPercent > 50 || marginPercent < 1 || marginPercent > 400) {
            throw new IllegalArgumentException(
                    "gain %d %% must be 1 to 50, margin %d %% 1 to 400".formatted(gainPercent, marginPercent));
        }
    }
}
