package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.cell.FairPlayViolated;
import dev.terrane.cell.TickFacts;
import dev.terrane.plugin.CellContext;
import dev.terrane.plugin.Conduct;
import dev.terrane.plugin.Stage;
import dev.terrane.plugin.WorldContext;
import dev.terrane.plugin.WorldMap;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.plugin.WorldPosition;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Heading;
import dev.terrane.plugin.kit.Position;
import dev.terrane.plugin.kit.Velocity;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.Offence;
import dev.terrane.space.HexPartition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fair play in a game that lets everything happen: whatever its systems do to avatars, cells put right. */
class ConductTest {
    private static final RegionId REGION = new RegionId(0, 0);
    private static final int JUMP = 1;
    private static final int RUSH = 2;
    private static final int GATE = 4;
    private static final int LATE_JUMP = 8;
    private static final int NOWHERE = 16;

    private final HandCrankedWorld world = HandCrankedWorld.of(Careless::new, new HexPartition(1, 1, 512), 1);
    private final TestPlayer player = world.join("Ada", 0, 0);

    /** Does what the buttons say, and has no rules. */
    public static final class Careless implements WorldPlugin {
        @Override
        public String name() {
            return "careless";
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of();
        }

        @Override
        public List<Class<? extends Record>> events() {
            return List.of();
        }

        @Override
        public Conduct conduct() {
            return new Conduct(50, 200, 4, 0.5f, 15);
        }

        @Override
        public void configure(WorldContext context) {
            context.onJoin(
                    (cell, name, x, y, seed) -> cell.spawn(new Position(x, y, 0), new Velocity(0, 0), new Heading(0)));
            context.addSystem(Stage.SIMULATE, "obey", cell -> {
                for (var table : cell.entities().query(cell.entities().schema().type(Controls.class))) {
                    for (int row = 0; row < table.size(); row++) {
                        obey(cell, table.entity(row), RUSH | JUMP | GATE | NOWHERE);
                    }
                }
            });
            context.addSystem(Stage.RESOLVE, "obey late", cell -> {
                for (var table : cell.entities().query(cell.entities().schema().type(Controls.class))) {
                    for (int row = 0; row < table.size(); row++) {
                        obey(cell, table.entity(row), LATE_JUMP);
                    }
                }
            });
        }

        private static void obey(CellContext cell, long avatar, int mask) {
            var schema = cell.entities().schema();
            int held = cell.entities().get(avatar, schema.type(Controls.class)).held() & mask;
            Position at = cell.entities().get(avatar, schema.type(Position.class));
            if ((held & (JUMP | GATE | LATE_JUMP)) != 0) {
                cell.entities().set(avatar, schema.type(Position.class), new Position(at.x() + 100, at.y(), 0));
            }
            if ((held & NOWHERE) != 0) {
                cell.entities().set(avatar, schema.type(Position.class), new Position(Float.NaN, at.y(), 0));
            }
            if ((held & RUSH) != 0) {
                cell.entities().set(avatar, schema.type(Velocity.class), new Velocity(900, 0));
            }
            if ((held & GATE) != 0) {
                cell.moved(avatar);
            }
        }

        @Override
        public WorldPosition entrance(WorldMap map, long characterSeed) {
            return new WorldPosition(0, 0);
        }
    }

    private void hold(int buttons) {
        player.input(new Controls(0, 0, 0, buttons, 0));
        world.tick(1);
    }

    @Test
    void putsBackWhoJumpsAndTellsHisGateway() {
        hold(JUMP);
        assertThat(player.avatar().worldX()).isZero();
        assertThat(player.offences()).containsExactly(Offence.JUMP);
        assertThat(world.count("cell_motions_corrected", "")).isEqualTo(1);
        hold(0);
        assertThat(player.offences()).hasSize(1);
    }

    @Test
    void putsBackWhoIsMovedAfterPositionsWereIndexed() {
        hold(LATE_JUMP);
        assertThat(player.avatar().worldX()).isZero();
        assertThat(player.offences()).containsExactly(Offence.JUMP);
    }

    @Test
    void saysNothingOfWhomTheGameMoves() {
        hold(GATE);
        assertThat(player.avatar().worldX()).isEqualTo(100);
        hold(0);
        assertThat(player.offences()).isEmpty();
    }

    @Test
    void cutsSpeedTickByTick() {
        hold(RUSH);
        assertThat(player.avatar().get(Velocity.class).x()).isBetween(9.9f, 10.1f);
        assertThat(player.offences()).containsExactly(Offence.SPEED, Offence.ACCELERATION);
    }

    @Test
    void keepsTheCellAliveWhenARuleGivesNoNumber() {
        hold(NOWHERE);
        assertThat(player.avatar().worldX()).isZero();
        assertThat(player.offences()).containsExactly(Offence.JUMP);
    }

    @Test
    void publishesWhatAGatewayReports() {
        int[] counts = new int[Offence.values().length];
        counts[Offence.JUMP.ordinal()] = 12;
        counts[Offence.REPLAY.ordinal()] = 3;
        world.offer(world.cell(REGION).id(), new CellInput.ConductReport(player.character(), 40, true, counts));
        world.tick(1);
        TickFacts.Published published = world.facts().getLast().published().getLast();
        assertThat(published.topic()).isEqualTo("evt.fairplay.violated");
        assertThat(published.key()).isEqualTo(player.character().toString());
        assertThat(published.payload())
                .isEqualTo(new FairPlayViolated(
                        player.character().toString(),
                        40,
                        true,
                        List.of(new FairPlayViolated.Counted("jump", 12), new FairPlayViolated.Counted("replay", 3))));
    }
}
