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

/** From the key of a command to the cell that has to carry it out. Any thread. */
final class CellFinder {
    private final WorldId world;
    private final Partition partition;
    private final Directory directory;
    private final Seats seats;

    CellFinder(WorldId world, Partition partition, Directory directory, Seats seats) {
        this.world = world;
        this.partition = partition;
        this.directory = directory;
        this.seats = seats;
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
                directory.knows(of.character())
                        ? null
                        : new CommandResult.Refused(
                                "NOT_IN_WORLD",
                                of + " has no avatar in world " + world + " now; enter it, then ask anew");
            case null ->
                new CommandResult.Refused("UNKNOWN_KEY", "'" + key + "' names neither a region nor a character");
        };
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
