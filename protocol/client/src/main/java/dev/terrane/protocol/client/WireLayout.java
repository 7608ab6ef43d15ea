package dev.terrane.protocol.client;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@link WireSchema} made ready for encoding and decoding: public fields of all components in one flat list, with their codes.
 * Any thread may use it.
 */
public final class WireLayout {
    private static final int CACHED_LAYOUT_COUNT = 256;

    private final WireSchema schema;
    private final List<WireField> publicFields = new ArrayList<>();
    private final int[] firstFlat;
    private final long publicComponentMask;
    private final FieldCode[][] componentCodes;
    private final FieldCode[][] eventCodes;
    // A lost race builds an equal layout twice, nothing worse; bounded, because masks come from the wire.
    private final @Nullable EntityLayout[] cache = new EntityLayout[CACHED_LAYOUT_COUNT];

    public WireLayout(WireSchema schema) {
        this.schema = schema;
        int componentCount = schema.components().size();
        if (componentCount > WireSchema.COMPONENT_COUNT_MAX || schema.events().size() > WireSchema.EVENT_COUNT_MAX) {
            throw new IllegalArgumentException("a schema has at most " + WireSchema.COMPONENT_COUNT_MAX
                    + " components and " + WireSchema.EVENT_COUNT_MAX + " events, not " + componentCount + " and "
                    + schema.events().size());
        }
        this.firstFlat = new int[componentCount + 1];
        long mask = 0;
        for (int c = 0; c < componentCount; c++) {
            firstFlat[c] = publicFields.size();
            for (WireField field : schema.components().get(c).fields()) {
                if (!field.ownerOnly()) {
                    publicFields.add(field);
                    mask |= 1L << c;
                }
            }
        }
        firstFlat[componentCount] = publicFields.size();
        this.publicComponentMask = mask;
        this.componentCodes = codes(schema.components());
        this.eventCodes = codes(schema.events());
    }

    public WireSchema schema() {
        return schema;
    }

    /** Components that have public fields. */
    public long publicComponentMask() {
        return publicComponentMask;
    }

    public int publicFieldCount() {
        return publicFields.size();
    }

    public WireField publicField(int flatIndex) {
        return publicFields.get(flatIndex);
    }

    /** Flat index of a component's first public field; that of the next component when it has none. */
    public int firstFlatIndex(int component) {
        return firstFlat[component];
    }

    /** Flat index of a public field by its names, or -1. */
    public int flatIndexOf(String component, String field) {
        for (int c = 0; c < schema.components().size(); c++) {
            if (schema.components().get(c).name().equals(component)) {
                for (int flat = firstFlat[c]; flat < firstFlat[c + 1]; flat++) {
                    if (publicFields.get(flat).name().equals(field)) {
                        return flat;
                    }
                }
            }
        }
        return -1;
    }

    /**
     * The layout of entities with these components.
     *
     * @throws MalformedBytesException if a bit names no component with public fields, or they have too many fields together
     */
    public EntityLayout entity(long componentMask) {
        int at = (int) ((componentMask * 0x9E37_79B9_7F4A_7C15L) >>> 56);
        EntityLayout cached = cache[at];
        if (cached != null && cached.componentMask() == componentMask) {
            return cached;
        }
        EntityLayout built = build(componentMask);
        cache[at] = built;
        return built;
    }

    /** Codes of all replicated fields of a component, both audiences: what the record of the own avatar carries. */
    FieldCode[] componentCodes(int component) {
        return componentCodes[component];
    }

    /** Whether the record of an avatar with these components can be told as differences: a mask has a bit for each of its fields. */
    boolean selfFits(long componentMask) {
        int count = 0;
        for (long rest = componentMask; rest != 0; rest &= rest - 1) {
            int c = Long.numberOfTrailingZeros(rest);
            count += c < componentCodes.length ? componentCodes[c].length : Long.SIZE + 1;
        }
        return count <= Long.SIZE;
    }

    FieldCode[] eventCodes(int event) {
        return eventCodes[event];
    }

    private EntityLayout build(long componentMask) {
        if ((componentMask & ~publicComponentMask) != 0) {
            throw new MalformedBytesException("component mask 0x" + Long.toHexString(componentMask)
                    + " names components without public fields; known are 0x" + Long.toHexString(publicComponentMask));
        }
        int count = 0;
        for (long rest = componentMask; rest != 0; rest &= rest - 1) {
            int c = Long.numberOfTrailingZeros(rest);
            count += firstFlat[c + 1] - firstFlat[c];
        }
        if (count > SliceWriter.ENTITY_FIELD_COUNT_MAX) {
            throw new MalformedBytesException("an entity of components 0x" + Long.toHexString(componentMask) + " has "
                    + count + " public fields, more than " + SliceWriter.ENTITY_FIELD_COUNT_MAX);
        }
        int[] flat = new int[count];
        FieldCode[] codes = new FieldCode[count];
        float[] steps = new float[count];
        int i = 0;
        for (long rest = componentMask; rest != 0; rest &= rest - 1) {
            int c = Long.numberOfTrailingZeros(rest);
            for (int f = firstFlat[c]; f < firstFlat[c + 1]; f++, i++) {
                flat[i] = f;
                codes[i] = FieldCode.of(publicFields.get(f));
                steps[i] = publicFields.get(f).step();
            }
        }
        return new EntityLayout(componentMask, flat, codes, steps);
    }

    private static FieldCode[][] codes(List<WireRecord> records) {
        FieldCode[][] all = new FieldCode[records.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = records.get(i).fields().stream().map(FieldCode::of).toArray(FieldCode[]::new);
        }
        return all;
    }
}
