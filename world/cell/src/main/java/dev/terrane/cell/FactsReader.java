package dev.terrane.cell;

import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.handoff.HandoffMachine;
import java.util.ArrayList;
import java.util.List;

/**
 * The facts of a tick as bytes: nothing at all, or
 *
 * <pre>
 *   u8 format · facts: u8 kind · i64 entity · varuint ownership · kept only: blob image · at the end: i64 hash of all before
 * </pre>
 */
final class FactsReader {
    static final int FORMAT = 1;
    static final int KEPT = 1;
    static final int GONE = 2;

    private static final int HASH_BYTES = 8;

    private FactsReader() {}

    /**
     * In the order in which they were written.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if these are no facts
     */
    static List<Fact> read(byte[] bytes) {
        List<Fact> facts = new ArrayList<>();
        if (bytes.length == 0) {
            return facts;
        }
        ByteReader in = new ByteReader(bytes);
        if (bytes.length <= HASH_BYTES) {
            throw in.malformed("facts of " + bytes.length + " bytes");
        }
        int format = in.u8();
        if (format != FORMAT) {
            throw in.malformed("facts of format " + format + ", this version reads format " + FORMAT);
        }
        if (new StateHash().add(bytes, 0, bytes.length - HASH_BYTES).value() != hash(bytes)) {
            throw in.malformed("the facts do not match their fingerprint");
        }
        while (in.remaining() > HASH_BYTES) {
            int kind = in.u8();
            long entity = in.i64();
            int ownership = in.varuint();
            facts.add(
                    switch (kind) {
                        case KEPT -> new Fact.Kept(entity, ownership, in.blob(HandoffMachine.IMAGE_BYTES_MAX));
                        case GONE -> new Fact.Gone(entity, ownership);
                        default -> throw in.malformed("a fact of kind " + kind);
                    });
        }
        return facts;
    }

    private static long hash(byte[] bytes) {
        return new ByteReader(bytes, bytes.length - HASH_BYTES, HASH_BYTES).i64();
    }
}
