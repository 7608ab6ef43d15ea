package dev.terrane.rule;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmEngineException;

/**
 * A rule with a memory: columns are put in, {@link #step} or {@link #bounce} run, and columns are read again. Steps allocate nothing.
 *
 * <p>Columns are counted as {@link CompiledRule#columns}, rows from 0 to {@link #rowCountMax}. Not thread-safe: one owner.
 */
public final class RuleInstance {
    private final String whose;
    private final RuleShape shape;
    private final int columnCount;
    private final Machine machine;
    private final Memory memory;
    private final long[] stepArguments = {0, 0, 0};
    /** The first row, and how many solids. */
    private final long[] bounceArguments = {0, 0};
    /** A column on its way in: the memory takes bytes. */
    private final byte[] staging;

    private final FloatBuffer stagedFloats;
    private final IntBuffer stagedInts;

    RuleInstance(String whose, Instance instance, RuleShape shape, int columnCount) {
        this.whose = whose;
        this.shape = shape;
        this.columnCount = columnCount;
        this.machine = instance.getMachine();
        this.memory = instance.memory();
        int valuesMax = Math.max(shape.rows(), RuleShape.SOLID_COUNT_MAX * RuleShape.SOLID_VALUES);
        this.staging = new byte[valuesMax * RuleShape.VALUE_BYTES];
        ByteBuffer staged = ByteBuffer.wrap(staging).order(ByteOrder.LITTLE_ENDIAN);
        this.stagedFloats = staged.asFloatBuffer();
        this.stagedInts = staged.asIntBuffer();
    }

    /** Entities that one step takes. */
    public int rowCountMax() {
        return shape.rows();
    }

    /**
     * Where the entities are from now on.
     *
     * @param openSides outward normal x, y and distance from the region's origin of each side with nothing behind it
     * @throws IllegalArgumentException if these are more sides than rules know
     */
    public void place(float[] openSides) {
        int sideCount = openSides.length / RuleShape.SIDE_VALUES;
        if (sideCount > RuleShape.SIDE_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a region has " + sideCount + " open sides, but movement rules know " + RuleShape.SIDE_COUNT_MAX);
        }
        for (int i = 0; i < openSides.length; i++) {
            memory.writeF32(shape.sides() + i * RuleShape.VALUE_BYTES, openSides[i]);
        }
        stepArguments[1] = sideCount;
    }

    /** Puts so many values into the column's first rows. */
    public void put(int column, float[] values, int first, int count) {
        stagedFloats.put(0, values, first, count);
        memory.write(address(column), staging, 0, count * RuleShape.VALUE_BYTES);
    }

    /** Puts so many values into the column's first rows. */
    public void put(int column, int[] values, int first, int count) {
        stagedInts.put(0, values, first, count);
        memory.write(address(column), staging, 0, count * RuleShape.VALUE_BYTES);
    }

    /** 0 in the column's first rows: not what somebody else left here. */
    public void clear(int column, int count) {
        memory.fill((byte) 0, address(column), address(column) + count * RuleShape.VALUE_BYTES);
    }

    /** Puts the raw bits of a value, float or int, into the first row. */
    public void putBits(int column, int bits) {
        memory.writeI32(address(column), bits);
    }

    /** The raw bits of the first row's value. */
    public int bits(int column) {
        return memory.readInt(address(column));
    }

    public float floatAt(int column, int row) {
        return memory.readFloat(address(column) + row * RuleShape.VALUE_BYTES);
    }

    public int intAt(int column, int row) {
        return memory.readInt(address(column) + row * RuleShape.VALUE_BYTES);
    }

    /**
     * Moves the first so many rows on.
     *
     * @param seconds of simulated time
     * @throws IllegalStateException if the rule stopped of itself, by a trap: a bug in the module
     */
    public void step(int rowCount, float seconds) {
        stepArguments[0] = rowCount;
        stepArguments[2] = Float.floatToRawIntBits(seconds);
        call(shape.step(), stepArguments, rowCount);
    }

    /**
     * Keeps the first row out of what is in its way, after {@link #step}.
     *
     * @param solids x, y and radius of each; of more than {@link CompiledRule#SOLID_COUNT_MAX}, the first count
     * @throws IllegalStateException if the rule has no {@code bounce}, or stopped of itself
     */
    public void bounce(float[] solids, int solidCount) {
        requireBounce();
        int count = Math.min(solidCount, RuleShape.SOLID_COUNT_MAX);
        stagedFloats.put(0, solids, 0, count * RuleShape.SOLID_VALUES);
        memory.write(shape.solids(), staging, 0, count * RuleShape.SOLID_VALUES * RuleShape.VALUE_BYTES);
        bounceArguments[1] = count;
        call(shape.bounce(), bounceArguments, 1);
    }

    private void requireBounce() {
        if (shape.bounce() == RuleShape.NONE) {
            throw new IllegalStateException(
                    "the movement rule of " + whose + " has no 'bounce': nothing is in the way of anybody");
        }
    }

    private int address(int column) {
        if (column < 0 || column >= columnCount) {
            throw new IndexOutOfBoundsException(
                    "the movement rule of " + whose + " has " + columnCount + " columns, but none " + column);
        }
        return shape.columns() + column * shape.rows() * RuleShape.VALUE_BYTES;
    }

    private void call(int function, long[] arguments, int rowCount) {
        try {
            machine.call(function, arguments);
        } catch (WasmEngineException trapped) {
            throw new IllegalStateException(
                    "the movement rule of " + whose + " stopped of itself with " + rowCount + " entities: "
                            + trapped.getMessage(),
                    trapped);
        }
    }
}
