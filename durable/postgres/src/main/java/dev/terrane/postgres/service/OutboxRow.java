package dev.terrane.postgres.service;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EnvelopeCodec;
import dev.terrane.command.EventEnvelope;
import java.util.List;

/** What one transaction has to tell others: commands and events, each packed, in the order in which they were decided. */
record OutboxRow(List<CommandEnvelope> sent, List<EventEnvelope> events) {
    private static final int PACK_BYTES_MAX = 1 << 28;

    boolean isEmpty() {
        return sent.isEmpty() && events.isEmpty();
    }

    byte[] bytes() {
        ByteWriter out = new ByteWriter(256 * (sent.size() + events.size()) + 32);
        out.blob(EnvelopeCodec.pack(sent));
        out.blob(EnvelopeCodec.packEvents(events));
        return out.toBytes();
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if it is no such row */
    static OutboxRow read(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        return new OutboxRow(
                EnvelopeCodec.unpack(in.blob(PACK_BYTES_MAX)), EnvelopeCodec.unpackEvents(in.blob(PACK_BYTES_MAX)));
    }
}
