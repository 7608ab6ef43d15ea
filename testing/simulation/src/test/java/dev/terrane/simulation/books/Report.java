package dev.terrane.simulation.books;

import static org.assertj.core.api.Assertions.assertThat;

/** What happened in runs: to see that they are not empty, and that one seed is always the same run. */
final class Report {
    int runs;
    int effects;
    int settlements;
    int parked;
    int dead;
    int deaths;
    int stalls;
    int cellDeaths;
    int openings;
    int tornGroups;
    int groupMax;
    int stale;
    int conflicts;
    int refusedTrades;
    int doneTrades;
    int twoPayloads;

    void add(Report other) {
        runs += other.runs;
        effects += other.effects;
        settlements += other.settlements;
        parked += other.parked;
        dead += other.dead;
        deaths += other.deaths;
        stalls += other.stalls;
        cellDeaths += other.cellDeaths;
        openings += other.openings;
        tornGroups += other.tornGroups;
        groupMax = Math.max(groupMax, other.groupMax);
        stale += other.stale;
        conflicts += other.conflicts;
        refusedTrades += other.refusedTrades;
        doneTrades += other.doneTrades;
        twoPayloads += other.twoPayloads;
    }

    /** In all seeds of a test together. */
    void requireThatMuchHappened() {
        assertThat(effects).as("effects").isGreaterThan(10_000);
        assertThat(parked).as("parked").isGreaterThan(1_000);
        assertThat(dead).as("dead").isGreaterThan(200);
        assertThat(deaths).as("deaths of nodes").isGreaterThan(300);
        assertThat(stalls).as("stalls").isGreaterThan(150);
        assertThat(cellDeaths).as("deaths of cells").isGreaterThan(500);
        assertThat(tornGroups).as("torn groups").isGreaterThan(10);
        assertThat(groupMax).as("records in a group").isGreaterThan(1);
        assertThat(stale).as("fenced records").isGreaterThan(20);
        assertThat(doneTrades).as("done trades").isGreaterThan(1_000);
        assertThat(refusedTrades).as("refused trades").isGreaterThan(50);
        assertThat(twoPayloads).as("requests with two payloads").isGreaterThan(50);
    }

    @Override
    public String toString() {
        return runs + " runs: " + effects + " effects, " + settlements + " settlements, " + parked + " parked, " + dead
                + " dead, " + deaths + " deaths of nodes, " + stalls + " stalls, " + cellDeaths + " deaths of cells, "
                + openings + " openings, " + tornGroups + " torn groups (of up to " + groupMax + "), " + stale
                + " records fenced, " + conflicts + " conflicts, trades " + doneTrades + " done and " + refusedTrades
                + " refused, " + twoPayloads + " requests with two payloads";
    }
}
