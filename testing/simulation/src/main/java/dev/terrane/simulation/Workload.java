package dev.terrane.simulation;

import java.util.Locale;

/** What kinds of worlds seeds may choose from. The same seed plays another world under another workload. */
enum Workload {
    /** Everything: what the others stress, each seed as it likes. */
    MIXED,
    /** Swarms and dashers over borders; no region splits, no cell dies. */
    BORDERS,
    /** Crowds in few regions that split, move and merge all the time. */
    LAYERS,
    /** Cells that die and come back from their images, layers among them. */
    CRASHES,
    /** No faults at all: regions split and merge, and everything has to be on time. */
    CALM;

    /** As on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
