package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput.HandoffNumber;
import dev.terrane.protocol.cluster.CellInput.IntentAck;
import dev.terrane.protocol.cluster.CellInput.IntentBatch;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.Intent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The ways of intents to other cells. Each is numbered when it is put on its way and kept until its target has acknowledged it.
 *
 * <pre>
 *   waiting ──accepted──► under way ──acknowledged──► forgotten
 *      ▲                      │
 *      └── nothing heard for RETRY_TICKS: all from the oldest on once more
 * </pre>
 *
 * <p>What a cell refuses waits, with everything behind it, for the next tick; a full way refuses, too.
 */
final class IntentLinks {
    /** Intents that may wait for one cell, not sent yet. */
    static final int WAITING_COUNT_MAX = 4096;
    /** Intents that are kept for one cell: some ticks' worth, for an answer takes some. */
    static final int KEPT_COUNT_MAX = 4 * WAITING_COUNT_MAX;
    /** Ticks without an answer after which what is kept is sent again. */
    static final int RETRY_TICKS = 10;
    /** Intents sent again to one cell in one tick: all that can be kept within the ticks until the next try. */
    static final int RESENT_PER_TICK_MAX = 2048;

    private static final class Link {
        /** Numbered without a hole from {@link #oldest} on. */
        final ArrayList<Intent> kept = new ArrayList<>();

        long oldest = 1;
        /** How many of those kept are under way. */
        int sentCount;
        /** How many of those kept were ever accepted; with more than are under way, it is repeating. */
        int sentCountMost;
        /** Since when the oldest one is under way. */
        long waitingSince;
        /** The target runs at least under this epoch. */
        long targetEpoch;
        /** It was offered something lately, and there was no such cell. */
        boolean missing;

        /** As if the first so many had never been here. */
        void forget(int count) {
            kept.subList(0, count).clear();
            oldest += count;
            sentCount = Math.max(0, sentCount - count);
            sentCountMost = Math.max(0, sentCountMost - count);
        }
    }

    private final Body body;
    private final IntentMeters meters;
    /** Never removed: a layer that comes back must not get the same numbers twice. */
    private final SortedMap<CellId, Link> links = new TreeMap<>();

    private final List<CellId> gone = new ArrayList<>();
    /** The epoch under which these rows of numbers began: a cell that goes on elsewhere goes on with its rows. */
    private long rowEpoch;

    IntentLinks(Body body, IntentMeters meters) {
        this.body = body;
        this.meters = meters;
        this.rowEpoch = body.spec.epoch();
    }

    /** False when the way is full. */
    boolean add(CellId target, Intent intent) {
        Link link = links.computeIfAbsent(target, _ -> new Link());
        int kept = link.kept.size();
        if (kept - link.sentCountMost >= WAITING_COUNT_MAX || kept >= KEPT_COUNT_MAX) {
            return false;
        }
        link.kept.add(intent);
        return true;
    }

    /** Whether nothing is kept: all that was ever put on its way has arrived. */
    boolean empty() {
        for (Link link : links.values()) {
            if (!link.kept.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The target holds everything up to this number. */
    void acknowledged(IntentAck ack) {
        Link link = links.get(ack.target());
        if (link == null || ack.sourceEpoch() != rowEpoch || ack.targetEpoch() < link.targetEpoch) {
            return;
        }
        link.targetEpoch = ack.targetEpoch();
        int count = (int) Math.min(ack.seq() - link.oldest + 1, link.sentCountMost);
        if (count > 0) {
            link.forget(count);
            link.waitingSince = body.tick;
        }
    }

    /**
     * That cell starts again from an image. What was under way dies with its former self, whether it was carried out or not: cells that are not rolled back
     * may have seen what came of it. It is no more than a restart takes back everywhere.
     */
    void restarting(CellId target, long epoch) {
        Link link = links.get(target);
        if (link != null) {
            link.targetEpoch = Math.max(link.targetEpoch, epoch);
            meters.lostWithTarget.add(link.sentCountMost);
            link.forget(link.sentCountMost);
        }
    }

    /** That cell goes on with all that it ever acknowledged: the rest is due at once. */
    void continues(CellId target, long epoch) {
        Link link = links.get(target);
        if (link != null) {
            link.targetEpoch = Math.max(link.targetEpoch, epoch);
            link.sentCount = 0;
        }
    }

    /** Everything is due: what was under way may have died with the cell's former self. */
    void repeatAll() {
        links.values().forEach(link -> link.sentCount = 0);
    }

    /** @param stranded is given what is kept for layers that are no more; it may {@link #add} it elsewhere, to go with the next tick */
    void flush(Consumer<Intent> stranded) {
        for (Map.Entry<CellId, Link> entry : links.entrySet()) {
            if (!entry.getValue().kept.isEmpty()) {
                flush(entry.getKey(), entry.getValue());
            }
        }
        for (int i = 0; i < gone.size(); i++) {
            Link link = links.get(gone.get(i));
            if (link != null) {
                List<Intent> left = List.copyOf(link.kept);
                link.forget(left.size());
                left.forEach(stranded);
            }
        }
        gone.clear();
    }

    private void flush(CellId target, Link link) {
        if (link.sentCount > 0 && body.tick - link.waitingSince >= RETRY_TICKS) {
            link.sentCount = 0;
        }
        int from = link.sentCount;
        if (from == link.kept.size()) {
            return;
        }
        boolean again = from < link.sentCountMost;
        int until = again ? Math.min(link.kept.size(), from + RESENT_PER_TICK_MAX) : link.kept.size();
        HandoffNumber after = body.handoffs.lastUnderWay(target);
        if (after == null) {
            return; // two rows of hand-offs are under way, after a change of owners: soon it is one
        }
        IntentBatch batch = new IntentBatch(
                body.spec.cell(),
                body.spec.epoch(),
                rowEpoch,
                link.oldest,
                link.oldest + from,
                body.tick,
                after,
                List.copyOf(link.kept.subList(from, until)));
        Admission admission = body.ports.cells().offer(target, CellPort.ANY_EPOCH, batch);
        if (admission == Admission.ACCEPTED) {
            accepted(link, from, until);
        } else if (admission == Admission.UNKNOWN && !isLayer(target)) {
            // Its last answers were given before it was taken away. They are here by the second time that nobody is
            // found: what
            // they leave was never carried out.
            if (link.missing) {
                gone.add(target);
            }
            link.missing = !link.missing;
        }
    }

    private void accepted(Link link, int from, int until) {
        int before = Math.max(from, link.sentCountMost);
        meters.sent.add(Math.max(0, until - before));
        meters.repeated.add(Math.min(until, before) - from);
        if (from == 0) {
            link.waitingSince = body.tick;
        }
        link.sentCount = until;
        link.sentCountMost = Math.max(link.sentCountMost, until);
        link.missing = false;
    }

    private boolean isLayer(CellId cell) {
        for (int layer : body.layers.layersOf(cell.region())) {
            if (layer == cell.layer()) {
                return true;
            }
        }
        return false;
    }

    /** For the fingerprint: a restart begins a new row, and what is kept is void with what caused it. */
    void write(Consumer<Intent> writer, ByteWriter out) {
        out.varlong(rowEpoch);
        out.varuint(links.size());
        for (Map.Entry<CellId, Link> entry : links.entrySet()) {
            IntentMarks.write(entry.getKey(), out);
            writeProgress(entry.getValue(), out);
            out.varuint(entry.getValue().kept.size());
            entry.getValue().kept.forEach(writer);
        }
    }

    private static void writeProgress(Link link, ByteWriter out) {
        out.varuint(link.sentCount);
        out.varuint(link.sentCountMost);
        out.varlong(link.waitingSince);
        out.varlong(link.targetEpoch);
        out.bool(link.missing);
    }

    /** Each way with its lowest number and what is kept for it, as one batch. */
    void writeRunning(CellInputCodec codec, ByteWriter out) {
        out.varlong(rowEpoch);
        out.varuint(links.size());
        for (Map.Entry<CellId, Link> entry : links.entrySet()) {
            Link link = entry.getValue();
            codec.write(
                    new IntentBatch(entry.getKey(), 0, 0, link.oldest, link.oldest, 0, HandoffNumber.NONE, link.kept),
                    out);
            writeProgress(link, out);
        }
    }

    void readRunning(CellInputCodec codec, ByteReader in) {
        rowEpoch = in.varlong();
        for (int rest = in.count(14); rest > 0; rest--) {
            IntentBatch kept = readBatch(codec, in);
            Link link = new Link();
            link.oldest = kept.oldest();
            link.kept.addAll(kept.intents());
            link.sentCount = in.varuint();
            link.sentCountMost = in.varuint();
            link.waitingSince = in.varlong();
            link.targetEpoch = in.varlong();
            link.missing = in.bool();
            boolean fine = link.sentCount >= 0
                    && link.sentCount <= link.sentCountMost
                    && link.sentCountMost <= link.kept.size();
            if (!fine) {
                throw in.malformed("of " + link.kept.size() + " intents " + link.sentCount + " are under way, and "
                        + link.sentCountMost + " were");
            }
            links.put(kept.source(), link);
        }
    }

    static IntentBatch readBatch(CellInputCodec codec, ByteReader in) {
        if (codec.read(in) instanceof IntentBatch batch) {
            return batch;
        }
        throw in.malformed("a batch of intents is expected");
    }
}
