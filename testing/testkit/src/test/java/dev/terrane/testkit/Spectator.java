package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.protocol.client.EventValues;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.client.SliceListener;
import dev.terrane.protocol.client.SliceState;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.ChunkGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A gateway that watches whole regions and decodes all it is told, as a client would that sees everything. */
final class Spectator {
    /** {@code kit.position} comes first among the components with public fields, so x and y have these entity field indices. */
    private static final int FIELD_X = 0;

    private static final int FIELD_Y = 1;

    record Place(CellId cell, int chunk, int part) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byCell = cell.compareTo(other.cell);
            int byChunk = byCell != 0 ? byCell : Integer.compare(chunk, other.chunk);
            return byChunk != 0 ? byChunk : Integer.compare(part, other.part);
        }
    }

    record Seen(CellId cell, int ownership, double worldX, double worldY) {}

    private final HandCrankedWorld world;
    private final int gateway;
    private final WireLayout layout;
    private final SortedMap<Place, SliceState> slices = new TreeMap<>();
    private final SortedMap<Place, Integer> versions = new TreeMap<>();
    final List<LeftReason> departures = new ArrayList<>();
    int eventCount;

    Spectator(HandCrankedWorld world, int gateway) {
        this.world = world;
        this.gateway = gateway;
        this.layout = new WireLayout(world.world().schema().wire());
        world.addGateway(gateway, this::receive);
    }

    void watch(RegionId region) {
        world.offer(world.cell(region).id(), new CellInput.Watch(gateway, allChunks(region)));
    }

    void unwatch(RegionId region) {
        world.offer(world.cell(region).id(), new CellInput.Unwatch(gateway, allChunks(region)));
    }

    private int[] allChunks(RegionId region) {
        ChunkGrid grid = new ChunkGrid(world.world().map().partition().bounds(region), 64);
        return IntStream.range(0, grid.chunkCount()).toArray();
    }

    private void receive(CellFrame frame) {
        for (int i = 0; i < frame.sliceCount(); i++) {
            Place place = new Place(frame.cell(), frame.chunk()[i], frame.part()[i]);
            SliceState slice = slices.computeIfAbsent(place, _ -> new SliceState(layout));
            ByteReader body = new ByteReader(frame.bytes(), frame.offset()[i], frame.length()[i]);
            if (frame.baseSeq()[i] < 0) {
                slice.applyKeyframe(body, listener);
            } else {
                assertThat(frame.baseSeq()[i]).as("base of " + place).isEqualTo(versions.get(place));
                slice.applyDelta(body, listener);
            }
            versions.put(place, frame.seq()[i]);
            assertThat(slice.entityCount()).as("entities in " + place).isEqualTo(frame.entityCount()[i]);
        }
    }

    private final SliceListener listener = new SliceListener() {
        @Override
        public void left(SliceState slice, int slot, LeftReason reason) {
            departures.add(reason);
        }

        @Override
        public void event(SliceState slice, EventValues event) {
            eventCount++;
        }
    };

    /** Ids of all that stands in any slice, as often as it does. */
    List<Long> entries() {
        List<Long> ids = new ArrayList<>();
        for (SliceState slice : slices.values()) {
            for (int slot = 0; slot < slice.slotLimit(); slot++) {
                if (slice.entity(slot) != 0) {
                    ids.add(slice.entity(slot));
                }
            }
        }
        return ids;
    }

    /** Entity id → where it is seen; of two claims the higher ownership is believed. */
    SortedMap<Long, Seen> sees() {
        SortedMap<Long, Seen> seen = new TreeMap<>();
        slices.forEach((place, slice) -> {
            for (int slot = 0; slot < slice.slotLimit(); slot++) {
                if (slice.entity(slot) != 0) {
                    Seen here = new Seen(
                            place.cell(),
                            slice.ownership(slot),
                            world.world().map().partition().originX(place.cell().region())
                                    + slice.floatValue(slot, FIELD_X),
                            world.world().map().partition().originY(place.cell().region())
                                    + slice.floatValue(slot, FIELD_Y));
                    seen.merge(slice.entity(slot), here, (a, b) -> a.ownership() > b.ownership() ? a : b);
                }
            }
        });
        return seen;
    }
}
