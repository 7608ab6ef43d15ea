package dev.terrane.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Schema;
import dev.terrane.ecs.Table;
import dev.terrane.plugin.MovementRule;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Kit;
import dev.terrane.plugin.kit.Position;
import dev.terrane.rule.CompiledRule;
import dev.terrane.rule.RuleRefusedException;
import dev.terrane.rule.TestModule;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RuleModuleTest {
    private static final Schema SCHEMA = Schema.of(Kit.COMPONENTS);
    private static final float[] NO_SIDES = {};

    private static RuleModule load(Consumer<TestModule> change) {
        TestModule module = new TestModule();
        change.accept(module);
        return RuleModule.load("plugin test", module.bytes(), SCHEMA);
    }

    private static void refuses(Consumer<TestModule> change, String because) {
        assertThatThrownBy(() -> load(change))
                .isInstanceOf(RuleRefusedException.class)
                .hasMessageStartingWith("the movement rule of plugin test is refused: ")
                .hasMessageContaining(because);
    }

    private static Table positions(EntityStore store, int count) {
        for (int i = 0; i < count; i++) {
            store.spawn(new Position(i, 0, 0));
        }
        store.flush();
        return store.query(SCHEMA.type(Position.class)).iterator().next();
    }

    @Test
    void movesEveryRowHoweverFewFitIntoTheModule() {
        EntityStore store = new EntityStore(SCHEMA);
        Table table = positions(store, 7);
        MovementRule rule = load(module -> module.rows = 3).start(NO_SIDES);

        rule.step(table, 0.5f);

        for (int row = 0; row < 7; row++) {
            assertThat(table.floats(SCHEMA.field(Position.class, "x")).get(row)).isEqualTo(row + 0.5f);
        }
    }

    @Test
    void marksWhatDiffersAndNothingElse() {
        EntityStore store = new EntityStore(SCHEMA);
        Table table = positions(store, 2);
        store.clearChanges();
        MovementRule rule = load(_ -> {}).start(NO_SIDES);

        rule.step(table, 0);
        assertThat(table.changed(SCHEMA.field(Position.class, "x")).isEmpty()).isTrue();
        rule.step(table, 1);
        assertThat(table.changed(SCHEMA.field(Position.class, "x")).isEmpty()).isFalse();
        assertThat(table.changed(SCHEMA.field(Position.class, "y")).isEmpty()).isTrue();
    }

    @Test
    void takesNothingOfOneTableIntoTheNext() {
        EntityStore store = new EntityStore(SCHEMA);
        store.spawn(new Position(5, 0, 0), new Controls(0, 0, 0, 3, 0));
        store.spawn(new Controls(0, 0, 0, 0, 0));
        store.flush();
        MovementRule rule = load(module ->
                        module.section = "format 1\nkit.position.x f32 in\nkit.controls.aim f32 inout\n")
                .start(NO_SIDES);
        for (Table table : store.query(SCHEMA.type(Controls.class))) {
            rule.step(table, 1);
            assertThat(table.floats(SCHEMA.field(Controls.class, "aim")).get(0)).isZero();
        }
    }

    @Test
    void cellsShareTheCodeButNotTheMemory() {
        RuleModule module = load(_ -> {});
        MovementRule one = module.start(NO_SIDES);
        MovementRule other = module.start(new float[] {1, 0, 10});
        Table table = positions(new EntityStore(SCHEMA), 1);
        one.step(table, 1);
        other.step(table, 1);
        assertThat(table.floats(SCHEMA.field(Position.class, "x")).get(0)).isEqualTo(2);
    }

    @Test
    void saysWhoseRuleStoppedOfItself() {
        MovementRule rule = load(module -> module.step = TestModule.TRAP).start(NO_SIDES);
        Table table = positions(new EntityStore(SCHEMA), 4);
        assertThatThrownBy(() -> rule.step(table, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the movement rule of plugin test stopped of itself with 4 entities");
    }

    @Test
    void givesTheModuleAsItCame() {
        byte[] bytes = new TestModule().bytes();
        assertThat(RuleModule.load("plugin test", bytes, SCHEMA).bytes()).isEqualTo(bytes);
    }

    private static final String SOLID = "solid kit.position.z where kit.controls.held 2\n";

    private static void bouncing(TestModule module) {
        module.bounces = true;
        module.solids = 16_384;
        module.section += SOLID;
    }

    @Test
    void bouncesOnlyWithARuleThatCan() {
        Table table = positions(new EntityStore(SCHEMA), 2);
        load(RuleModuleTest::bouncing).start(NO_SIDES).bounce(table, 1, new float[] {1, 2, 3}, 1);
        assertThat(table.floats(SCHEMA.field(Position.class, "x")).get(1)).isEqualTo(1);
        MovementRule without = load(_ -> {}).start(NO_SIDES);
        assertThatThrownBy(() -> without.bounce(table, 1, new float[3], 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the movement rule of plugin test has no 'bounce'");
    }

    @Test
    void refusesASolidThatTheWorldDoesNotHave() {
        for (String line : List.of(
                "solid kit.position.w where kit.controls.held 2",
                "solid kit.controls.held where kit.controls.held 2")) {
            refuses(
                    module -> {
                        bouncing(module);
                        module.section = "format 1\nkit.position.x f32 inout\n" + line + "\n";
                    },
                    "line 3 of section terrane.rule, '" + line + "': ");
        }
    }

    @Test
    void namesTheFieldThatTheWorldDoesNotHave() {
        refuses(
                module -> module.section = "format 1\ngame.ship.fuel f32 in\n",
                "this world has no component 'game.ship'");
        refuses(module -> module.section = "format 1\nx f32 in\n", "this world has no component ''");
        refuses(
                module -> module.section = "format 1\nkit.position.w f32 in\n",
                "component kit.position has no field 'w'");
        refuses(
                module -> module.section = "format 1\nkit.position.x i32 in\n",
                "kit.position.x is of kind FLOAT in this world, not INT");
    }

    @Test
    void takesAsManySolidsAsGamesAreToldOf() {
        assertThat(MovementRule.SOLID_COUNT_MAX).isEqualTo(CompiledRule.SOLID_COUNT_MAX);
    }
}
