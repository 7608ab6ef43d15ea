package dev.terrane.clustersim;

/** A rule does not hold. The message says which and when. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String rule;

    Violation(String rule, long nowNanos, String what) {
        super(rule + ", at %.3f s: %s".formatted(nowNanos / 1e9, what));
        this.rule = rule;
    }

    String rule() {
        return rule;
    }
}
