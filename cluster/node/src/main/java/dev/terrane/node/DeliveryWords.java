package dev.terrane.node;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.EnvelopeCodec;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.LaneHint;
import dev.terrane.command.LanePartition;
import java.util.ArrayList;
import java.util.List;

/** Commands and what became of them, between nodes. */
final class DeliveryWords {
    private static final int BYTES_MAX = 1 << 24;
    private static final int TEXT_BYTES_MAX = 4_096;
    private static final int LANE_BYTES_MAX = 256;
    private static final int SETTLED = 0;
    private static final int THREW = 1;
    private static final int UNREACHED = 2;
    private static final int BEHIND = 3;

    private DeliveryWords() {}

    static void writeBatch(List<Delivery> batch, ByteWriter out) {
        out.varuint(batch.size());
        List<CommandEnvelope> commands = new ArrayList<>(batch.size());
        for (Delivery delivery : batch) {
            out.varulong(delivery.offset());
            out.varuint(delivery.attempt());
            commands.add(delivery.command());
        }
        out.blob(EnvelopeCodec.pack(commands));
    }

    static List<Delivery> readBatch(ByteReader in) {
        int count = in.count(2);
        long[] offsets = new long[count];
        int[] attempts = new int[count];
        for (int i = 0; i < count; i++) {
            offsets[i] = in.varulong();
            attempts[i] = in.varuint();
        }
        List<CommandEnvelope> commands = EnvelopeCodec.unpack(in.blob(BYTES_MAX));
        if (commands.size() != count) {
            throw in.malformed(commands.size() + " commands in " + count + " deliveries");
        }
        List<Delivery> batch = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batch.add(new Delivery(offsets[i], commands.get(i), attempts[i]));
        }
        return batch;
    }

    static void writeVerdicts(List<Verdict> verdicts, ByteWriter out) {
        out.varuint(verdicts.size());
        for (Verdict verdict : verdicts) {
            switch (verdict) {
                case Verdict.Settled settled -> {
                    out.u8(SETTLED);
                    out.blob(EnvelopeCodec.packResult(settled.result()));
                }
                case Verdict.Threw(String what) -> writeWhy(THREW, what, out);
                case Verdict.Unreached(String why) -> writeWhy(UNREACHED, why, out);
                case Verdict.Behind() -> out.u8(BEHIND);
            }
        }
    }

    private static void writeWhy(int kind, String why, ByteWriter out) {
        out.u8(kind);
        out.utf8(why.substring(0, Math.min(why.length(), TEXT_BYTES_MAX / 4)));
    }

    static List<Verdict> readVerdicts(ByteReader in) {
        List<Verdict> verdicts = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            int kind = in.u8();
            verdicts.add(
                    switch (kind) {
                        case SETTLED -> new Verdict.Settled(EnvelopeCodec.unpackResult(in.blob(BYTES_MAX)));
                        case THREW -> new Verdict.Threw(in.utf8(TEXT_BYTES_MAX));
                        case UNREACHED -> new Verdict.Unreached(in.utf8(TEXT_BYTES_MAX));
                        case BEHIND -> new Verdict.Behind();
                        default -> throw in.malformed("a verdict of kind " + kind);
                    });
        }
        return verdicts;
    }

    static void writeAnswers(List<CommandAnswer> answers, ByteWriter out) {
        out.blob(EnvelopeCodec.packAnswers(answers));
    }

    static List<CommandAnswer> readAnswers(ByteReader in) {
        return EnvelopeCodec.unpackAnswers(in.blob(BYTES_MAX));
    }

    static void writeHint(LaneHint hint, ByteWriter out) {
        out.varuint(hint.partitions().size());
        for (LanePartition partition : hint.partitions()) {
            out.utf8(partition.lane());
            out.varuint(partition.index());
        }
        out.bool(hint.outboxes());
    }

    static LaneHint readHint(ByteReader in) {
        int count = in.count(2);
        List<LanePartition> partitions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            LanePartition partition = new LanePartition(in.utf8(LANE_BYTES_MAX), in.varuint());
            if (partition.index() < 0) {
                throw in.malformed("a lane's partition " + partition.index());
            }
            partitions.add(partition);
        }
        return new LaneHint(partitions, in.bool());
    }

    static void writeEvents(List<EventEnvelope> events, ByteWriter out) {
        out.blob(EnvelopeCodec.packEvents(events));
    }

    static List<EventEnvelope> readEvents(ByteReader in) {
        return EnvelopeCodec.unpackEvents(in.blob(BYTES_MAX));
    }
}
