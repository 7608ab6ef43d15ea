package dev.terrane.bench.load.os;

/** Nothing can be measured here; the message says why and what to do. */
public final class UnusableMachineException extends RuntimeException {
    public UnusableMachineException(String message) {
        super(message);
    }
}
