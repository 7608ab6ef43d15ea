package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;

/**
 * Walks through the records of a snapshot; reused from snapshot to snapshot. A delta does not say how long it is: before {@link #next}, its changes must
 * be applied to its slice. Not thread-safe.
 */
public final class SnapshotRecords {
    private static final RecordKind[] KINDS = RecordKind.values();
    private static final int LAYER_MAX = 255;

    private final ByteReader payload = new ByteReader(new byte[0]);
    private final ByteReader body = new ByteReader(new byte[0]);
    private byte[] bytes = new byte[0];
    private RecordKind kind = RecordKind.DELTA;
    private int regionA;
    private int regionB;
    private int layer;
    private int chunk;
    private int part;
    private int number = -1;
    private int base;
    private int step;
    private int seq;
    private int age;
    private int parts;

    public SnapshotRecords wrap(byte[] newBytes, int offset, int length) {
        bytes = newBytes;
        payload.wrap(newBytes, offset, length);
        number = -1;
        return this;
    }

    /**
     * Goes to the next record of a known kind; false at the end.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if the bytes are no record
     */
    public boolean next() {
        while (payload.remaining() > 0) {
            if ((bytes[payload.position()] & SnapshotBody.DELTA) != 0) {
                kind = RecordKind.DELTA;
                readDelta();
                return true;
            }
            int header = payload.varuint();
            int length = header >>> SnapshotBody.LENGTH_SHIFT;
            int from = payload.position();
            payload.skip(length);
            int wanted = header >>> SnapshotBody.KIND_SHIFT & SnapshotBody.KIND_MASK;
            if (wanted != RecordKind.DELTA.ordinal() && wanted < KINDS.length) {
                kind = KINDS[wanted];
                body.wrap(bytes, from, length);
                readHead();
                return true;
            }
        }
        return false;
    }

    private void readDelta() {
        int first = payload.u8();
        if ((first & SnapshotBody.RELATIVE) == 0) {
            number = notNegative(payload, payload.varuint());
        } else if (number >= 0) {
            number = notNegative(payload, number + payload.varint());
        } else {
            throw payload.malformed("the first slice of a snapshot has no number of its own");
        }
        base = first >>> SnapshotBody.BASE_SHIFT;
        parts = SliceWriter.PART_CHANGED;
        step = 1;
        age = 0;
        if ((first & SnapshotBody.RARE) != 0) {
            int rare = payload.u8();
            parts = rare & (SnapshotBody.STEP_AND_AGE - 1);
            step = (rare >>> SnapshotBody.STEP_SHIFT) + 1;
            if ((rare & SnapshotBody.STEP_AND_AGE) != 0) {
                step = payload.varuint();
                age = notNegative(payload, payload.varuint());
            }
        }
    }

    private void readHead() {
        switch (kind) {
            case KEYFRAME -> {
                readChunk();
                part = notNegative(body, body.varuint());
                number = notNegative(body, body.varuint());
                seq = body.varuint();
                age = notNegative(body, body.varuint());
            }
            case FORGET -> {
                readChunk();
                part = 0;
            }
            case DELTA, SELF, OWN_EVENTS, SELF_CHANGES, INPUT_MARGIN -> {}
        }
    }

    private void readChunk() {
        regionA = body.varint();
        regionB = body.varint();
        layer = body.varuint();
        if (layer < 0 || layer > LAYER_MAX) {
            throw body.malformed("layer " + Integer.toUnsignedString(layer) + " is more than " + LAYER_MAX);
        }
        chunk = notNegative(body, body.varuint());
    }

    private static int notNegative(ByteReader in, int value) {
        if (value < 0) {
            throw in.malformed(Integer.toUnsignedString(value) + " is more than an int holds");
        }
        return value;
    }

    public RecordKind kind() {
        return kind;
    }

    /** Of a keyframe or forget, as are the other parts of the address. */
    public int regionA() {
        return regionA;
    }

    public int regionB() {
        return regionB;
    }

    public int layer() {
        return layer;
    }

    public int chunk() {
        return chunk;
    }

    /** Of a keyframe. */
    public int part() {
        return part;
    }

    /** What a keyframe calls its slice, and a delta the slice that it is for. */
    public int number() {
        return number;
    }

    /** Whether a delta applies to this version, as far as it tells. */
    public boolean appliesTo(int version) {
        return (version & SnapshotBody.BASE_MASK) == base;
    }

    /** The version that a delta makes of this one. */
    public int seqAfter(int version) {
        return version + step;
    }

    /** Of a keyframe. */
    public int seq() {
        return seq;
    }

    /** Of a keyframe or delta: in ticks before the snapshot's. */
    public int age() {
        return age;
    }

    /** Which parts a delta's changes have, for {@link SliceState#applyChanges}. */
    public int parts() {
        return parts;
    }

    /** What follows the record's head, valid until {@link #next}. A delta's ends where its changes end. */
    public ByteReader body() {
        return kind == RecordKind.DELTA ? payload : body;
    }
}
