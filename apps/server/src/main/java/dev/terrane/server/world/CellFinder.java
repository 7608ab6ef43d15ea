package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandResult;
import dev.terrane.directory.Claim;
import dev.terrane.directory.Directory;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.Partition;
import org.jspecify.annotations.Nullable;

/**
 * From the key of a command to the cell that has to carry it out. Where cells of the world are on other nodes, too, it knows only its own: what it does not find is elsewhere, and not
 * nowhere. Any thread. Not final: tests put cells of their own in its place.
 */
class CellFinder {
    private final WorldId world;
    private final Partition partition;
    private final Directory directory;
    private final Seats seats;
    private final boolean isWhole;

    /**
     * @param directory of the avatars that are here
     * @param isWhole all cells of the world are here, so the directory knows all its avatars
     */
    CellFinder(WorldId world, Partition partition, Directory directory, Seats seats, boolean isWhole) {
        this.world = world;
        this.partition = partition;
        this.directory = directory;
        this.seats = seats;
        this.isWhole = isWhole;
    }

    /** Null while nobody can say. */
    @Nullable
    CellId find(String key) {
        return switch (CellKey.parse(key).orElse(null)) {
            case CellKey.OfRegion of -> new CellId(world, of.region(), 0);
            case CellKey.OfCharacter of ->
                directory.find(of.character()).map(Claim.Located::cell).orElse(null);
            case null -> null;
        };
    }

    /** Why nobody will ever carry it out; null while somebody may. */
    CommandResult.@Nullable Refused refusal(String key) {
        return switch (CellKey.parse(key).orElse(null)) {
            case CellKey.OfRegion of ->
                partition.contains(of.region())
                        ? null
                        : new CommandResult.Refused("UNKNOWN_REGION", "world " + world + " has no " + of);
            case CellKey.OfCharacter of ->
                !isWhole || directory.knows(of.character())
                        ? null
                        : new CommandResult.Refused(
                                "NOT_IN_WORLD",
                                of + " has no avatar in world " + world + " now; enter it, then ask anew");
            case null ->
                new CommandResult.Refused("UNKNOWN_KEY", "'" + key + "' names neither a region nor a character");
        };
    }

    /** Whether cells of this world may be on other nodes. */
    boolean isAmongMany() {
        return !isWhole;
    }

    /** Whether another node has to be asked: nobody here will ever carry it out, as far as is known now. */
    boolean isElsewhere(String key) {
        return !isWhole
                && switch (CellKey.parse(key).orElse(null)) {
                    case CellKey.OfRegion of -> isElsewhere(new CellId(world, of.region(), 0));
                    case CellKey.OfCharacter of ->
                        directory
                                .find(of.character())
                                .map(located -> isElsewhere(located.cell()))
                                .orElseGet(() -> !directory.knows(of.character()));
                    case null -> false;
                };
    }

    /** Whether another node has the cell, or will. */
    boolean isElsewhere(CellId cell) {
        return !isWhole && seats.get(cell) == null;
    }

    /** The epoch under which the cell runs; -1 while it does not. */
    long epoch(CellId cell) {
        CellSeat seat = seats.get(cell);
        Cell seated = seat == null ? null : seat.cell();
        return seated == null || seated.phase() != Cell.Phase.RUNNING ? -1 : seated.epoch();
    }

    Admission offer(CellId cell, long epoch, CellInput message) {
        CellSeat seat = seats.get(cell);
        return seat == null ? Admission.UNKNOWN : seat.offer(epoch, message);
    }
}
