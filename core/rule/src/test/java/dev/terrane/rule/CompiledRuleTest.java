package dev.terrane.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class CompiledRuleTest {
    private static final String SOLID = "solid kit.position.z where kit.controls.held 2\n";

    private static CompiledRule load(Consumer<TestModule> change) {
        TestModule module = new TestModule();
        change.accept(module);
        return CompiledRule.load("plugin test", module.bytes());
    }

    private static void refuses(Consumer<TestModule> change, String because) {
        assertThatThrownBy(() -> load(change))
                .isInstanceOf(RuleRefusedException.class)
                .hasMessageStartingWith("the movement rule of plugin test is refused: ")
                .hasMessageContaining(because);
    }

    private static void bouncing(TestModule module) {
        module.bounces = true;
        module.solids = 16_384;
        module.section += SOLID;
    }

    @Test
    void namesItsColumnsAndWhatIsSolid() {
        CompiledRule rule = load(CompiledRuleTest::bouncing);
        assertThat(rule.columns()).hasSize(1);
        RuleColumn column = rule.columns().getFirst();
        assertThat(column.path()).isEqualTo("kit.position.x");
        assertThat(column.kind()).isEqualTo(RuleColumn.Kind.F32);
        assertThat(column.written()).isTrue();
        RuleSolid solid = rule.solid().orElseThrow();
        assertThat(solid.radius().path()).isEqualTo("kit.position.z");
        assertThat(solid.kind().path()).isEqualTo("kit.controls.held");
        assertThat(solid.value()).isEqualTo(2);
    }

    @Test
    void stepsOneRowByItsBits() {
        RuleInstance rule = load(_ -> {}).start();
        rule.putBits(0, Float.floatToRawIntBits(-0f));
        assertThat(rule.bits(0)).isEqualTo(0x8000_0000);
        rule.step(1, 0.5f);
        assertThat(Float.intBitsToFloat(rule.bits(0))).isEqualTo(0.5f);
    }

    @Test
    void sharesTheCodeButNotTheMemory() {
        CompiledRule rule = load(_ -> {});
        RuleInstance one = rule.start();
        RuleInstance other = rule.start();
        one.putBits(0, Float.floatToRawIntBits(3f));
        one.step(1, 1);
        assertThat(other.floatAt(0, 0)).isZero();
        assertThat(one.floatAt(0, 0)).isEqualTo(4f);
    }

    @Test
    void knowsEightOpenSides() {
        RuleInstance rule = load(_ -> {}).start();
        rule.place(new float[24]);
        assertThatThrownBy(() -> rule.place(new float[27]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("9 open sides, but movement rules know 8");
    }

    @Test
    void hasNoColumnBeyondItsOwn() {
        RuleInstance rule = load(_ -> {}).start();
        assertThatThrownBy(() -> rule.bits(1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("has 1 columns, but none 1");
    }

    @Test
    void refusesASolidThatCannotBeRead() {
        for (String line : List.of(
                "solid kit.position.z where kit.controls.held two", "solid kit.position.z when kit.controls.held 2")) {
            refuses(
                    module -> {
                        module.bounces = true;
                        module.section += line + "\n";
                    },
                    "line 3 of section terrane.rule, '" + line + "': ");
        }
    }

    @Test
    void refusesWhatIsNoModule() {
        byte[] bytes = new TestModule().bytes();
        for (int length = 0; length < bytes.length; length += 3) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> CompiledRule.load("plugin test", cut))
                    .as("the first %d bytes", length)
                    .isInstanceOf(RuleRefusedException.class);
        }
        refuses(module -> module.step = "00 92 0b", "it is no valid WebAssembly");
        assertThatThrownBy(() -> CompiledRule.load("plugin test", new byte[2 << 20]))
                .hasMessageContaining("2097152 bytes, but may have 1048576");
    }

    @Test
    void refusesAHalfOfWhatBouncingNeeds() {
        refuses(module -> module.section += SOLID, "it says what is solid, but exports no function 'bounce'");
        refuses(module -> module.bounces = true, "it exports 'bounce', but its section does not say what is solid");
        refuses(
                module -> {
                    bouncing(module);
                    module.bounceType = 1;
                },
                "its bounce is of type");
        refuses(
                module -> {
                    bouncing(module);
                    module.solids = TestModule.COLUMNS + 4;
                },
                "overlap");
    }

    @Test
    void refusesImportsAndAStart() {
        refuses(module -> module.imports = "01 03656e76 0166 00 00", "it imports something");
        refuses(module -> module.start = "01", "it has a start function");
    }

    @Test
    void refusesMemoryThatCouldGrowOrIsTooSmall() {
        refuses(module -> module.memory = "01 00 01", "must say a maximum of at most 16");
        refuses(module -> module.memory = "01 01 01 11", "may grow to 17 pages");
        refuses(module -> module.rows = 20_000, "beyond its memory of 65536 bytes");
        refuses(module -> module.rows = 0, "rows is 0, but must be 1 to 65536");
        refuses(module -> module.sides = TestModule.COLUMNS, "overlap");
        refuses(module -> module.sides = 6, "no address of 4 byte values");
        refuses(module -> module.sides = -96, "no address of 4 byte values");
    }

    @Test
    void refusesOtherExports() {
        refuses(
                module -> module.stepName = "tick",
                "it exports no function 'step', only [columns, memory, rows, sides, tick]");
        refuses(module -> module.mutable = true, "its global 'columns' must be a constant i32");
    }

    @Test
    void namesTheLineOfTheSectionThatIsWrong() {
        refuses(module -> module.section = "", "it has no custom section terrane.rule");
        refuses(
                module -> module.section = "format 2\n",
                "line 1 of section terrane.rule, 'format 2': all that can be read here is");
        refuses(module -> module.section = "format 1\n", "names 0 fields");
        refuses(
                module -> module.section = "format 1\nkit.position.x f32\n",
                "line 2 of section terrane.rule, 'kit.position.x f32'");
        refuses(module -> module.section = "format 1\nkit.position.x f64 in\n", "a field is f32 or i32");
        refuses(module -> module.section = "format 1\nkit.position.x f32 out\n", "a field is in or inout");
        refuses(
                module -> module.section = "format 1\nkit.position.x f32 in\nkit.position.x f32 in\n",
                "line 3 of section terrane.rule, 'kit.position.x f32 in': this field is named twice");
    }
}
