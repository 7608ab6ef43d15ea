package dev.terrane.coordinator;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.coordinator.Outcome.Reason;
import java.util.List;

/** What became of an entry as bytes, for whoever proposed it somewhere else. Reasons go by name: they may be ordered anew. */
public final class OutcomeCodec {
    private static final int DONE = 1;
    private static final int GRANTED = 2;
    private static final int REFUSED = 3;
    private static final int NAME_BYTES_MAX = 64;
    private static final int WHY_LENGTH_MAX = 1_000;

    private OutcomeCodec() {}

    public static void write(ByteWriter writer, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done() -> writer.u8(DONE);
            case Outcome.Granted(List<CellGrant> grants) -> {
                writer.u8(GRANTED);
                EntryCodec.writeGrants(writer, grants);
            }
            case Outcome.Refused(Reason reason, String why) -> {
                writer.u8(REFUSED);
                writer.utf8(reason.name());
                writer.utf8(why.substring(0, Math.min(why.length(), WHY_LENGTH_MAX)));
            }
        }
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if it is no outcome that this build knows */
    public static Outcome read(ByteReader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case DONE -> new Outcome.Done();
            case GRANTED -> new Outcome.Granted(EntryCodec.readGrants(reader));
            case REFUSED -> new Outcome.Refused(reason(reader), reader.utf8(4 * WHY_LENGTH_MAX));
            default -> throw reader.malformed("outcome " + kind + " is none that this build knows");
        };
    }

    private static Reason reason(ByteReader reader) {
        String name = reader.utf8(NAME_BYTES_MAX);
        try {
            return Reason.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw reader.malformed("reason " + name + " is none that this build knows");
        }
    }
}
