package dev.terrane.recorder;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.RecordBytes;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.RunningImage;
import dev.terrane.cell.World;
import dev.terrane.cell.WorldSchema;
import dev.terrane.plugin.WorldMap;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.space.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whose recording it is, and what a replay elsewhere has to know.
 *
 * @param partition as {@link Partition#describe} says it
 * @param worldSeed of the world's randomness
 * @param schemaFingerprint of the components: a replay needs plugins that declare the same
 * @param hashTicks see {@link dev.terrane.cell.CellTap#hashTicks}
 */
public record RecordingHeader(
        CellId cell,
        long epoch,
        int incarnation,
        String partition,
        long worldSeed,
        long schemaFingerprint,
        CellSettings settings,
        List<Module> modules,
        int hashTicks) {
    private static final int TEXT_BYTES_MAX = 1 << 16;
    private static final RecordBytes SETTINGS = RecordBytes.of(CellSettings.class);

    /** A plugin of the world, in the order of its modules. */
    public record Module(String name, SortedMap<String, String> options) {}

    public static RecordingHeader of(CellSpec spec, List<Module> modules, int hashTicks) {
        return new RecordingHeader(
                spec.cell(),
                spec.epoch(),
                spec.incarnation(),
                spec.world().map().partition().describe(),
                spec.world().seed(),
                spec.world().schema().components().fingerprint(),
                spec.settings(),
                modules,
                hashTicks);
    }

    /** The cell as it was, for a twin. */
    public CellSpec spec(WorldSchema schema) {
        WorldMap map = new WorldMap(cell.world().name(), Partition.parse(partition));
        return new CellSpec(cell, epoch, incarnation, new World(map, schema, worldSeed), settings);
    }

    void write(ByteWriter out) {
        out.u8(RecordingFormat.FORMAT);
        out.u8(CellInputCodec.FORMAT);
        out.u8(RunningImage.FORMAT_VERSION);
        out.utf8(cell.world().name());
        out.varint(cell.region().a());
        out.varint(cell.region().b());
        out.u8(cell.layer());
        out.varlong(epoch);
        out.varint(incarnation);
        out.utf8(partition);
        out.i64(worldSeed);
        out.i64(schemaFingerprint);
        SETTINGS.write(settings, out);
        out.varuint(modules.size());
        for (Module module : modules) {
            out.utf8(module.name());
            out.varuint(module.options().size());
            module.options().forEach((key, value) -> {
                out.utf8(key);
                out.utf8(value);
            });
        }
        out.varuint(hashTicks);
    }

    static RecordingHeader read(ByteReader in) {
        require(in, "a recording", RecordingFormat.FORMAT);
        require(in, "messages", CellInputCodec.FORMAT);
        require(in, "running images", RunningImage.FORMAT_VERSION);
        try {
            CellId cell =
                    new CellId(new WorldId(in.utf8(TEXT_BYTES_MAX)), new RegionId(in.varint(), in.varint()), in.u8());
            return new RecordingHeader(
                    cell,
                    in.varlong(),
                    in.varint(),
                    in.utf8(TEXT_BYTES_MAX),
                    in.i64(),
                    in.i64(),
                    (CellSettings) SETTINGS.read(in),
                    modules(in),
                    Math.max(1, in.varuint()));
        } catch (IllegalArgumentException e) {
            throw in.malformed("no such cell: " + e.getMessage());
        }
    }

    private static void require(ByteReader in, String what, int format) {
        int found = in.u8();
        if (found != format) {
            throw in.malformed(
                    "%s of format %d, but this build reads only format %d; replay it with the build that wrote it"
                            .formatted(what, found, format));
        }
    }

    private static List<Module> modules(ByteReader in) {
        List<Module> modules = new ArrayList<>();
        for (int rest = in.count(2); rest > 0; rest--) {
            String name = in.utf8(TEXT_BYTES_MAX);
            SortedMap<String, String> options = new TreeMap<>();
            for (int pairs = in.count(2); pairs > 0; pairs--) {
                options.put(in.utf8(TEXT_BYTES_MAX), in.utf8(TEXT_BYTES_MAX));
            }
            modules.add(new Module(name, options));
        }
        return modules;
    }
}
