package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.cell.Cell;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.space.Partition;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who has heard which layers a region has: told once, again after a restart, later if there was no room. */
final class Notices {
    private final WorldId world;
    private final Partition partition;
    private final CellHouse cells;
    private final GatewayHouse gateways;
    private final SortedMap<RegionId, Notice> notices = new TreeMap<>();

    private record Notice(RegionId region, int[] layers, int newcomers, Set<Ear> heard, Set<Integer> gateways) {}

    private record Ear(CellId cell, long epoch) {}

    Notices(WorldId world, Partition partition, CellHouse cells, GatewayHouse gateways) {
        this.world = world;
        this.partition = partition;
        this.cells = cells;
        this.gateways = gateways;
    }

    void post(RegionId region, int[] layers, int newcomers) {
        Notice before = notices.get(region);
        if (before == null || before.newcomers != newcomers || !Arrays.equals(before.layers, layers)) {
            notices.put(region, new Notice(region, layers, newcomers, new HashSet<>(), new HashSet<>()));
        }
    }

    CellId entranceOf(RegionId region) {
        Notice notice = notices.get(region);
        return new CellId(world, region, notice == null ? 0 : notice.newcomers);
    }

    void deliverAll() {
        notices.keySet().forEach(this::delivered);
    }

    /** Tells whoever has not heard yet; true when everybody who is there has. */
    boolean delivered(RegionId region) {
        Notice notice = notices.get(region);
        if (notice == null) {
            return true;
        }
        boolean all = true;
        for (Cell cell : cells.cells().values()) {
            all &= cell.phase() != Cell.Phase.RUNNING || tell(notice, cell);
        }
        for (int number = 0; number < gateways.all().size(); number++) {
            if (!notice.gateways.contains(number)) {
                boolean told = cells.roads().tell(null, number, new CellOutput.Layers(world, region, notice.layers));
                all &= told;
                if (told) {
                    notice.gateways.add(number);
                }
            }
        }
        return all;
    }

    /** A cell that begins hears all that concerns it. */
    void brief(Cell cell) {
        notices.values().forEach(notice -> tell(notice, cell));
    }

    private boolean tell(Notice notice, Cell cell) {
        RegionId home = cell.id().region();
        Ear ear = new Ear(cell.id(), cell.epoch());
        boolean concerned = home.equals(notice.region)
                || partition.neighbours(notice.region).contains(home);
        if (!concerned || notice.heard.contains(ear)) {
            return true;
        }
        CellInput message = new CellInput.Layers(notice.region, notice.layers, notice.newcomers);
        boolean told = cells.roads().offer(null, cell.id(), CellPort.ANY_EPOCH, message) == Admission.ACCEPTED;
        if (told) {
            notice.heard.add(ear);
        }
        return told;
    }
}
