package dev.terrane.protocol.client;

import java.util.Arrays;

/**
 * The public fields of entities that have the same components: <i>entity field index</i> i of docs/PROTOCOL.md to flat index, code
 * and step. Immutable; any thread may use it. Get it from {@link WireLayout#entity}.
 */
public final class EntityLayout {
    private final long componentMask;
    private final int[] flat;
    private final FieldCode[] codes;
    private final float[] steps;
    private final boolean hasTexts;

    EntityLayout(long componentMask, int[] flat, FieldCode[] codes, float[] steps) {
        this.componentMask = componentMask;
        this.flat = flat;
        this.codes = codes;
        this.steps = steps;
        this.hasTexts = Arrays.asList(codes).contains(FieldCode.TEXT);
    }

    public long componentMask() {
        return componentMask;
    }

    public int fieldCount() {
        return flat.length;
    }

    /** All bits that a mask of changed fields can have. */
    public long fieldMask() {
        return (1L << flat.length) - 1;
    }

    public FieldCode code(int index) {
        return codes[index];
    }

    /** 0 for fields without a grid. */
    public float step(int index) {
        return steps[index];
    }

    public int flatIndex(int index) {
        return flat[index];
    }

    /** Entity field index of a flat index, or -1 when entities of this layout have no such field. */
    public int indexOf(int flatIndex) {
        int found = Arrays.binarySearch(flat, flatIndex);
        return found < 0 ? -1 : found;
    }

    boolean hasTexts() {
        return hasTexts;
    }
}
