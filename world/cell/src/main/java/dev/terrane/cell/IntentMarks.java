package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.CellInput.IntentBatch;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How far each cell's intents have been taken here, so that none is carried out twice. Part of the cell's state. */
final class IntentMarks {
    private static final int BYTES_PER_MARK_MIN = 5;

    private static final class Mark {
        long epoch;
        long seq;
    }

    private final SortedMap<CellId, Mark> marks = new TreeMap<>();

    /** How many at the batch's head were taken before; all of them when its sender has been replaced since. */
    int take(IntentBatch batch) {
        Mark mark = marks.computeIfAbsent(batch.source(), _ -> new Mark());
        int count = batch.intents().size();
        if (batch.sourceEpoch() < mark.epoch) {
            return count;
        }
        heardOf(mark, batch.sourceEpoch());
        int known = (int) Math.clamp(mark.seq + 1 - batch.seq(), 0L, (long) count);
        mark.seq = Math.max(mark.seq, batch.seq() + count - 1);
        return known;
    }

    /** From now on nothing counts that the cell sent under a lower epoch. */
    void heardOf(CellId source, long epoch) {
        heardOf(marks.computeIfAbsent(source, _ -> new Mark()), epoch);
    }

    private static void heardOf(Mark mark, long epoch) {
        if (epoch > mark.epoch) {
            mark.epoch = epoch;
            mark.seq = 0;
        }
    }

    void write(ByteWriter out) {
        out.varuint(marks.size());
        for (Map.Entry<CellId, Mark> entry : marks.entrySet()) {
            write(entry.getKey(), out);
            out.varlong(entry.getValue().epoch);
            out.varlong(entry.getValue().seq);
        }
    }

    /** A cell of the same world. */
    static void write(CellId cell, ByteWriter out) {
        out.varint(cell.region().a());
        out.varint(cell.region().b());
        out.u8(cell.layer());
    }

    static IntentMarks read(WorldId world, ByteReader in) {
        IntentMarks read = new IntentMarks();
        int count = in.count(BYTES_PER_MARK_MIN);
        for (int i = 0; i < count; i++) {
            CellId source = new CellId(world, new RegionId(in.varint(), in.varint()), in.u8());
            Mark mark = new Mark();
            mark.epoch = in.varlong();
            mark.seq = in.varlong();
            read.marks.put(source, mark);
        }
        return read;
    }
}
