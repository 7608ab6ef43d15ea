package dev.terrane.simulation;

/** Splits and merges come to their end, and everybody hears of them. */
final class LayerChecker extends Checker {
    private final Steward steward;

    LayerChecker(Steward steward) {
        this.steward = steward;
    }

    @Override
    String unsettled(Observation world) {
        return steward.unsettled();
    }
}
