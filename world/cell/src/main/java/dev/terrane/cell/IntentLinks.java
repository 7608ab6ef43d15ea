package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.Admission;
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
 * The ways of intents to other cells. What a cell refuses waits, with everything behind it, for the next tick; a full way refuses, too.
 *
 * <p>Only what is accepted gets its numbers, so a batch that is offered again under the same numbers may have become longer, but never
 * different.
 */
final class IntentLinks {
    /** Intents that may wait for one cell. */
    static final int WAITING_COUNT_MAX = 4096;

    private static final class Link {
        /** Given away with the batch that is accepted. */
        List<Intent> waiting = new ArrayList<>();

        long lastSeq;
    }

    private final Body body;
    private final IntentMeters meters;
    /** Never removed: a layer that comes back must not get the same numbers twice. */
    private final SortedMap<CellId, Link> links = new TreeMap<>();

    private final List<CellId> gone = new ArrayList<>();

    IntentLinks(Body body, IntentMeters meters) {
        this.body = body;
        this.meters = meters;
    }

    /** False when the way is full. */
    boolean add(CellId target, Intent intent) {
        Link link = links.computeIfAbsent(target, _ -> new Link());
        if (link.waiting.size() >= WAITING_COUNT_MAX) {
            return false;
        }
        link.waiting.add(intent);
        return true;
    }

    boolean empty() {
        for (Link link : links.values()) {
            if (!link.waiting.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** @param stranded is given what waits for layers that are no more; it may {@link #add} it elsewhere, to go with the next tick */
    void flush(Consumer<Intent> stranded) {
        for (Map.Entry<CellId, Link> entry : links.entrySet()) {
            if (!entry.getValue().waiting.isEmpty()) {
                flush(entry.getKey(), entry.getValue());
            }
        }
        for (int i = 0; i < gone.size(); i++) {
            Link link = links.get(gone.get(i));
            if (link != null) {
                List<Intent> left = link.waiting;
                link.waiting = new ArrayList<>();
                left.forEach(stranded);
            }
        }
        gone.clear();
    }

    private void flush(CellId target, Link link) {
        IntentBatch batch =
                new IntentBatch(body.spec.cell(), body.spec.epoch(), link.lastSeq + 1, body.tick, link.waiting);
        Admission admission = body.ports.cells().offer(target, CellPort.ANY_EPOCH, batch);
        if (admission == Admission.ACCEPTED) {
            meters.sent.add(link.waiting.size());
            link.lastSeq += link.waiting.size();
            link.waiting = new ArrayList<>();
        } else if (admission == Admission.UNKNOWN && !isLayer(target)) {
            gone.add(target);
        }
    }

    private boolean isLayer(CellId cell) {
        for (int layer : body.layers.layersOf(cell.region())) {
            if (layer == cell.layer()) {
                return true;
            }
        }
        return false;
    }

    void write(Consumer<Intent> writer, ByteWriter out) {
        out.varuint(links.size());
        for (Map.Entry<CellId, Link> entry : links.entrySet()) {
            IntentMarks.write(entry.getKey(), out);
            out.varlong(entry.getValue().lastSeq);
            out.varuint(entry.getValue().waiting.size());
            entry.getValue().waiting.forEach(writer);
        }
    }

    /** Each way with its last number and what waits for it, as one batch. */
    void writeRunning(CellInputCodec codec, ByteWriter out) {
        out.varuint(links.size());
        for (Map.Entry<CellId, Link> entry : links.entrySet()) {
            Link link = entry.getValue();
            codec.write(new IntentBatch(entry.getKey(), 0, link.lastSeq, 0, link.waiting), out);
        }
    }

    void readRunning(CellInputCodec codec, ByteReader in) {
        for (int rest = in.count(6); rest > 0; rest--) {
            IntentBatch waiting = readBatch(codec, in);
            Link link = new Link();
            link.lastSeq = waiting.seq();
            link.waiting = waiting.intents();
            links.put(waiting.source(), link);
        }
    }

    static IntentBatch readBatch(CellInputCodec codec, ByteReader in) {
        if (codec.read(in) instanceof IntentBatch batch) {
            return batch;
        }
        throw in.malformed("a batch of intents is expected");
    }
}
