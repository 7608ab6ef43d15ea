package dev.terrane.server.world;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.space.Partition;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells cells and gateways what holds from now on: layers and pace. Whoever had no room hears it later, whoever starts later hears it then, a restarted
 * cell hears it again; nobody is told twice.
 *
 * <p>One thread at a time may use it.
 */
final class Herald {
    private final WorldId world;
    private final Partition partition;
    private final Seats seats;
    private final Layering layering;
    private final WorldSetup.Gateways gateways;
    private final SortedMap<RegionId, Notice> layers = new TreeMap<>();
    private @Nullable Notice pace;
    /** In effect until the newest begins: a cell that starts in between has to know it. */
    private CellInput.@Nullable Pace earlierPace;

    /** @param concerned region whose layers it is about; null concerns every cell */
    private record Notice(@Nullable RegionId concerned, CellInput toCell, CellOutput toGateway, Set<Object> heard) {}

    /** A cell that restarts under a new epoch has forgotten what it heard. */
    private record Ear(CellId cell, long epoch) {}

    /** What is so. Asked when a region's layers are announced, and nobody else says it. */
    interface Layering {
        /** Ascending, never none. */
        int[] layers(RegionId region);

        /** The layer that takes newcomers in. */
        int newcomers(RegionId region);

        /** Of a world that is alone here: there are the layers that have a seat. */
        static Layering seated(Seats seats, ToIntFunction<RegionId> newcomers) {
            return new Layering() {
                @Override
                public int[] layers(RegionId region) {
                    return seats.list().stream()
                            .filter(seat -> seat.id().region().equals(region))
                            .mapToInt(seat -> seat.id().layer())
                            .toArray();
                }

                @Override
                public int newcomers(RegionId region) {
                    return newcomers.applyAsInt(region);
                }
            };
        }
    }

    Herald(WorldSetup setup, Seats seats, Layering layering) {
        this.world = new WorldId(setup.world().map().world());
        this.partition = setup.world().map().partition();
        this.seats = seats;
        this.layering = layering;
        this.gateways = setup.gateways();
    }

    /** Announces the layers that a region has now, and which of them takes newcomers in. */
    synchronized void layers(RegionId region) {
        int[] known = layering.layers(region);
        int entrance = layering.newcomers(region);
        Notice before = layers.get(region);
        if (before != null
                && before.toCell instanceof CellInput.Layers(RegionId _, int[] told, int toldEntrance)
                && Arrays.equals(told, known)
                && toldEntrance == entrance) {
            return;
        }
        layers.put(
                region,
                new Notice(
                        region,
                        new CellInput.Layers(region, known, entrance),
                        new CellOutput.Layers(world, region, known),
                        new HashSet<>()));
    }

    /** The layer that takes newcomers in, as announced last. */
    synchronized int entrance(RegionId region) {
        Notice notice = layers.get(region);
        return notice != null && notice.toCell instanceof CellInput.Layers told ? told.newcomers() : 0;
    }

    synchronized void pace(CellInput.Pace next) {
        earlierPace = pace == null ? null : (CellInput.Pace) pace.toCell;
        pace = new Notice(
                null, next, new CellOutput.Pace(world, next.fromTick(), next.dilation(), next.shed()), new HashSet<>());
    }

    /** Tells whoever has not heard; true when everybody who is there has. */
    synchronized boolean deliver() {
        boolean all = pace == null || deliver(pace);
        for (Notice notice : layers.values()) {
            all &= deliver(notice);
        }
        return all;
    }

    /** Like the other, about the layers of one region. */
    synchronized boolean deliver(RegionId region) {
        Notice notice = layers.get(region);
        return notice == null || deliver(notice);
    }

    /** Tells a cell that is about to be seated all that concerns it. */
    synchronized void brief(Cell cell) {
        if (earlierPace != null) {
            cell.offer(cell.epoch(), earlierPace);
        }
        if (pace != null) {
            tell(pace, cell);
        }
        layers.values().forEach(notice -> tell(notice, cell));
    }

    private boolean deliver(Notice notice) {
        boolean all = true;
        for (CellSeat seat : seats.all()) {
            Cell cell = seat.cell();
            all &= cell == null || cell.phase() != Cell.Phase.RUNNING || tell(notice, cell);
        }
        for (int gateway = 0; gateway < gateways.count(); gateway++) {
            if (!notice.heard.contains(gateway)) {
                if (gateways.one().offer(gateway, notice.toGateway)) {
                    notice.heard.add(gateway);
                } else {
                    all = false; // Full, or not there yet.
                }
            }
        }
        gateways.wake().run(); // it is told between rounds
        return all;
    }

    private boolean tell(Notice notice, Cell cell) {
        Ear ear = new Ear(cell.id(), cell.epoch());
        if (!concerns(notice, cell.id().region()) || notice.heard.contains(ear)) {
            return true;
        }
        boolean told = cell.offer(cell.epoch(), notice.toCell) == Admission.ACCEPTED;
        if (told) {
            notice.heard.add(ear);
        }
        return told;
    }

    private boolean concerns(Notice notice, RegionId region) {
        return notice.concerned == null
                || notice.concerned.equals(region)
                || partition.neighbours(notice.concerned).contains(region);
    }
}
