package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;

/** Walks through the records of a snapshot's payload; reused from frame to frame. Not thread-safe. */
public final class RecordReader {
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
    private int baseSeq;
    private int seq;
    private int age;

    public RecordReader wrap(byte[] newBytes, int offset, int length) {
        bytes = newBytes;
        payload.wrap(newBytes, offset, length);
        return this;
    }

    /**
     * Goes to the next record of a known kind; false at the end.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if the bytes are no record
     */
    public boolean next() {
        while (payload.remaining() > 0) {
            int header = payload.varuint();
            int length = header >>> 3;
            int from = payload.position();
            payload.skip(length);
            if ((header & 7) < KINDS.length) {
                kind = KINDS[header & 7];
                body.wrap(bytes, from, length);
                readHead();
                return true;
            }
        }
        return false;
    }

    private void readHead() {
        switch (kind) {
            case DELTA -> {
                readChunk();
                part = notNegative(body.varuint());
                baseSeq = body.varuint();
                seq = baseSeq + body.varuint();
                age = notNegative(body.varuint());
            }
            case KEYFRAME -> {
                readChunk();
                part = notNegative(body.varuint());
                baseSeq = -1;
                seq = body.varuint();
                age = notNegative(body.varuint());
            }
            case FORGET -> {
                readChunk();
                part = 0;
            }
            case SELF, OWN_EVENTS, SELF_CHANGES -> {}
        }
    }

    private void readChunk() {
        regionA = body.varint();
        regionB = body.varint();
        layer = body.varuint();
        if (layer < 0 || layer > LAYER_MAX) {
            throw body.malformed("layer " + Integer.toUnsignedString(layer) + " is more than " + LAYER_MAX);
        }
        chunk = notNegative(body.varuint());
    }

    private int notNegative(int value) {
        if (value < 0) {
            throw body.malformed(Integer.toUnsignedString(value) + " is more than an int holds");
        }
        return value;
    }

    public RecordKind kind() {
        return kind;
    }

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

    /** Meaningless for {@link RecordKind#FORGET}. */
    public int part() {
        return part;
    }

    /** The version a delta applies to; -1 for a keyframe. */
    public int baseSeq() {
        return baseSeq;
    }

    public int seq() {
        return seq;
    }

    /** In ticks before the frame's. */
    public int age() {
        return age;
    }

    /** What follows the head; valid until {@link #next}. */
    public ByteReader body() {
        return body;
    }
}
