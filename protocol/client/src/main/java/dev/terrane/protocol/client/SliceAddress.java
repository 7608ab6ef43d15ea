package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteWriter;
import java.util.Arrays;

/** Which slice of a world: cell, chunk and part, with its bytes on the wire. Immutable; equal by its bytes. */
public final class SliceAddress {
    private final int regionA;
    private final int regionB;
    private final int layer;
    private final int chunk;
    private final int part;
    private final byte[] encoded;
    private final int bytesWithoutPart;

    private SliceAddress(int regionA, int regionB, int layer, int chunk, int part) {
        this.regionA = regionA;
        this.regionB = regionB;
        this.layer = layer;
        this.chunk = chunk;
        this.part = part;
        ByteWriter out = new ByteWriter(16);
        out.varint(regionA);
        out.varint(regionB);
        out.varuint(layer);
        out.varuint(chunk);
        this.bytesWithoutPart = out.size();
        out.varuint(part);
        this.encoded = out.toBytes();
    }

    public static SliceAddress of(int regionA, int regionB, int layer, int chunk, int part) {
        return new SliceAddress(regionA, regionB, layer, chunk, part);
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

    public int part() {
        return part;
    }

    /** Shared, not to be changed. */
    byte[] encoded() {
        return encoded;
    }

    int bytesWithoutPart() {
        return bytesWithoutPart;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SliceAddress that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /** For people and logs, for example {@code 2,-1#0/17.0}. */
    @Override
    public String toString() {
        return regionA + "," + regionB + "#" + layer + "/" + chunk + "." + part;
    }
}
