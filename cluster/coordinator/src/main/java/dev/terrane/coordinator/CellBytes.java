package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/** A cell's name, with its world's. */
public final class CellBytes {
    private static final int WORLD_BYTES_MAX = 32;

    private CellBytes() {}

    public static void write(ByteWriter writer, CellId cell) {
        writer.utf8(cell.world().name());
        writer.varint(cell.region().a());
        writer.varint(cell.region().b());
        writer.u8(cell.layer());
    }

    public static CellId read(ByteReader reader) {
        WorldId world = new WorldId(reader.utf8(WORLD_BYTES_MAX));
        return new CellId(world, new RegionId(reader.varint(), reader.varint()), reader.u8());
    }
}
