package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which layers a crowded region is to have, and what one of them has to do about that: a value of the log, told to every node with the map. A region without such a value has its first layer and no other. The leader alone changes it.
 *
 * <pre>
 *   (none) ─► [0 1] ─► [0 1] newcomers 1, Divide 0 → 1 ─► [0 1] newcomers 1 ─► [0 1] newcomers 0 ─► [0 1] Merge 1 → 0 ─► (none)
 * </pre>
 *
 * @param layers ascending, 0 to 255; the first is always among them
 * @param newcomers the layer for whoever comes into the region
 * @param order null: nobody has to do anything
 */
public record RegionLayers(
        List<Integer> layers, int newcomers, @Nullable Order order) {
    /** As it is without a value. */
    public static final RegionLayers ONE = new RegionLayers(List.of(0), 0, null);

    private static final String PREFIX = ClusterMap.SHARED + "layers/";
    private static final int FORMAT = 1;
    private static final int NONE = 0;
    private static final int DIVIDE = 1;
    private static final int MERGE = 2;

    public RegionLayers {
        layers = List.copyOf(new TreeSet<>(layers));
        if (layers.isEmpty() || layers.getFirst() != 0 || layers.getLast() > 255 || !layers.contains(newcomers)) {
            throw new IllegalArgumentException("layers " + layers + ", newcomers to " + newcomers);
        }
        if (order != null && !(layers.contains(order.from()) && layers.contains(order.to()))) {
            throw new IllegalArgumentException("layers " + layers + ", and " + order);
        }
    }

    /** What the owner of one layer has to see to. */
    public sealed interface Order {
        /** No other order of this region ever had it. */
        long number();

        int from();

        int to();
    }

    /**
     * Hand over about this share of the entities. It is void when the cell goes on or starts again under another epoch: whoever is still crowded then is told anew.
     *
     * @param epoch of the crowded cell
     * @param share above 0, below 1
     */
    public record Divide(long number, int from, long epoch, int to, float share) implements Order {
        public Divide {
            if (!(share > 0 && share < 1) || from == to) {
                throw new IllegalArgumentException("a share of " + share + " from " + from + " to " + to);
            }
        }
    }

    /** Hand everybody over and end: the layer is given back when its last image is stored. */
    public record Merge(long number, int from, int to) implements Order {
        public Merge {
            if (from == 0 || from == to) {
                throw new IllegalArgumentException("layer " + from + " cannot merge into " + to);
            }
        }
    }

    public RegionLayers with(int layer) {
        List<Integer> more = new ArrayList<>(layers);
        more.add(layer);
        return new RegionLayers(more, newcomers, order);
    }

    /** Without that layer, and without orders. Its newcomers go to the first. */
    public RegionLayers without(int layer) {
        return new RegionLayers(
                layers.stream().filter(each -> each != layer).toList(), newcomers == layer ? 0 : newcomers, null);
    }

    public RegionLayers entering(int layer) {
        return new RegionLayers(layers, layer, order);
    }

    public RegionLayers ordered(@Nullable Order next) {
        return new RegionLayers(layers, newcomers, next);
    }

    public static String key(WorldId world, RegionId region) {
        return PREFIX + world + "/" + region;
    }

    /** What is to be put under {@link #key}: nothing at all for {@link #ONE}. */
    public byte[] toBytes() {
        if (equals(ONE)) {
            return new byte[0];
        }
        ByteWriter out = new ByteWriter(32);
        out.u8(FORMAT);
        out.varuint(layers.size());
        layers.forEach(out::u8);
        out.u8(newcomers);
        switch (order) {
            case null -> out.u8(NONE);
            case Divide divide -> {
                out.u8(DIVIDE);
                out.varulong(divide.number);
                out.u8(divide.from);
                out.varulong(divide.epoch);
                out.u8(divide.to);
                out.f32(divide.share);
            }
            case Merge merge -> {
                out.u8(MERGE);
                out.varulong(merge.number);
                out.u8(merge.from);
                out.u8(merge.to);
            }
        }
        return out.toBytes();
    }

    /** @throws MalformedBytesException if it is no such value of this format */
    public static RegionLayers read(byte[] value) {
        ByteReader in = new ByteReader(value);
        int format = in.u8();
        if (format != FORMAT) {
            throw in.malformed("layers of format " + format + ", this build reads " + FORMAT);
        }
        List<Integer> layers = new ArrayList<>();
        for (int left = in.count(1); left > 0; left--) {
            layers.add(in.u8());
        }
        int newcomers = in.u8();
        try {
            return new RegionLayers(layers, newcomers, readOrder(in));
        } catch (IllegalArgumentException outOfRange) {
            throw in.malformed("layers that cannot be: " + outOfRange.getMessage());
        }
    }

    private static @Nullable Order readOrder(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case NONE -> null;
            case DIVIDE -> new Divide(in.varulong(), in.u8(), in.varulong(), in.u8(), in.f32());
            case MERGE -> new Merge(in.varulong(), in.u8(), in.u8());
            default -> throw in.malformed("an order of kind " + kind);
        };
    }

    /** Of one region. */
    public static RegionLayers of(CoordinatorState state, WorldId world, RegionId region) {
        return state.value(key(world, region)).map(RegionLayers::sound).orElse(ONE);
    }

    /** Of every region that has a value, in order. */
    public static SortedMap<RegionId, RegionLayers> all(CoordinatorState state, WorldId world) {
        SortedMap<RegionId, RegionLayers> found = new TreeMap<>();
        for (String key : state.keys(PREFIX + world + "/")) {
            state.value(key).ifPresent(value -> found.put(region(key), sound(value)));
        }
        return found;
    }

    /** Of every region that has a value, in order. */
    public static SortedMap<RegionId, RegionLayers> all(ClusterMap map, WorldId world) {
        SortedMap<RegionId, RegionLayers> found = new TreeMap<>();
        String prefix = PREFIX + world + "/";
        map.values().tailMap(prefix).forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                found.put(region(key), sound(value));
            }
        });
        return found;
    }

    /** Layers beside the first that somebody has to simulate: one that merges only as long as somebody does. In order. */
    public static List<CellId> wanted(CoordinatorState state, WorldId world) {
        List<CellId> wanted = new ArrayList<>();
        all(state, world).forEach((region, here) -> {
            for (int layer : here.layers) {
                if (layer != 0 && !(here.order instanceof Merge merge && merge.from == layer)) {
                    wanted.add(new CellId(world, region, layer));
                }
            }
        });
        return wanted;
    }

    /** The log takes whatever bytes a node gives it: what nobody can read says nothing. */
    private static RegionLayers sound(byte[] value) {
        try {
            return read(value);
        } catch (MalformedBytesException broken) {
            return ONE;
        }
    }

    private static RegionId region(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        int comma = name.indexOf(',');
        try {
            return new RegionId(
                    Integer.parseInt(name.substring(0, comma)), Integer.parseInt(name.substring(comma + 1)));
        } catch (NumberFormatException | IndexOutOfBoundsException broken) {
            return RegionId.ORIGIN;
        }
    }
}
