package dev.terrane.interest;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.Audience;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.space.ChunkGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A cell's entities as clients may see them: each {@link Face} of one in one place (chunk, part, slot), its fields quantised as last sent.
 *
 * <p>Not state of the cell: nothing of it is checkpointed, a restarted cell begins with an empty board and is watched anew.
 * Not thread-safe: called by the cell's tick only.
 */
public final class SliceBoard {
    /** What is emitted into one slice beyond this is dropped until the next snapshot, so that a brawl does not starve the state of it. */
    public static final int SLICE_EVENT_BYTES_MAX = 2048;

    private final EntityStore entities;
    private final Chunks chunks;
    /** The body first. */
    private final List<Face> faces = new ArrayList<>();

    private final SliceEncoder encoder = new SliceEncoder();
    private final EventEncoder events;
    private final Tellings tellings = new Tellings();
    private final FrameBuilder frames;
    private final ByteWriter deltas = new ByteWriter(4096);
    private final ByteWriter fulls = new ByteWriter(4096);

    /** By number, which rises without end as nodes come and go. */
    private final TreeMap<Integer, GatewayWatch> gateways = new TreeMap<>();

    private @Nullable Slice[] encoded = new Slice[64];
    private int encodedCount;
    private long serial;
    private long droppedEventCount;

    /**
     * @param entities components must contain those of the kit; an entity without {@code Position} is seen by nobody
     * @param events the records that may be emitted, as a schema: the event number is the place in it
     */
    public SliceBoard(EntityStore entities, Schema events, ChunkGrid chunks) {
        this.entities = entities;
        Places bodies = new Places();
        this.chunks = new Chunks(chunks, bodies);
        Face body = new Face(entities, Audience.ALL, bodies, this.chunks);
        faces.add(body);
        for (Audience group : List.of(Audience.SQUAD, Audience.TEAM)) {
            if (entities.schema().fields().stream().anyMatch(field -> field.audience() == group)) {
                faces.add(new Face(entities, group, new Places(), this.chunks));
            }
        }
        this.events = new EventEncoder(events);
        this.frames = new FrameBuilder(entities, body.views(), tellings);
    }

    /** Full slices of these chunks at the next snapshot, then deltas. Asking again gives full slices again. Indices outside the grid are ignored. */
    public void watch(int gateway, int[] chunkIndices) {
        GatewayWatch watch = gateway(gateway);
        for (int chunk : chunkIndices) {
            if (inGrid(chunk) && watch.add(chunk)) {
                chunks.addWatcher(chunk);
            }
        }
    }

    public void unwatch(int gateway, int[] chunkIndices) {
        GatewayWatch watch = gateway(gateway);
        for (int chunk : chunkIndices) {
            if (inGrid(chunk) && watch.remove(chunk)) {
                chunks.removeWatcher(chunk);
            }
        }
    }

    public void forgetGateway(int gateway) {
        GatewayWatch watch = gateways.remove(gateway);
        for (int chunk = 0; watch != null && chunk < chunks.grid.chunkCount(); chunk++) {
            if (watch.remove(chunk)) {
                chunks.removeWatcher(chunk);
            }
        }
    }

    /** Whether the gateway watches any chunk. */
    public boolean watches(int gateway) {
        GatewayWatch watch = gateways.get(gateway);
        return watch != null && watch.count() > 0;
    }

    /** Tells everybody who watches the chunk of this place, with the next snapshot. */
    public void emit(Record event, float x, float y) {
        int chunk = chunks.grid.chunkAt(x, y);
        Slice[] parts = chunks.parts(chunk);
        if (parts.length == 0 || !parts[0].watched) {
            return;
        }
        ByteWriter out = parts[0].events;
        int before = out.size();
        events.write(event, out);
        if (out.size() > SLICE_EVENT_BYTES_MAX) {
            out.truncate(before);
            droppedEventCount++;
        } else {
            chunks.touch(parts[0]);
        }
    }

    /** Events dropped since the start because their slice was full of them. */
    public long droppedEventCount() {
        return droppedEventCount;
    }

    /** Tells one session, with the next frame that lists it. */
    public void tell(long session, Record event) {
        tellings.add(session, event, events);
    }

    /** The entity was handed to another cell: call it before its despawn is flushed, so that clients expect it elsewhere. */
    public void departed(long entity) {
        for (Face face : faces) {
            face.departed(entity);
        }
    }

    /**
     * Takes in everything that changed since the last call and encodes it; then clears the store's change marks. Once per snapshot tick, after the
     * last flush of the store.
     *
     * @param tick higher than at the last call
     */
    public void collect(long tick) {
        serial = tick;
        tellings.turn();
        for (Face face : faces) {
            face.collect();
        }
        for (int chunk = chunks.takeOpening(); chunk >= 0; chunk = chunks.takeOpening()) {
            Seating.rememberAll(entities, chunks.parts(chunk));
            chunks.open(chunk);
        }
        encodeTouched();
        entities.clearChanges();
    }

    private void encodeTouched() {
        deltas.clear();
        fulls.clear();
        encodedCount = 0;
        for (int i = 0; i < chunks.touchedCount(); i++) {
            Slice slice = chunks.touched(i);
            if (!slice.watched || (slice.seq > 0 && slice.nothingHappened())) {
                slice.forgetWhatHappened();
                continue;
            }
            slice.baseSeq = slice.seq == 0 ? -1 : slice.seq; // a new part has no version that a delta could apply to
            slice.seq++;
            slice.deltaOffset = deltas.size();
            if (slice.baseSeq >= 0) {
                encoder.delta(slice, deltas);
            }
            slice.deltaLength = deltas.size() - slice.deltaOffset;
            slice.forgetWhatHappened();
            if (encodedCount == encoded.length) {
                encoded = Arrays.copyOf(encoded, encodedCount * 2);
            }
            encoded[encodedCount++] = slice;
        }
        chunks.forgetTouched();
    }

    /**
     * What one gateway is told about the snapshot that was last collected. Call it once per gateway and snapshot: it takes the full slices
     * and the sessions' own events along.
     */
    public CellFrame frame(int gateway, FrameHeader header, AvatarList avatars) {
        GatewayWatch watch = gateway(gateway);
        frames.clear();
        for (int i = 0; i < encodedCount; i++) {
            Slice slice = encoded[i];
            if (slice == null || !watch.has(slice.chunk) || watch.isFresh(slice.chunk)) {
                continue;
            }
            if (slice.baseSeq < 0) {
                addFull(slice);
            } else {
                frames.add(slice, slice.baseSeq, deltas, slice.deltaOffset, slice.deltaLength);
            }
        }
        for (int chunk = watch.takeFresh(0); chunk >= 0; chunk = watch.takeFresh(chunk)) {
            for (Slice part : chunks.parts(chunk)) {
                addFull(part);
            }
        }
        return frames.build(header, avatars);
    }

    private void addFull(Slice slice) {
        if (slice.fullSerial != serial) {
            slice.fullSerial = serial;
            slice.fullOffset = fulls.size();
            encoder.full(slice, fulls);
            slice.fullLength = fulls.size() - slice.fullOffset;
        }
        frames.add(slice, -1, fulls, slice.fullOffset, slice.fullLength);
    }

    private boolean inGrid(int chunk) {
        return chunk >= 0 && chunk < chunks.grid.chunkCount();
    }

    private GatewayWatch gateway(int number) {
        return gateways.computeIfAbsent(number, _ -> new GatewayWatch(chunks.grid.chunkCount()));
    }

    /** What every frame of a snapshot says. */
    public record FrameHeader(CellId cell, long epoch, long tick, long simulatedAtMillis, float dilation) {}
}
