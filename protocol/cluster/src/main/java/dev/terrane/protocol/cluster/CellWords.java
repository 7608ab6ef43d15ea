package dev.terrane.protocol.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The parts that messages of one world have in common, as bytes. Names of cells travel without the world, for nobody speaks across worlds. */
final class CellWords {
    /** A kind, a target or a circle, a body. */
    private static final int INTENT_BYTES_MIN = 4;

    private static final int TO_ENTITY = 0;
    private static final int TO_AREA = 1;

    final WorldId world;
    private final IntentBodies bodies;

    CellWords(WorldId world, IntentBodies bodies) {
        this.world = world;
        this.bodies = bodies;
    }

    void cell(CellId cell, ByteWriter out) {
        if (!cell.world().equals(world)) {
            throw new IllegalArgumentException("cell " + cell + " is not of world " + world);
        }
        region(cell.region(), out);
        out.u8(cell.layer());
    }

    CellId cell(ByteReader in) {
        return new CellId(world, region(in), in.u8());
    }

    static void region(RegionId region, ByteWriter out) {
        out.varint(region.a());
        out.varint(region.b());
    }

    static RegionId region(ByteReader in) {
        return new RegionId(in.varint(), in.varint());
    }

    static void character(CharacterId character, ByteWriter out) {
        out.i64(character.value().getMostSignificantBits());
        out.i64(character.value().getLeastSignificantBits());
    }

    static CharacterId character(ByteReader in) {
        return new CharacterId(new UUID(in.i64(), in.i64()));
    }

    /** Layers of a region: ascending, never none. */
    static int[] layers(ByteReader in) {
        int[] layers = in.varints();
        boolean fine = layers.length > 0 && layers[0] >= 0 && layers[layers.length - 1] <= 255;
        for (int i = 1; i < layers.length; i++) {
            fine &= layers[i] > layers[i - 1];
        }
        if (!fine) {
            throw in.malformed("layers must be ascending numbers from 0 to 255, and at least one");
        }
        return layers;
    }

    static float finite(ByteReader in, String what) {
        float value = in.f32();
        if (!Float.isFinite(value)) {
            throw in.malformed(what + " must be finite, not " + value);
        }
        return value;
    }

    static <E extends Enum<E>> E choice(E[] values, ByteReader in) {
        int ordinal = in.u8();
        if (ordinal >= values.length) {
            throw in.malformed("choice " + ordinal + " of " + values.length);
        }
        return values[ordinal];
    }

    void intents(List<Intent> intents, ByteWriter out) {
        out.varuint(intents.size());
        for (int i = 0; i < intents.size(); i++) {
            intent(intents.get(i), out);
        }
    }

    List<Intent> intents(ByteReader in) {
        int count = in.count(INTENT_BYTES_MIN);
        List<Intent> intents = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            intents.add(intent(in));
        }
        return intents;
    }

    void intent(Intent intent, ByteWriter out) {
        switch (intent) {
            case Intent.ToEntity(long target, Record body, int hops) -> {
                out.u8(TO_ENTITY);
                out.i64(target);
                out.u8(hops);
                bodies.write(body, out);
            }
            case Intent.ToArea(double x, double y, float radiusMetres, Record body) -> {
                out.u8(TO_AREA);
                out.f64(x);
                out.f64(y);
                out.f32(radiusMetres);
                bodies.write(body, out);
            }
        }
    }

    Intent intent(ByteReader in) {
        int kind = in.u8();
        if (kind == TO_ENTITY) {
            long target = in.i64();
            int hops = in.u8();
            return new Intent.ToEntity(target, bodies.read(in), hops);
        }
        if (kind != TO_AREA) {
            throw in.malformed("an intent of kind " + kind);
        }
        double x = in.f64();
        double y = in.f64();
        float radiusMetres = finite(in, "a radius");
        if (!Double.isFinite(x) || !Double.isFinite(y) || radiusMetres < 0) {
            throw in.malformed("a circle of " + radiusMetres + " m around " + x + ", " + y);
        }
        return new Intent.ToArea(x, y, radiusMetres, bodies.read(in));
    }
}
