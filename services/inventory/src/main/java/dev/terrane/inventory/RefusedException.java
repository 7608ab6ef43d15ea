package dev.terrane.inventory;

import dev.terrane.command.CommandResult;

/** Leaves the rules from wherever a command turns out to be refused; never leaves this room. */
final class RefusedException extends RuntimeException {
    private final transient CommandResult.Refused refusal;

    RefusedException(String code, String reason) {
        super(reason, null, false, false); // no stack: it is a way to say no, thousands of times a second
        this.refusal = new CommandResult.Refused(code, reason);
    }

    CommandResult.Refused refusal() {
        return refusal;
    }
}
