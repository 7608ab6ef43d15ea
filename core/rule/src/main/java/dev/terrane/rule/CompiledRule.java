package dev.terrane.rule;

import java.util.List;
import java.util.Optional;
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
 * A movement rule: a module that was found to be one, compiled to bytecode. What it names are words; whether a world has such fields, whoever binds it says.
 * All instances share the code, and each has a memory of its own.
 *
 * <p>Immutable; any thread may use it.
 */
public final class CompiledRule {
    /** Skirmish's has 1,9 kB. */
    public static final int BYTES_MAX = 1 << 20;
    /** Circles that one call of {@link RuleInstance#bounce} takes; of more, the first. */
    public static final int SOLID_COUNT_MAX = 32;

    private final String whose;
    private final byte[] bytes;
    private final WasmModule module;
    private final RuleSection section;
    private final RuleShape shape;
    private final Function<Instance, Machine> code;

    private CompiledRule(
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
     * Takes some hundred milliseconds the first time in a JVM.
     *
     * @param whose for messages: {@code plugin skirmish}
     * @param bytes not kept
     * @throws RuleRefusedException if it is not as docs/RULES.md says
     */
    public static CompiledRule load(String whose, byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new RuleRefusedException(whose, "it has " + bytes.length + " bytes, but may have " + BYTES_MAX);
        }
        byte[] own = bytes.clone();
        try {
            WasmModule module = Parser.parse(own);
            RuleSection section = RuleSection.read(section(module));
            RuleShape shape = RuleShape.of(module, section.columns().size(), section.solid() != null);
            Function<Instance, Machine> code = MachineFactoryCompiler.builder(module)
                    .withInterpreterFallback(InterpreterFallback.FAIL)
                    .compile();
            return new CompiledRule(whose, own, module, section, shape, code);
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

    /** In the order in which {@link RuleInstance} counts them. */
    public List<RuleColumn> columns() {
        return section.columns();
    }

    /** Empty: nothing is in the way of anybody. */
    public Optional<RuleSolid> solid() {
        return Optional.ofNullable(section.solid());
    }

    /** @return the answer for a column that the rule names and that cannot be had */
    public RuleRefusedException refuse(RuleColumn column, String why) {
        return new RuleRefusedException(whose, column.line().wrong(why));
    }

    /** The rule, with a memory of its own, in a place without open sides. */
    public RuleInstance start() {
        Instance instance = Instance.builder(module)
                .withMachineFactory(code)
                .withMemoryFactory(ByteArrayMemory::new)
                .build();
        return new RuleInstance(whose, instance, shape, section.columns().size());
    }
}
