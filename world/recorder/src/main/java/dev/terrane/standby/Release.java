package dev.terrane.standby;

import dev.terrane.base.CellId;
import dev.terrane.cell.CellPorts;
import dev.terrane.protocol.cluster.Admission;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Hands over what has become stable, in order, to each target as much as it takes.
 *
 * <p>Any thread may call. Whoever comes while another hands over leaves it to that one and goes on.
 */
final class Release {
    private final CellPorts ports;
    private final AtomicInteger held;
    private final BiConsumer<CellId, Boolean> missing;
    private final ConcurrentLinkedQueue<HeldRow> rows = new ConcurrentLinkedQueue<>();
    private final AtomicLong stableTick = new AtomicLong(Long.MAX_VALUE);
    private final AtomicLong dropped = new AtomicLong();
    /** How often it was called since whoever is at work began to. */
    private final AtomicInteger calls = new AtomicInteger();
    // Of whoever is at work:
    private final SortedMap<CellId, Queue<Held.ToCell>> cellsWaiting = new TreeMap<>();
    private final SortedMap<Integer, Queue<Held.ToGateway>> gatewaysWaiting = new TreeMap<>();
    // What others may know of that:
    private final Set<CellId> busyCells = ConcurrentHashMap.newKeySet();
    private final Set<Integer> busyGateways = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Integer> goneGateways = new ConcurrentLinkedQueue<>();

    /** @param missing hears whether a cell was there when something was handed over to it */
    Release(CellPorts ports, AtomicInteger held, BiConsumer<CellId, Boolean> missing) {
        this.ports = ports;
        this.held = held;
        this.missing = missing;
    }

    /** From the tick; in the order of ticks. */
    void add(HeldRow row) {
        rows.add(row);
    }

    /** Nothing of later ticks leaves from now on, until {@link #upTo} says so. */
    void holdAfter(long tick) {
        stableTick.set(tick);
    }

    void upTo(long tick) {
        stableTick.accumulateAndGet(tick, Math::max);
        again();
    }

    void again() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            handOver();
            seen = calls.addAndGet(-seen);
        } while (seen != 0);
    }

    /** Whether something waits because the cell refused it. */
    boolean busy(CellId cell) {
        return !busyCells.isEmpty() && busyCells.contains(cell);
    }

    boolean busy(int gateway) {
        return !busyGateways.isEmpty() && busyGateways.contains(gateway);
    }

    /** What waits for it is dropped. */
    void gatewayGone(int gateway) {
        goneGateways.add(gateway);
        again();
    }

    long droppedCount() {
        return dropped.get();
    }

    private void handOver() {
        for (Integer gone = goneGateways.poll(); gone != null; gone = goneGateways.poll()) {
            Queue<Held.ToGateway> left = gatewaysWaiting.remove(gone);
            busyGateways.remove(gone);
            held.addAndGet(left == null ? 0 : -left.size());
        }
        retry(cellsWaiting, this::settled, busyCells);
        retry(gatewaysWaiting, this::settled, busyGateways);
        for (HeldRow row = rows.peek(); row != null && row.tick() <= stableTick.get(); row = rows.peek()) {
            rows.remove();
            row.all().forEach(this::handOver);
        }
    }

    private <T, M> void retry(SortedMap<T, Queue<M>> waiting, Predicate<M> settled, Set<T> busy) {
        Iterator<Map.Entry<T, Queue<M>>> each = waiting.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<T, Queue<M>> entry = each.next();
            Queue<M> queue = entry.getValue();
            while (!queue.isEmpty() && settled.test(queue.element())) {
                queue.remove();
                held.decrementAndGet();
            }
            if (queue.isEmpty()) {
                busy.remove(entry.getKey());
                each.remove();
            }
        }
    }

    private void handOver(Held message) {
        switch (message) {
            case Held.ToCell toCell -> {
                if (cellsWaiting.containsKey(toCell.cell()) || !settled(toCell)) {
                    cellsWaiting
                            .computeIfAbsent(toCell.cell(), _ -> new ArrayDeque<>())
                            .add(toCell);
                    busyCells.add(toCell.cell());
                    return;
                }
            }
            case Held.ToGateway toGateway -> {
                if (gatewaysWaiting.containsKey(toGateway.gateway()) || !settled(toGateway)) {
                    gatewaysWaiting
                            .computeIfAbsent(toGateway.gateway(), _ -> new ArrayDeque<>())
                            .add(toGateway);
                    busyGateways.add(toGateway.gateway());
                    return;
                }
            }
            case Held.Report report -> report.told().run();
            case Held.Image image -> image.tell(ports.listener());
        }
        held.decrementAndGet();
    }

    private boolean settled(Held.ToCell toCell) {
        Admission answer = ports.cells().offer(toCell.cell(), toCell.epoch(), toCell.message());
        missing.accept(toCell.cell(), answer == Admission.UNKNOWN);
        if (answer == Admission.UNKNOWN) {
            dropped.incrementAndGet();
        }
        return answer == Admission.ACCEPTED || answer == Admission.UNKNOWN;
    }

    private boolean settled(Held.ToGateway toGateway) {
        return ports.gateways().offer(toGateway.gateway(), toGateway.message());
    }
}
