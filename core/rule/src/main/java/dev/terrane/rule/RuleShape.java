package dev.terrane.rule;

import java.util.ArrayList;
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
 * Where in a module's memory to put what the rule needs, as the module's exports say.
 *
 * @param step index of the function
 * @param columns address of the first column; each is {@code rows} times four bytes long
 * @param rows entities that one call can take
 * @param sides address of the open sides
 * @param bounce index of the function; {@link #NONE} when nothing is in the way of anybody
 * @param solids address of what is in the way
 */
record RuleShape(int step, int columns, int rows, int sides, int bounce, int solids) {
    static final int NONE = -1;
    /** Circles that one call of {@code bounce} takes. */
    static final int SOLID_COUNT_MAX = CompiledRule.SOLID_COUNT_MAX;

    static final int SOLID_VALUES = 3;
    /** A rule needs its columns and little else. */
    static final int PAGES_MAX = 16;

    static final int ROWS_MAX = 65_536;
    /** Sides of a region. */
    static final int SIDE_COUNT_MAX = 8;

    static final int VALUE_BYTES = Float.BYTES;
    static final int SIDE_VALUES = 3;

    private static final int PAGE_BYTES = 65_536;
    private static final FunctionType STEP = FunctionType.of(List.of(ValType.I32, ValType.I32, ValType.F32), List.of());
    private static final FunctionType BOUNCE = FunctionType.of(List.of(ValType.I32, ValType.I32), List.of());

    /** @throws IllegalArgumentException saying what the module has, or lacks */
    static RuleShape of(WasmModule module, int fieldCount, boolean hasSolids) {
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
        require(
                hasSolids == exports.containsKey("bounce"),
                hasSolids
                        ? "it says what is solid, but exports no function 'bounce'"
                        : "it exports 'bounce', but its section does not say what is solid");

        RuleShape shape = new RuleShape(
                function(module, exports, "step", STEP),
                constant(module, exports, "columns"),
                constant(module, exports, "rows"),
                constant(module, exports, "sides"),
                hasSolids ? function(module, exports, "bounce", BOUNCE) : NONE,
                hasSolids ? constant(module, exports, "solids") : 0);
        shape.requireRoom(fieldCount, memoryBytes);
        return shape;
    }

    private void requireRoom(int fieldCount, long memoryBytes) {
        require(rows >= 1 && rows <= ROWS_MAX, "rows is " + rows + ", but must be 1 to " + ROWS_MAX);
        List<Area> areas = new ArrayList<>();
        areas.add(new Area("columns", columns, (long) fieldCount * rows * VALUE_BYTES));
        areas.add(new Area("sides", sides, (long) SIDE_COUNT_MAX * SIDE_VALUES * VALUE_BYTES));
        if (bounce != NONE) {
            areas.add(new Area("solids", solids, (long) SOLID_COUNT_MAX * SOLID_VALUES * VALUE_BYTES));
        }
        for (Area area : areas) {
            require(
                    area.from >= 0 && area.from % VALUE_BYTES == 0,
                    area.name + " is " + area.from + ", no address of 4 byte values");
            require(
                    area.end() <= memoryBytes,
                    "its " + area.name + " end at " + area.end() + ", beyond its memory of " + memoryBytes + " bytes");
            for (Area other : areas) {
                require(
                        other == area || area.end() <= other.from || other.end() <= area.from,
                        "its " + area.name + " from " + area.from + " to " + area.end() + " and its " + other.name
                                + " from " + other.from + " to " + other.end() + " overlap");
            }
        }
    }

    private record Area(String name, int from, long bytes) {
        long end() {
            return from + bytes;
        }
    }

    private static int function(WasmModule module, Map<String, Export> exports, String name, FunctionType type) {
        int index = export(exports, name, ExternalType.FUNCTION).index();
        FunctionType found =
                module.typeSection().getType(module.functionSection().getFunctionType(index));
        require(type.equals(found), "its " + name + " is of type " + found + ", but must be " + type);
        return index;
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
