package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput.IntentAck;
import dev.terrane.protocol.cluster.CellInput.IntentBatch;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** How far each cell's intents have been taken here, so that none is carried out twice. Part of the cell's state. */
final class IntentMarks {
    private static final int BYTES_PER_MARK_MIN = 5;

    private static final class Mark {
        /** The row of numbers, see {@link IntentBatch#sourceEpoch}. */
        long epoch;

        /** Everything of the row up to this number was taken. */
        long seq;

        /** The source runs at least under this epoch; what comes under lower ones is void. Not in checkpoints: {@link #epoch} will do after a restart. */
        long knownEpoch;

        boolean ackDue;
    }

    private final SortedMap<CellId, Mark> marks = new TreeMap<>();
    private int ackDueCount;

    /** How many at the batch's head are not to be carried out: known from before, behind a gap, or of a sender that has been replaced since. */
    int take(IntentBatch batch) {
        Mark mark = marks.computeIfAbsent(batch.source(), _ -> new Mark());
        int count = batch.intents().size();
        if (batch.sourceEpoch() < mark.epoch || batch.senderEpoch() < mark.knownEpoch) {
            return count;
        }
        heardOf(mark, batch.sourceEpoch());
        mark.knownEpoch = Math.max(mark.knownEpoch, batch.senderEpoch());
        due(mark);
        if (batch.oldest() > mark.seq + 1) {
            mark.seq = batch.oldest()
                    - 1; // this cell was rolled back behind what it had acknowledged: nobody has that any more
        }
        if (batch.seq() > mark.seq + 1) {
            return count; // the source sends again what is missing, and this behind it
        }
        int known = (int) Math.clamp(mark.seq + 1 - batch.seq(), 0L, (long) count);
        mark.seq = Math.max(mark.seq, batch.seq() + count - 1);
        return known;
    }

    private void due(Mark mark) {
        ackDueCount += mark.ackDue ? 0 : 1;
        mark.ackDue = true;
    }

    /** From now on nothing counts that the cell sent under a lower epoch: it starts again, and with it a row of numbers. */
    void restarting(CellId source, long epoch) {
        heardOf(marks.computeIfAbsent(source, _ -> new Mark()), epoch);
    }

    /** That cell goes on with its row elsewhere; what its former self still says is void. */
    void continues(CellId source, long epoch) {
        Mark mark = marks.computeIfAbsent(source, _ -> new Mark());
        mark.knownEpoch = Math.max(mark.knownEpoch, epoch);
    }

    private static void heardOf(Mark mark, long epoch) {
        mark.knownEpoch = Math.max(mark.knownEpoch, epoch);
        if (epoch > mark.epoch) {
            mark.epoch = epoch;
            mark.seq = 0;
        }
    }

    /** Answers every source from which anything came. Who is not there needs no answer; who has no room gets it in the next tick. */
    void acknowledge(CellId self, long epoch, BiFunction<CellId, IntentAck, Admission> out) {
        if (ackDueCount == 0) {
            return;
        }
        for (Map.Entry<CellId, Mark> entry : marks.entrySet()) {
            Mark mark = entry.getValue();
            if (!mark.ackDue) {
                continue;
            }
            Admission admission = out.apply(entry.getKey(), new IntentAck(self, epoch, mark.epoch, mark.seq));
            if (admission == Admission.ACCEPTED || admission == Admission.UNKNOWN) {
                mark.ackDue = false;
                ackDueCount--;
            }
        }
    }

    /** Says everything once more: what the cell's former self said may have been lost with it. */
    void acknowledgeAll() {
        marks.values().forEach(this::due);
    }

    boolean allAcknowledged() {
        return ackDueCount == 0;
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
            mark.knownEpoch = mark.epoch;
            read.marks.put(source, mark);
        }
        return read;
    }

    /** As {@link #write}, with what only a twin needs. */
    void writeRunning(ByteWriter out) {
        write(out);
        for (Mark mark : marks.values()) {
            out.varlong(mark.knownEpoch);
            out.bool(mark.ackDue);
        }
    }

    static IntentMarks readRunning(WorldId world, ByteReader in) {
        IntentMarks read = read(world, in);
        for (Mark mark : read.marks.values()) {
            mark.knownEpoch = in.varlong();
            if (in.bool()) {
                read.due(mark);
            }
        }
        return read;
    }
}
