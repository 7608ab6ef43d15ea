package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.space.ChunkGrid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A cell reduced to what a gateway sees of it: slices that change at random, watches, and avatars that apply inputs. */
final class ModelCell {
    final CellId id;
    final ChunkGrid grid;
    final TreeMap<Integer, List<ModelPart>> parts = new TreeMap<>();
    final TreeSet<Integer> watched = new TreeSet<>();
    private final TreeSet<Integer> fresh = new TreeSet<>();
    final TreeMap<Long, ModelAvatar> avatars = new TreeMap<>();
    final List<CellInput> inbox = new ArrayList<>();
    long epoch = 1;
    /** Entities that matter to the first avatar. */
    long[] highlights = {};

    private long nextEntity;

    ModelCell(CellId id, ChunkGrid grid, int incarnation) {
        this.id = id;
        this.grid = grid;
        this.nextEntity = ((long) incarnation << 32) + 1;
    }

    /** An entity that only these may know of; its name says so. */
    void addSecret(int chunk, long audience) {
        List<ModelPart> all = parts.computeIfAbsent(chunk, _ -> new ArrayList<>(List.of(new ModelPart())));
        ModelPart part = all.stream()
                .filter(each -> each.audience == audience && each.freeSlot() >= 0)
                .findFirst()
                .orElse(null);
        if (part == null) {
            part = all.stream().filter(ModelPart::vacant).findFirst().orElse(null);
            if (part == null) {
                part = new ModelPart();
                all.add(part);
            }
            part.give(audience);
        }
        part.now.put(part.freeSlot(), new ModelEntity(nextEntity++, 0, 0, 0, secret(audience)));
    }

    static String secret(long audience) {
        return "secret " + Long.toHexString(audience) + ";";
    }

    /** Spawns, changes, moves and removes a few entities. */
    void stir(Rng rng) {
        for (int count = rng.nextInt(8); count > 0; count--) {
            int chunk = rng.nextInt(grid.chunkCount());
            ModelPart part = anyPart(chunk, rng);
            if (part == null || part.now.isEmpty() || rng.chance(0.25f)) {
                add(chunk, new ModelEntity(nextEntity++, rng.nextInt(4), rng.nextInt(1000), 0, "e" + nextEntity));
                continue;
            }
            int slot = new ArrayList<>(part.now.keySet()).get(rng.nextInt(part.now.size()));
            ModelEntity entity = Objects.requireNonNull(part.now.get(slot));
            switch (rng.nextInt(5)) {
                case 0 -> part.now.remove(slot);
                case 1 -> {
                    part.now.remove(slot);
                    add(rng.nextInt(grid.chunkCount()), entity);
                }
                case 2 ->
                    part.now.put(
                            slot,
                            new ModelEntity(entity.id(), entity.ownership(), entity.place(), entity.count() + 1, "n"));
                default ->
                    part.now.put(
                            slot,
                            new ModelEntity(
                                    entity.id(),
                                    entity.ownership(),
                                    entity.place() + rng.nextInt(9) - 4,
                                    entity.count(),
                                    entity.name()));
            }
        }
    }

    private @Nullable ModelPart anyPart(int chunk, Rng rng) {
        List<ModelPart> all = parts.get(chunk);
        ModelPart part = all == null ? null : all.get(rng.nextInt(all.size()));
        return part == null || part.audience != 0 ? null : part;
    }

    private void add(int chunk, ModelEntity entity) {
        List<ModelPart> all = parts.computeIfAbsent(chunk, _ -> new ArrayList<>());
        for (ModelPart part : all) {
            int slot = part.audience == 0 ? part.freeSlot() : -1;
            if (slot >= 0) {
                part.now.put(slot, entity);
                return;
            }
        }
        ModelPart part = new ModelPart();
        part.now.put(0, entity);
        all.add(part);
    }

    void watch(int[] chunks) {
        for (int chunk : chunks) {
            watched.add(chunk);
            fresh.add(chunk);
        }
    }

    void unwatch(int[] chunks) {
        for (int chunk : chunks) {
            watched.remove(chunk);
            fresh.remove(chunk);
            parts.getOrDefault(chunk, List.of()).forEach(part -> part.opened = false);
        }
    }

    /** The same entities, but nothing of what was told or watched. */
    void restart() {
        goOn();
        avatars.clear();
    }

    /** As a copy elsewhere does: it knows whose avatars it has, but not what was watched, and what was about to be heard is lost. */
    void goOn() {
        epoch++;
        watched.clear();
        fresh.clear();
        inbox.clear();
        parts.values()
                .forEach(all -> all.forEach(part -> {
                    part.seq = 0;
                    part.opened = false;
                }));
    }

    CellFrame frame(long tick) {
        Columns columns = new Columns();
        for (int chunk : watched) {
            List<ModelPart> all = parts.computeIfAbsent(chunk, _ -> new ArrayList<>());
            if (all.isEmpty()) {
                all.add(new ModelPart());
            }
            for (int p = 0; p < all.size(); p++) {
                tell(columns, chunk, p, all.get(p));
            }
        }
        fresh.clear();
        return columns.build(this, tick);
    }

    private void tell(Columns columns, int chunk, int p, ModelPart part) {
        if (!part.opened) {
            part.opened = true;
            part.seq++;
            columns.add(chunk, p, -1, part, part.full());
        } else if (part.changed()) {
            byte[] delta = part.delta();
            part.seq++;
            if (fresh.contains(chunk)) {
                columns.add(chunk, p, -1, part, part.full());
            } else {
                columns.add(chunk, p, part.seq - 1, part, delta);
            }
        } else if (fresh.contains(chunk)) {
            columns.add(chunk, p, -1, part, part.full());
        }
        part.wasTold();
    }

    private static final class Columns {
        private final ByteWriter bytes = new ByteWriter(256);
        private final List<int[]> rows = new ArrayList<>();
        private final List<Long> audiences = new ArrayList<>();

        void add(int chunk, int part, int baseSeq, ModelPart content, byte[] body) {
            audiences.add(content.audience);
            rows.add(new int[] {chunk, part, baseSeq, content.seq, bytes.size(), body.length, content.now.size()});
            bytes.raw(body, 0, body.length);
        }

        private int[] column(int index) {
            return rows.stream().mapToInt(row -> row[index]).toArray();
        }

        private static int[] highlightEnds(ModelCell cell, int count) {
            int[] ends = new int[cell.highlights.length == 0 ? 0 : count];
            Arrays.fill(ends, cell.highlights.length); // all of the first avatar
            return ends;
        }

        CellFrame build(ModelCell cell, long tick) {
            List<ModelAvatar> avatars = List.copyOf(cell.avatars.values());
            int self = bytes.size();
            bytes.varulong(0);
            int count = avatars.size();
            int[] selfOffset = new int[count];
            int[] selfLength = new int[count];
            float[] x = new float[count];
            float[] y = new float[count];
            for (int i = 0; i < count; i++) {
                selfOffset[i] = self;
                selfLength[i] = 1;
                x[i] = (float) (avatars.get(i).x - avatars.get(i).originX);
                y[i] = (float) (avatars.get(i).y - avatars.get(i).originY);
            }
            return new CellFrame(
                    cell.id,
                    cell.epoch,
                    tick,
                    tick * 50,
                    1,
                    bytes.toBytes(),
                    rows.size(),
                    column(0),
                    column(1),
                    column(2),
                    column(3),
                    column(4),
                    column(5),
                    column(6),
                    count,
                    avatars.stream().mapToLong(avatar -> avatar.session).toArray(),
                    avatars.stream().mapToLong(avatar -> avatar.entity).toArray(),
                    avatars.stream().mapToInt(avatar -> avatar.ownership).toArray(),
                    avatars.stream().mapToInt(avatar -> avatar.acked).toArray(),
                    x,
                    y,
                    selfOffset,
                    selfLength,
                    new int[count],
                    new int[count],
                    highlightEnds(cell, count),
                    cell.highlights,
                    new CellFrame.Groups(
                            audiences.stream().mapToLong(each -> each).toArray(),
                            avatars.stream().mapToInt(avatar -> avatar.squad).toArray(),
                            avatars.stream().mapToInt(avatar -> avatar.team).toArray()));
        }
    }
}
