package dev.terrane.server.witness;

import dev.terrane.base.CharacterId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.coordinator.ClusterMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is to be traced: a shared value of the log, so that every node knows of it, also one that comes later.
 *
 * @param id under which it is kept
 * @param character null: whoever it is
 * @param session 0: not known, or none
 * @param entity 0: not known, or none
 * @param untilMillis Unix time after which nothing more is written down
 * @param author who wants it
 */
public record TraceWish(
        String id, @Nullable CharacterId character, long session, long entity, long untilMillis, String author) {
    /** Where wishes are kept in the log. */
    public static final String PREFIX = ClusterMap.SHARED + "trace/";

    /** So long after its end what was written down can be read. */
    public static final long KEPT_MILLIS = 600_000;

    private static final int FORMAT = 1;
    private static final int TEXT_BYTES_MAX = 1_024;

    public String key() {
        return PREFIX + id;
    }

    /** The same with another end. */
    public TraceWish until(long millis) {
        return new TraceWish(id, character, session, entity, millis, author);
    }

    public byte[] toBytes() {
        ByteWriter out = new ByteWriter(64);
        out.u8(FORMAT);
        out.bool(character != null);
        if (character != null) {
            out.i64(character.value().getMostSignificantBits());
            out.i64(character.value().getLeastSignificantBits());
        }
        out.i64(session);
        out.i64(entity);
        out.i64(untilMillis);
        out.utf8(author);
        return out.toBytes();
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if it is none */
    public static TraceWish of(String key, byte[] value) {
        ByteReader in = new ByteReader(value);
        int format = in.u8();
        if (format != FORMAT) {
            throw in.malformed("a trace of format " + format + ", this build reads " + FORMAT);
        }
        CharacterId character = in.bool() ? new CharacterId(new UUID(in.i64(), in.i64())) : null;
        return new TraceWish(
                key.substring(PREFIX.length()), character, in.i64(), in.i64(), in.i64(), in.utf8(TEXT_BYTES_MAX));
    }
}
