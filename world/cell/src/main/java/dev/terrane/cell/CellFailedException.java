package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellCommand;
import org.jspecify.annotations.Nullable;

/** Something threw within a cell's tick. The cell is dead and refuses everything; others go on. */
public final class CellFailedException extends RuntimeException {
    private final CellId cell;
    private final long epoch;
    private final long tick;
    private final String where;
    private final transient @Nullable CellCommand command;

    CellFailedException(
            CellId cell, long epoch, long tick, String where, @Nullable CellCommand command, Throwable cause) {
        super(
                "cell %s failed under epoch %d at tick %d in %s: %s; restart it from its last checkpoint"
                        .formatted(cell, epoch, tick, where, cause.getMessage() == null ? cause : cause.getMessage()),
                cause);
        this.cell = cell;
        this.epoch = epoch;
        this.tick = tick;
        this.where = where;
        this.command = command;
    }

    public CellId cell() {
        return cell;
    }

    public long epoch() {
        return epoch;
    }

    public long tick() {
        return tick;
    }

    /** The system or step that threw, for example {@code system SIMULATE/drones}. */
    public String where() {
        return where;
    }

    /** The durable command whose handler threw; null when it was something else. */
    public @Nullable CellCommand command() {
        return command;
    }
}
