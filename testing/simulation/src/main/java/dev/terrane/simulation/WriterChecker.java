package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellOutput;
import java.util.SortedMap;
import java.util.TreeMap;

/** At most one live writer per cell: each epoch is opened once and higher than the one before, and only the newest speaks, tick after tick. */
final class WriterChecker extends Checker {
    private final SortedMap<CellId, Long> live = new TreeMap<>();
    private final SortedMap<CellId, Long> highest = new TreeMap<>();
    private final SortedMap<String, Long> lastTick = new TreeMap<>();

    @Override
    public void opened(CellId cell, long epoch) {
        require(!live.containsKey(cell), () -> "cell " + cell + " is opened under epoch " + epoch + " while it lives");
        require(
                epoch > highest.getOrDefault(cell, 0L),
                () -> "cell " + cell + " is opened under epoch " + epoch + " after " + highest.get(cell));
        live.put(cell, epoch);
        highest.put(cell, epoch);
    }

    @Override
    public void died(CellId cell, long epoch) {
        live.remove(cell);
    }

    @Override
    public void closed(CellId cell, long epoch) {
        live.remove(cell);
    }

    @Override
    public void told(CellId sender, int gateway, CellOutput message, boolean taken) {
        if (message instanceof CellFrame frame) {
            require(
                    live.getOrDefault(frame.cell(), -1L) == frame.epoch(),
                    () -> "cell " + frame.cell() + " speaks under epoch " + frame.epoch() + ", but "
                            + live.get(frame.cell()) + " lives");
            Long before = lastTick.put(frame.cell() + "@" + frame.epoch() + ">" + gateway, frame.tick());
            require(
                    before == null || before < frame.tick(),
                    () -> "cell " + frame.cell() + " tells gateway " + gateway + " of tick " + frame.tick() + " after "
                            + before);
        }
    }
}
