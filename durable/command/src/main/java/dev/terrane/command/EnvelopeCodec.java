package dev.terrane.command;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Commands and results as stores keep them: many packed into one array, so that a row costs no more than it must. Little-endian, {@link ByteWriter}'s forms; the first byte is the
 * format's version, and later versions go on reading this one.
 *
 * <p>What commonly repeats from one command to the next (type, producer, the correlation of a first command) is one bit instead.
 */
public final class EnvelopeCodec {
    private static final int VERSION = 1;
    private static final int SAME_TYPE = 1;
    private static final int SAME_PRODUCER = 2;
    private static final int OWN_CORRELATION = 4;

    private static final int DONE = 0;
    private static final int REFUSED = 1;

    /** Every byte of a text may be a character of its own. */
    private static final int TEXT_BYTES_MAX = 4 * CommandLimits.KEY_CHARS_MAX;

    private static final int REASON_BYTES_MAX = 64 * 1024;

    private EnvelopeCodec() {}

    /** Says what keeps an envelope from being appended, or nothing if it is well. */
    public static String faultOf(CommandEnvelope command) {
        CommandEnvelope.Origin origin = command.origin();
        CommandEnvelope.Trace trace = command.trace();
        if (command.payload().length > CommandLimits.PAYLOAD_BYTES_MAX) {
            return "a payload of " + command.payload().length + " bytes is longer than "
                    + CommandLimits.PAYLOAD_BYTES_MAX;
        }
        if (!CommandLimits.isName(origin.requestId(), CommandLimits.REQUEST_ID_CHARS_MAX)) {
            return "a request id needs 1 to " + CommandLimits.REQUEST_ID_CHARS_MAX + " characters";
        }
        if (!CommandLimits.isName(command.type(), CommandLimits.KEY_CHARS_MAX)
                || !CommandLimits.isName(command.key(), CommandLimits.KEY_CHARS_MAX)
                || !CommandLimits.isName(origin.clientId(), CommandLimits.KEY_CHARS_MAX)) {
            return "type, key and client id need 1 to " + CommandLimits.KEY_CHARS_MAX + " characters each";
        }
        if (isTooLong(trace.eventId())
                || isTooLong(trace.correlationId())
                || isTooLong(trace.causationId())
                || isTooLong(trace.producer())) {
            return "what is for traces needs at most " + CommandLimits.KEY_CHARS_MAX + " characters each";
        }
        return "";
    }

    private static boolean isTooLong(String text) {
        return text.length() > CommandLimits.KEY_CHARS_MAX;
    }

    /** @throws IllegalArgumentException for an envelope with a {@link #faultOf fault}: a bug, it should have been refused */
    public static byte[] pack(List<CommandEnvelope> commands) {
        ByteWriter out = new ByteWriter(16 + 256 * commands.size());
        out.u8(VERSION);
        out.varuint(commands.size());
        String type = "";
        int version = 0;
        String producer = "";
        for (CommandEnvelope command : commands) {
            String fault = faultOf(command);
            if (!fault.isEmpty()) {
                throw new IllegalArgumentException(command.type() + " cannot be appended: " + fault);
            }
            CommandEnvelope.Trace trace = command.trace();
            boolean sameType = command.type().equals(type) && command.version() == version;
            boolean sameProducer = trace.producer().equals(producer);
            boolean ownCorrelation = trace.correlationId().equals(trace.eventId());
            out.u8((sameType ? SAME_TYPE : 0)
                    | (sameProducer ? SAME_PRODUCER : 0)
                    | (ownCorrelation ? OWN_CORRELATION : 0));
            if (!sameType) {
                type = command.type();
                version = command.version();
                out.utf8(type);
                out.varuint(version);
            }
            out.utf8(command.key());
            out.utf8(command.origin().clientId());
            out.utf8(command.origin().requestId());
            out.utf8(trace.eventId());
            if (!ownCorrelation) {
                out.utf8(trace.correlationId());
            }
            out.utf8(trace.causationId());
            if (!sameProducer) {
                producer = trace.producer();
                out.utf8(producer);
            }
            out.varulong(trace.atMillis());
            out.blob(command.payload());
        }
        return out.toBytes();
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if the bytes are not what {@link #pack} wrote */
    public static List<CommandEnvelope> unpack(byte[] bytes) {
        ByteReader in = begin(bytes);
        int count = in.count(8);
        List<CommandEnvelope> commands = new ArrayList<>(count);
        String type = "";
        int version = 0;
        String producer = "";
        for (int i = 0; i < count; i++) {
            int same = in.u8();
            if ((same & SAME_TYPE) == 0) {
                type = in.utf8(TEXT_BYTES_MAX);
                version = in.varuint();
            }
            String key = in.utf8(TEXT_BYTES_MAX);
            CommandEnvelope.Origin origin =
                    new CommandEnvelope.Origin(in.utf8(TEXT_BYTES_MAX), in.utf8(TEXT_BYTES_MAX));
            String eventId = in.utf8(TEXT_BYTES_MAX);
            String correlationId = (same & OWN_CORRELATION) != 0 ? eventId : in.utf8(TEXT_BYTES_MAX);
            String causationId = in.utf8(TEXT_BYTES_MAX);
            if ((same & SAME_PRODUCER) == 0) {
                producer = in.utf8(TEXT_BYTES_MAX);
            }
            CommandEnvelope.Trace trace =
                    new CommandEnvelope.Trace(eventId, correlationId, causationId, producer, in.varulong());
            commands.add(
                    new CommandEnvelope(type, version, key, origin, trace, in.blob(CommandLimits.PAYLOAD_BYTES_MAX)));
        }
        end(in);
        return commands;
    }

    /** One result, as outcomes keep it. */
    public static byte[] packResult(CommandResult result) {
        ByteWriter out = new ByteWriter(64);
        out.u8(VERSION);
        write(out, result);
        return out.toBytes();
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if the bytes are not what {@link #packResult} wrote */
    public static CommandResult unpackResult(byte[] bytes) {
        ByteReader in = begin(bytes);
        CommandResult result = readResult(in);
        end(in);
        return result;
    }

    /** Events, as outboxes keep them. */
    public static byte[] packEvents(List<EventEnvelope> events) {
        ByteWriter out = new ByteWriter(16 + 192 * events.size());
        out.u8(VERSION);
        out.varuint(events.size());
        for (EventEnvelope event : events) {
            out.utf8(event.topic());
            out.utf8(event.key());
            out.utf8(event.eventId());
            out.utf8(event.causationId());
            out.varulong(event.atMillis());
            out.blob(event.payload());
        }
        return out.toBytes();
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if the bytes are not what {@link #packEvents} wrote */
    public static List<EventEnvelope> unpackEvents(byte[] bytes) {
        ByteReader in = begin(bytes);
        int count = in.count(6);
        List<EventEnvelope> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(new EventEnvelope(
                    in.utf8(TEXT_BYTES_MAX),
                    in.utf8(TEXT_BYTES_MAX),
                    in.utf8(TEXT_BYTES_MAX),
                    in.utf8(TEXT_BYTES_MAX),
                    in.varulong(),
                    in.blob(CommandLimits.EVENT_BYTES_MAX)));
        }
        end(in);
        return events;
    }

    public static byte[] packAnswers(List<CommandAnswer> answers) {
        ByteWriter out = new ByteWriter(16 + 128 * answers.size());
        out.u8(VERSION);
        out.varuint(answers.size());
        for (CommandAnswer answer : answers) {
            out.utf8(answer.origin().clientId());
            out.utf8(answer.origin().requestId());
            out.utf8(answer.type());
            out.utf8(answer.correlationId());
            write(out, answer.result());
        }
        return out.toBytes();
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if the bytes are not what {@link #packAnswers} wrote */
    public static List<CommandAnswer> unpackAnswers(byte[] bytes) {
        ByteReader in = begin(bytes);
        int count = in.count(6);
        List<CommandAnswer> answers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            CommandEnvelope.Origin origin =
                    new CommandEnvelope.Origin(in.utf8(TEXT_BYTES_MAX), in.utf8(TEXT_BYTES_MAX));
            answers.add(new CommandAnswer(origin, in.utf8(TEXT_BYTES_MAX), in.utf8(TEXT_BYTES_MAX), readResult(in)));
        }
        end(in);
        return answers;
    }

    private static void write(ByteWriter out, CommandResult result) {
        switch (result) {
            case CommandResult.Done done -> {
                out.u8(DONE);
                out.blob(done.payload());
            }
            case CommandResult.Refused refused -> {
                out.u8(REFUSED);
                out.utf8(refused.errorCode());
                out.utf8(refused.reason());
                out.varuint(refused.retryAfterMillis());
            }
        }
    }

    private static CommandResult readResult(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case DONE -> new CommandResult.Done(in.blob(CommandLimits.RESULT_BYTES_MAX));
            case REFUSED -> new CommandResult.Refused(in.utf8(TEXT_BYTES_MAX), in.utf8(REASON_BYTES_MAX), in.varuint());
            default -> throw in.malformed("a result of kind " + kind + " is unknown");
        };
    }

    private static ByteReader begin(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.malformed("version " + version + " of packed commands is unknown here");
        }
        return in;
    }

    private static void end(ByteReader in) {
        if (in.remaining() != 0) {
            throw in.malformed("bytes follow what was packed");
        }
    }
}
