package dev.terrane.wasm;

import dev.terrane.ecs.Schema;
import dev.terrane.plugin.MovementRule;
import java.util.function.Function;
import run.endive.compiler.InterpreterFallback;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.ByteArrayMemory;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.Parser;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.CustomSection;
import run.endive.wasm.types.UnknownCustomSection;

/**
 * A world's movement rule: a module that was found to be one, compiled to bytecode. Cells share the code, and each has a memory of its own.
 *
 * <p>Immutable; any thread may use it.
 */
public final class RuleModule {
    /** Skirmish's has 1,4 kB. */
    private static final int BYTES_MAX = 1 << 20;

    private final String whose;
    private final byte[] bytes;
    private final WasmModule module;
    private final RuleSection section;
    private final RuleShape shape;
    private final Function<Instance, Machine> code;

    private RuleModule(
            String whose,
            byte[] bytes,
            WasmModule module,
            RuleSection section,
            RuleShape shape,
            Function<Instance, Machine> code) {
        this.whose = whose;
        this.bytes = bytes;
        this.module = module;
        this.section = section;
        this.shape = shape;
        this.code = code;
    }

    /**
     * @param whose for messages: {@code plugin skirmish}
     * @param bytes not kept
     * @param schema of the world in which it will run
     * @throws RuleRefusedException if it is not as docs/RULES.md says, or names a field that the world does not have
     */
    public static RuleModule load(String whose, byte[] bytes, Schema schema) {
        if (bytes.length > BYTES_MAX) {
            throw new RuleRefusedException(whose, "it has " + bytes.length + " bytes, but may have " + BYTES_MAX);
        }
        byte[] own = bytes.clone();
        try {
            WasmModule module = Parser.parse(own);
            RuleSection section = RuleSection.read(section(module), schema);
            RuleShape shape = RuleShape.of(module, section.fields().size(), section.solid() != null);
            Function<Instance, Machine> code = MachineFactoryCompiler.builder(module)
                    .withInterpreterFallback(InterpreterFallback.FAIL)
                    .compile();
            return new RuleModule(whose, own, module, section, shape, code);
        } catch (IllegalArgumentException notARule) {
            throw new RuleRefusedException(whose, String.valueOf(notARule.getMessage()), notARule);
        } catch (RuntimeException | AssertionError notAModule) {
            // Of some bytes the parser says with an index out of bounds or an assertion that they are none.
            throw new RuleRefusedException(whose, "it is no valid WebAssembly: " + notAModule.getMessage(), notAModule);
        }
    }

    private static byte[] section(WasmModule module) {
        for (CustomSection section : module.customSections()) {
            if (section.name().equals(RuleSection.NAME) && section instanceof UnknownCustomSection found) {
                return found.bytes();
            }
        }
        throw new IllegalArgumentException("it has no custom section " + RuleSection.NAME);
    }

    /** As it was loaded, for clients. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The rule, running in one cell.
     *
     * @param openSides see {@link dev.terrane.space.Partition#openSides}
     */
    public MovementRule start(float[] openSides) {
        Instance instance = Instance.builder(module)
                .withMachineFactory(code)
                .withMemoryFactory(ByteArrayMemory::new)
                .build();
        return new RunningRule(whose, instance, section.fields(), shape, openSides);
    }
}
