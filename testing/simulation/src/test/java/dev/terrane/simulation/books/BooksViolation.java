package dev.terrane.simulation.books;

/** A rule was broken in a simulated run. */
final class BooksViolation extends RuntimeException {
    final Rule rule;

    BooksViolation(Rule rule, String what) {
        super(rule.sentence + ": " + what);
        this.rule = rule;
    }
}
