package dev.terrane.command;

/** A payload is not what its type says; the message names the field. Expected: clients send anything. */
public final class PayloadRefusedException extends Exception {
    public PayloadRefusedException(String message) {
        super(message);
    }
}
