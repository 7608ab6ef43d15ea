package dev.terrane.raft;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.coordinator.CoordinatorLog.Proposed;
import dev.terrane.coordinator.OutcomeCodec;

/** What a leader tells the peer that proposed. */
final class AnswerCodec {
    private AnswerCodec() {}

    static byte[] encode(Proposed.Applied applied) {
        ByteWriter writer = new ByteWriter(32);
        writer.varulong(applied.index());
        writer.varulong(applied.term());
        OutcomeCodec.write(writer, applied.outcome());
        return writer.toBytes();
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if a newer build has answered something that this one does not know */
    static Proposed.Applied decode(byte[] bytes) {
        ByteReader reader = new ByteReader(bytes);
        return new Proposed.Applied(reader.varulong(), reader.varulong(), OutcomeCodec.read(reader));
    }
}
