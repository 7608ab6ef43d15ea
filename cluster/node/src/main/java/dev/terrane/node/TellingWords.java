package dev.terrane.node;

import dev.terrane.base.CharacterId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What administrators ask of nodes and are told, as bytes. */
final class TellingWords {
    private static final int DEPTHS = 1;
    private static final int LIFE = 2;
    private static final int WHO = 3;
    private static final int LINES = 4;
    private static final int QUEUES = 1;
    private static final int EVENTS = 2;
    private static final int TEXT_LENGTH_MAX = 250;
    private static final int TEXT_BYTES_MAX = 4 * TEXT_LENGTH_MAX;

    private TellingWords() {}

    static void write(Question question, ByteWriter out) {
        switch (question) {
            case Question.Depths(boolean empty) -> {
                out.u8(DEPTHS);
                out.bool(empty);
            }
            case Question.Life(long entity, CharacterId character) -> {
                out.u8(LIFE);
                out.i64(entity);
                writeCharacter(character, out);
            }
            case Question.Who(long session, CharacterId character) -> {
                out.u8(WHO);
                out.i64(session);
                writeCharacter(character, out);
            }
            case Question.Lines(String trace, long after) -> {
                out.u8(LINES);
                out.utf8(cut(trace));
                out.varulong(after);
            }
        }
    }

    static Question readQuestion(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case DEPTHS -> new Question.Depths(in.bool());
            case LIFE -> new Question.Life(in.i64(), readCharacter(in));
            case WHO -> new Question.Who(in.i64(), readCharacter(in));
            case LINES -> new Question.Lines(in.utf8(TEXT_BYTES_MAX), in.varulong());
            default -> throw in.malformed("a question of kind " + kind + ", which this build does not know");
        };
    }

    private static void writeCharacter(@Nullable CharacterId character, ByteWriter out) {
        out.bool(character != null);
        if (character != null) {
            out.i64(character.value().getMostSignificantBits());
            out.i64(character.value().getLeastSignificantBits());
        }
    }

    private static @Nullable CharacterId readCharacter(ByteReader in) {
        return in.bool() ? new CharacterId(new UUID(in.i64(), in.i64())) : null;
    }

    static void write(Telling telling, ByteWriter out) {
        switch (telling) {
            case Telling.Queues(List<Telling.Queue> queues) -> {
                out.u8(QUEUES);
                out.varuint(queues.size());
                for (Telling.Queue queue : queues) {
                    out.utf8(cut(queue.name()));
                    out.utf8(cut(queue.of()));
                    out.i64(queue.depth());
                }
            }
            case Telling.Events(List<Telling.Event> events, boolean isCut) -> {
                out.u8(EVENTS);
                out.bool(isCut);
                out.varuint(events.size());
                events.forEach(event -> write(event, out));
            }
        }
    }

    private static void write(Telling.Event event, ByteWriter out) {
        out.varulong(event.number());
        out.i64(event.atMillis());
        out.utf8(cut(event.place().cell()));
        out.i64(event.place().epoch());
        out.i64(event.place().tick());
        out.i64(event.subject().entity());
        out.varint(event.subject().ownership());
        out.i64(event.subject().session());
        out.utf8(cut(event.subject().character()));
        out.utf8(cut(event.what()));
        out.utf8(cut(event.detail()));
    }

    static Telling readTelling(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case QUEUES -> {
                List<Telling.Queue> queues = new ArrayList<>();
                for (int left = in.count(10); left > 0; left--) {
                    queues.add(new Telling.Queue(in.utf8(TEXT_BYTES_MAX), in.utf8(TEXT_BYTES_MAX), in.i64()));
                }
                yield new Telling.Queues(queues);
            }
            case EVENTS -> {
                boolean isCut = in.bool();
                List<Telling.Event> events = new ArrayList<>();
                for (int left = in.count(46); left > 0; left--) {
                    events.add(readEvent(in));
                }
                yield new Telling.Events(events, isCut);
            }
            default -> throw in.malformed("an answer of kind " + kind + ", which this build does not know");
        };
    }

    private static Telling.Event readEvent(ByteReader in) {
        long number = in.varulong();
        long atMillis = in.i64();
        Telling.Place place = new Telling.Place(in.utf8(TEXT_BYTES_MAX), in.i64(), in.i64());
        Telling.Subject subject = new Telling.Subject(in.i64(), in.varint(), in.i64(), in.utf8(TEXT_BYTES_MAX));
        return new Telling.Event(number, atMillis, place, subject, in.utf8(TEXT_BYTES_MAX), in.utf8(TEXT_BYTES_MAX));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), TEXT_LENGTH_MAX));
    }
}
