package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellSpec;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Lets faults happen by the plan's chances, and ends them all when it is to be quiet. */
final class Trouble {
    /** A cell stands still for at most so long, then catches up. */
    static final int STALL_TICKS_MAX = 4;

    private static final int GATEWAY_STALL_TICKS_MAX = 15;
    private static final int DEAF_TICKS_MAX = 30;
    private static final int SLOW_TICKS_MAX = 60;
    private static final int AWAY_TICKS_MAX = 40;
    private static final int IMAGE_EVERY_TICKS = 40;
    private static final int SETTLED_TICKS = 40;

    private final Plan plan;
    private final Rng rng;
    private final CellHouse cells;
    private final GatewayHouse gateways;
    private final Steward steward;
    private final SortedMap<CellId, Long> stalledUntil = new TreeMap<>();
    private final SortedMap<CellId, Long> deafUntil = new TreeMap<>();
    private final SortedMap<CellId, Long> unsettled = new TreeMap<>();
    private final List<CellSpec> down = new ArrayList<>();
    private final long[] gatewayStalledUntil;
    private int restartCount;
    private int dropCount;

    Trouble(Plan plan, CellHouse cells, GatewayHouse gateways, Steward steward) {
        this.plan = plan;
        this.rng = new Rng(Rng.mix(plan.seed() ^ 0x54_524FL));
        this.cells = cells;
        this.gateways = gateways;
        this.steward = steward;
        this.gatewayStalledUntil = new long[plan.population().gatewayCount()];
    }

    void tick(long tick, List<SimClient> clients) {
        Plan.Faults faults = plan.faults();
        if (tick < plan.faultTicks() && !faults.none()) {
            CellId cell = any();
            if (rng.chance(faults.deafCell())) {
                cells.roads().deafen(cell, true);
                deafUntil.put(cell, tick + 1 + rng.nextInt(DEAF_TICKS_MAX));
            }
            if (rng.chance(faults.stalledCell())) {
                stall(cell, tick, tick + 1 + rng.nextInt(STALL_TICKS_MAX));
            }
            if (rng.chance(faults.stalledGateway())) {
                gatewayStalledUntil[rng.nextInt(gatewayStalledUntil.length)] =
                        tick + 1 + rng.nextInt(GATEWAY_STALL_TICKS_MAX);
            }
            SimClient client = clients.get(rng.nextInt(clients.size()));
            if (rng.chance(faults.droppedClient()) && client.playing()) {
                client.drop(tick, rng.nextInt(AWAY_TICKS_MAX));
                dropCount++;
            }
            if (rng.chance(faults.slowClient())) {
                client.slowDown(tick + 1 + rng.nextInt(SLOW_TICKS_MAX));
            }
            if (rng.chance(faults.restart()) && down.isEmpty() && tick > SETTLED_TICKS) {
                crash(cell, tick);
            }
        }
        endSome(tick);
        images(tick);
        restartWhoIsDown(tick);
    }

    private CellId any() {
        List<CellId> all = List.copyOf(cells.cells().keySet());
        return all.get(rng.nextInt(all.size()));
    }

    private void crash(CellId cell, long tick) {
        Cell falling = cells.cells().get(cell);
        if (cells.shelf().stored(cell) != null && falling != null && falling.phase() == Cell.Phase.RUNNING) {
            down.add(cells.crash(cell));
            restartCount++;
            unsettled.put(cell, tick);
        }
    }

    private void endSome(long tick) {
        for (Iterator<CellId> all = deafUntil.keySet().iterator(); all.hasNext(); ) {
            CellId cell = all.next();
            if (tick >= plan.faultTicks() || tick >= deafUntil.getOrDefault(cell, 0L)) {
                cells.roads().deafen(cell, false);
                all.remove();
            }
        }
    }

    private void images(long tick) {
        int index = 0;
        for (var cell : cells.cells().values()) {
            if ((tick + 7L * index++) % IMAGE_EVERY_TICKS == 0) {
                cell.requestImage();
            }
        }
        cells.shelf().tick(tick);
    }

    private void restartWhoIsDown(long tick) {
        for (Iterator<CellSpec> all = down.iterator(); all.hasNext(); ) {
            CellSpec spec = all.next();
            if (cells.restart(spec)) {
                all.remove();
                Cell back = cells.cells().get(spec.cell());
                if (back != null) {
                    steward.restarted(back);
                }
                gateways.tellAll(new CellOutput.CellUp(spec.cell(), spec.epoch()));
                unsettled.put(spec.cell(), tick + SETTLED_TICKS);
            }
        }
        for (Iterator<CellId> all = unsettled.keySet().iterator(); all.hasNext(); ) {
            CellId cell = all.next();
            if (cells.cells().containsKey(cell) && tick >= unsettled.getOrDefault(cell, 0L)) {
                cells.directory().settled(cell);
                all.remove();
            }
        }
    }

    /** Two stalls in a row would be longer than a stall may be: whoever was held up ticks at least once before the next. */
    private void stall(CellId cell, long tick, long until) {
        Long before = stalledUntil.get(cell);
        if (before == null || before < tick) {
            stalledUntil.put(cell, until);
        }
    }

    boolean stalled(CellId cell, long tick) {
        return tick < stalledUntil.getOrDefault(cell, 0L);
    }

    boolean gatewayStalled(int gateway, long tick) {
        return tick < gatewayStalledUntil[gateway];
    }

    /** How many inputs a player makes in this tick: one, but for a hiccup. */
    int inputCount(long tick) {
        if (tick >= plan.faultTicks()) {
            return 0;
        }
        return rng.chance(plan.faults().inputHiccup()) ? rng.nextInt(4) : 1;
    }

    int restartCount() {
        return restartCount;
    }

    int dropCount() {
        return dropCount;
    }
}
