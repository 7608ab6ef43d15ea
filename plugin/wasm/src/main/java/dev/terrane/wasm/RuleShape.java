package dev.terrane.wasm;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.Global;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.ValType;

/**
 * Where in a module's memory a server puts what the rule needs, as the module's exports say.
 *
 * @param step index of the function
 * @param columns address of the first column; each is {@code rows} times four bytes long
 * @param rows entities that one call can take
 * @param sides address of the open sides
 */
record RuleShape(int step, int columns, int rows, int sides) {
    /** A rule needs its columns and little else. */
    static final int PAGES_MAX = 16;

    static final int ROWS_MAX = 65_536;
    /** Sides of a region. */
    static final int SIDE_COUNT_MAX = 8;

    static final int VALUE_BYTES = Float.BYTES;
    static final int SIDE_VALUES = 3;

    private static final int PAGE_BYTES = 65_536;
    private static final FunctionType STEP = FunctionType.of(List.of(ValType.I32, ValType.I32, ValType.F32), List.of());

    /** @throws IllegalArgumentException saying what the module has, or lacks */
    static RuleShape of(WasmModule module, int fieldCount) {
        require(
                module.importSection().importCount() == 0,
                "it imports something; a rule has what it is given, and nothing else");
        require(module.startSection().isEmpty(), "it has a start function; a rule runs when it is called, only");
        long memoryBytes = (long) pages(module) * PAGE_BYTES;
        Map<String, Export> exports = new TreeMap<>();
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            exports.put(
                    module.exportSection().getExport(i).name(),
                    module.exportSection().getExport(i));
        }
        export(exports, "memory", ExternalType.MEMORY);
        int step = export(exports, "step", ExternalType.FUNCTION).index();
        FunctionType type =
                module.typeSection().getType(module.functionSection().getFunctionType(step));
        require(STEP.equals(type), "its step is of type " + type + ", but must be " + STEP);

        RuleShape shape = new RuleShape(
                step,
                constant(module, exports, "columns"),
                constant(module, exports, "rows"),
                constant(module, exports, "sides"));
        shape.requireRoom(fieldCount, memoryBytes);
        return shape;
    }

    private void requireRoom(int fieldCount, long memoryBytes) {
        require(rows >= 1 && rows <= ROWS_MAX, "rows is " + rows + ", but must be 1 to " + ROWS_MAX);
        long columnsEnd = columns + (long) fieldCount * rows * VALUE_BYTES;
        long sidesEnd = sides + (long) SIDE_COUNT_MAX * SIDE_VALUES * VALUE_BYTES;
        require(columns >= 0 && columns % VALUE_BYTES == 0, "columns is " + columns + ", no address of 4 byte values");
        require(sides >= 0 && sides % VALUE_BYTES == 0, "sides is " + sides + ", no address of 4 byte values");
        require(
                columnsEnd <= memoryBytes && sidesEnd <= memoryBytes,
                "its columns end at " + columnsEnd + " and its sides at " + sidesEnd + ", beyond its memory of "
                        + memoryBytes + " bytes");
        require(
                sidesEnd <= columns || columnsEnd <= sides,
                "its columns from " + columns + " to " + columnsEnd + " and its sides from " + sides + " to " + sidesEnd
                        + " overlap");
    }

    private static int pages(WasmModule module) {
        int memoryCount =
                module.memorySection().map(section -> section.memoryCount()).orElse(0);
        require(memoryCount == 1, "it has " + memoryCount + " memories, but must have one");
        MemoryLimits limits = module.memorySection().orElseThrow().getMemory(0).limits();
        require(!limits.shared(), "its memory is shared between threads");
        require(
                limits.maximumPages() <= PAGES_MAX,
                "its memory may grow to " + limits.maximumPages() + " pages; it must say a maximum of at most "
                        + PAGES_MAX);
        return limits.initialPages();
    }

    private static Export export(Map<String, Export> exports, String name, ExternalType type) {
        Export found = exports.get(name);
        if (found == null || found.exportType() != type) {
            throw new IllegalArgumentException("it exports no " + type.name().toLowerCase(Locale.ROOT) + " '" + name
                    + "', only " + exports.keySet());
        }
        return found;
    }

    private static int constant(WasmModule module, Map<String, Export> exports, String name) {
        Global global = module.globalSection()
                .getGlobal(export(exports, name, ExternalType.GLOBAL).index());
        List<Instruction> made = global.initInstructions().stream()
                .filter(each -> each.opcode() != OpCode.END)
                .toList();
        require(
                global.mutabilityType() == MutabilityType.Const
                        && made.size() == 1
                        && made.getFirst().opcode() == OpCode.I32_CONST,
                "its global '" + name + "' must be a constant i32");
        return (int) made.getFirst().operand(0);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
