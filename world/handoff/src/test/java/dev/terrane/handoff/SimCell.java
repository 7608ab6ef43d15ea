package dev.terrane.handoff;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cell that does nothing but own entities; what is in the store outlives it. */
final class SimCell {
    /** Short enough to meet every timer often. */
    static final HandoffSettings SETTINGS = new HandoffSettings(4, 12, 3, 16);

    final CellId id;
    final List<CellId> peers;

    // Lost in a crash.
    HandoffMachine machine;
    SortedMap<Long, Integer> live = new TreeMap<>();
    /** What was done to each entity that lives here, in order: commands by number. */
    SortedMap<Long, List<Long>> effects = new TreeMap<>();

    boolean up = true;
    boolean imageWanted;
    final List<Image> onTheWay = new ArrayList<>();

    // Kept.
    long epoch = 1;
    Image stored;

    /** An image that reaches the store at {@code arrivesTick}, if by then {@code journal} records are decided. */
    record Image(long tick, long arrivesTick, long epoch, long journal, byte[] bytes) {}

    List<Long> effectsOf(long entity) {
        return effects.getOrDefault(entity, List.of());
    }

    static byte[] write(List<Long> effects) {
        ByteWriter out = new ByteWriter(16);
        out.varuint(effects.size());
        effects.forEach(out::varulong);
        return out.toBytes();
    }

    static List<Long> readEffects(ByteReader in) {
        List<Long> effects = new ArrayList<>();
        for (int rest = in.count(1); rest > 0; rest--) {
            effects.add(in.varulong());
        }
        return effects;
    }

    SimCell(CellId id, List<CellId> peers, List<Long> born) {
        this.id = id;
        this.peers = peers;
        born.forEach(entity -> live.put(entity, 1));
        this.machine = new HandoffMachine(id, epoch, peers, SETTINGS);
        this.stored = image(0, 0, 0);
        machine.onCheckpointStored(0);
    }

    Image image(long tick, long arrivesTick, long journal) {
        ByteWriter out = new ByteWriter(64);
        out.varuint(live.size());
        live.forEach((entity, ownership) -> {
            out.i64(entity);
            out.varuint(ownership);
            byte[] done = write(effectsOf(entity));
            out.raw(done, 0, done.length);
        });
        machine.write(tick, out);
        return new Image(tick, arrivesTick, epoch, journal, out.toBytes());
    }

    /** What the stored image says, read under the cell's present epoch. */
    RestoredCell restored(List<Told> journal) {
        ByteReader in = new ByteReader(stored.bytes());
        int count = in.count(10);
        long[] entity = new long[count];
        int[] ownership = new int[count];
        for (int i = 0; i < count; i++) {
            entity[i] = in.i64();
            ownership[i] = in.varuint();
            List<Long> done = readEffects(in);
            if (!up) {
                effects.put(entity[i], done);
            }
        }
        HandoffMachine read = new HandoffMachine(id, epoch, peers, SETTINGS);
        read.read(in);
        return new RestoredCell(id, !up, read, entity, ownership, new long[0], journal);
    }
}
