package dev.terrane.command;

/** A rule of the lane was broken in a simulated run. */
final class LaneViolation extends RuntimeException {
    final String rule;

    LaneViolation(String rule, String what) {
        super(rule + ": " + what);
        this.rule = rule;
    }
}
