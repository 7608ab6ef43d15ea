package dev.terrane.plugin;

/**
 * Carries out a durable command in a tick of the cell that it is for.
 *
 * <p>It runs before INPUT, once: the outcome is made durable together with the entities that it names, and only then told. After a crash the cell begins with
 * its last checkpoint and these entities; whatever else the handler changed, and did not name, may be gone.
 *
 * <p>A handler that throws is a bug: the cell restarts, and the command is tried again a few times before it is put aside.
 */
@FunctionalInterface
public interface CommandHandler<P extends Record> {
    CommandOutcome handle(CellContext cell, CommandCall<P> call);
}
