package dev.terrane.wasm;

import dev.terrane.ecs.FieldKind;
import dev.terrane.ecs.FloatColumn;
import dev.terrane.ecs.IntColumn;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.MovementRule;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Memory;
import run.endive.wasm.WasmEngineException;

/** A module with a memory. One cell's, as all that belongs to its tick; steps allocate nothing. */
final class RunningRule implements MovementRule {
    private final String whose;
    private final RuleField[] fields;
    private final RuleShape shape;
    private final Machine machine;
    private final Memory memory;
    private final long[] stepArguments;
    /** The first row, and how many solids. */
    private final long[] bounceArguments = {0, 0};
    /** A column on its way in: the memory takes bytes. */
    private final byte[] staging;

    private final FloatBuffer stagedFloats;
    private final IntBuffer stagedInts;

    RunningRule(String whose, Instance instance, List<RuleField> fields, RuleShape shape, float[] openSides) {
        this.whose = whose;
        this.fields = fields.toArray(RuleField[]::new);
        this.shape = shape;
        this.machine = instance.getMachine();
        this.memory = instance.memory();
        int valuesMax = Math.max(shape.rows(), RuleShape.SOLID_COUNT_MAX * RuleShape.SOLID_VALUES);
        this.staging = new byte[valuesMax * RuleShape.VALUE_BYTES];
        ByteBuffer staged = ByteBuffer.wrap(staging).order(ByteOrder.LITTLE_ENDIAN);
        this.stagedFloats = staged.asFloatBuffer();
        this.stagedInts = staged.asIntBuffer();
        int sideCount = openSides.length / RuleShape.SIDE_VALUES;
        if (sideCount > RuleShape.SIDE_COUNT_MAX) {
            throw new IllegalArgumentException(
                    "a region has " + sideCount + " open sides, but movement rules know " + RuleShape.SIDE_COUNT_MAX);
        }
        for (int i = 0; i < openSides.length; i++) {
            memory.writeF32(shape.sides() + i * RuleShape.VALUE_BYTES, openSides[i]);
        }
        this.stepArguments = new long[] {0, sideCount, 0};
    }

    @Override
    public void step(Table table, float seconds) {
        for (int first = 0; first < table.size(); first += shape.rows()) {
            int count = Math.min(shape.rows(), table.size() - first);
            for (int i = 0; i < fields.length; i++) {
                copyIn(table, fields[i], address(i), first, count);
            }
            stepArguments[0] = count;
            stepArguments[2] = Float.floatToRawIntBits(seconds);
            call(shape.step(), stepArguments, count);
            copyOut(table, first, count);
        }
    }

    @Override
    public void bounce(Table table, int row, float[] solids, int solidCount) {
        if (shape.bounce() == RuleShape.NONE) {
            throw new IllegalStateException(
                    "the movement rule of " + whose + " has no 'bounce': nothing is in the way of anybody");
        }
        int count = Math.min(solidCount, RuleShape.SOLID_COUNT_MAX);
        stagedFloats.put(0, solids, 0, count * RuleShape.SOLID_VALUES);
        memory.write(shape.solids(), staging, 0, count * RuleShape.SOLID_VALUES * RuleShape.VALUE_BYTES);
        for (int i = 0; i < fields.length; i++) {
            copyIn(table, fields[i], address(i), row, 1);
        }
        bounceArguments[1] = count;
        call(shape.bounce(), bounceArguments, 1);
        copyOut(table, row, 1);
    }

    private int address(int column) {
        return shape.columns() + column * shape.rows() * RuleShape.VALUE_BYTES;
    }

    private void call(int function, long[] arguments, int count) {
        try {
            machine.call(function, arguments);
        } catch (WasmEngineException trapped) {
            throw new IllegalStateException(
                    "the movement rule of " + whose + " stopped of itself with " + count + " entities: "
                            + trapped.getMessage(),
                    trapped);
        }
    }

    private void copyIn(Table table, RuleField from, int address, int first, int count) {
        int byteCount = count * RuleShape.VALUE_BYTES;
        if (!table.has(from.component())) {
            // Not what an earlier table left here.
            memory.fill((byte) 0, address, address + byteCount);
            return;
        }
        if (from.field().kind() == FieldKind.FLOAT) {
            stagedFloats.put(0, table.floats(from.field()).read(), first, count);
        } else {
            stagedInts.put(0, table.ints(from.field()).read(), first, count);
        }
        memory.write(address, staging, 0, byteCount);
    }

    private void copyOut(Table table, int first, int count) {
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].written() && table.has(fields[i].component())) {
                copyOut(table, fields[i], address(i), first, count);
            }
        }
    }

    private void copyOut(Table table, RuleField to, int address, int first, int count) {
        if (to.field().kind() == FieldKind.FLOAT) {
            FloatColumn column = table.floats(to.field());
            for (int i = 0; i < count; i++) {
                column.set(first + i, memory.readFloat(address + i * RuleShape.VALUE_BYTES));
            }
        } else {
            IntColumn column = table.ints(to.field());
            for (int i = 0; i < count; i++) {
                column.set(first + i, memory.readInt(address + i * RuleShape.VALUE_BYTES));
            }
        }
    }
}
