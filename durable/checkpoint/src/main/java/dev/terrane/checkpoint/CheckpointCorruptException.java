package dev.terrane.checkpoint;

import dev.terrane.base.CellId;

/** A stored checkpoint is not what was saved, or not what this build can read. It is refused whole; the message says what to do. */
public final class CheckpointCorruptException extends RuntimeException {
    /**
     * @param wrong what was found, for example "its hash differs"
     * @param remedy what the operator can do, an imperative sentence without a full stop
     */
    public CheckpointCorruptException(CellId cell, long tick, String wrong, String remedy) {
        super("the checkpoint of cell " + cell + " at tick " + tick + " is refused: " + wrong + ". " + remedy + ".");
    }
}
