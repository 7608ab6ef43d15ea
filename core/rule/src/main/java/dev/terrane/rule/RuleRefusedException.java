package dev.terrane.rule;

/** A module cannot be a world's movement rule; the message says whose it is, what is wrong and what it has to be instead. */
public final class RuleRefusedException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    RuleRefusedException(String whose, String what) {
        super("the movement rule of " + whose + " is refused: " + what);
    }

    RuleRefusedException(String whose, String what, Throwable cause) {
        super("the movement rule of " + whose + " is refused: " + what, cause);
    }
}
