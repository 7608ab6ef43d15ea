package dev.terrane.postgres.service;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.EventEnvelope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What one transaction has to tell others, packed: a format byte, then commands and events, each in the order in which they were decided. */
record OutboxRow(List<CommandEnvelope> sent, List<EventEnvelope> events) {
    private static final byte FORMAT = 1;

    boolean isEmpty() {
        return sent.isEmpty() && events.isEmpty();
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * (sent.size() + events.size()) + 16);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(sent.size());
            for (CommandEnvelope command : sent) {
                write(out, command);
            }
            out.writeInt(events.size());
            for (EventEnvelope event : events) {
                write(out, event);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static OutboxRow read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalStateException("an outbox row of unknown format " + format);
            }
            List<CommandEnvelope> sent = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                sent.add(readCommand(in));
            }
            List<EventEnvelope> events = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                events.add(new EventEnvelope(
                        text(in), text(in), text(in), text(in), in.readLong(), in.readNBytes(in.readInt())));
            }
            return new OutboxRow(sent, events);
        } catch (IOException e) {
            throw new UncheckedIOException("an outbox row is damaged", e);
        }
    }

    private static void write(DataOutputStream out, EventEnvelope event) throws IOException {
        text(out, event.topic());
        text(out, event.key());
        text(out, event.eventId());
        text(out, event.causationId());
        out.writeLong(event.atMillis());
        blob(out, event.payload());
    }

    private static void write(DataOutputStream out, CommandEnvelope command) throws IOException {
        text(out, command.type());
        out.writeInt(command.version());
        text(out, command.key());
        text(out, command.origin().clientId());
        text(out, command.origin().requestId());
        CommandEnvelope.Trace trace = command.trace();
        text(out, trace.eventId());
        text(out, trace.correlationId());
        text(out, trace.causationId());
        text(out, trace.producer());
        out.writeLong(trace.atMillis());
        blob(out, command.payload());
    }

    private static CommandEnvelope readCommand(DataInputStream in) throws IOException {
        String type = text(in);
        int version = in.readInt();
        String key = text(in);
        CommandEnvelope.Origin origin = new CommandEnvelope.Origin(text(in), text(in));
        CommandEnvelope.Trace trace = new CommandEnvelope.Trace(text(in), text(in), text(in), text(in), in.readLong());
        return new CommandEnvelope(type, version, key, origin, trace, in.readNBytes(in.readInt()));
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        blob(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private static void blob(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
