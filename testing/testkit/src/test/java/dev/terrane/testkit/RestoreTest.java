package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellImage;
import dev.terrane.cell.CellListener;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.ImageRefusedException;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.WorldRestore;
import dev.terrane.cell.WorldRestore.Restarting;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Identity;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.space.Partition;
import dev.terrane.space.SinglePartition;
import dev.terrane.space.StripPartition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestoreTest {
    private static final Partition STRIP = new StripPartition(3, 256, 512);
    private static final RegionId LEFT = new RegionId(0, 0);
    private static final RegionId MIDDLE = new RegionId(1, 0);
    private static final RegionId RIGHT = new RegionId(2, 0);

    private static HandCrankedWorld world(int drifters) {
        return HandCrankedWorld.of(
                Drift::new, Map.of("drifters", "" + drifters, "turns", "20"), STRIP, 11, CellSettings.defaults());
    }

    @Test
    void losesAndDoublesNobodyWhenImagesAreOfDifferentTicks() {
        HandCrankedWorld world = world(100);
        world.tick(60);
        world.checkpoint(LEFT);
        world.tick(17);
        world.checkpoint(MIDDLE);
        world.tick(23);
        world.checkpoint(RIGHT);
        world.tick(9);
        world.crashAll();
        EachOnceChecker.check(world, 300);
        world.tick(100);
        EachOnceChecker.check(world, 300);
    }

    @Test
    void pressesNoButtonAgainThatTheImageShowsPressed() {
        HandCrankedWorld world = world(0);
        TestPlayer player = world.join("Ada");
        world.checkpoint(LEFT);
        player.input(new Controls(0, 0, 1, 0, Drift.BUTTON_JUMP));
        world.tick(1);
        assertThat(player.avatar().get(Drift.Deeds.class).jumpCount()).isEqualTo(1);
        world.crashAll();
        world.tick(10);
        assertThat(player.avatar().get(Drift.Deeds.class).jumpCount())
                .as("jumps, with nobody connected after the crash")
                .isEqualTo(1);
    }

    @Test
    void isAsItWasAfterAnOrderlyStop() {
        HandCrankedWorld world = world(100);
        world.tick(83);
        world.shutDown();
        for (RegionId region : STRIP.regions()) {
            assertThat(world.cell(region).phase()).isEqualTo(Cell.Phase.SEALED);
        }
        world.crashAll();
        assertThat(world.entities(Identity.class)).hasSize(300);
        EachOnceChecker.check(world, 300);
    }

    @Test
    void goesOnInTwoCellsThatFallTogetherWhileOneLives() {
        HandCrankedWorld world = world(100);
        world.tick(60);
        world.checkpoint(MIDDLE);
        world.tick(7);
        world.checkpoint(LEFT);
        world.tick(40);
        List<CellSpec> specs = world.crash(List.of(LEFT, MIDDLE));
        int ticks = 0;
        do {
            world.tick(1);
            assertThat(++ticks).isLessThan(10);
        } while (!world.restart(specs));
        world.tick(30);
        EachOnceChecker.check(world, 300);
    }

    @Test
    void goesOnInOneCellAloneWhileOthersLive() {
        HandCrankedWorld world = world(100);
        world.tick(60);
        world.checkpoint(MIDDLE);
        world.tick(40);
        CellSpec spec = world.crash(MIDDLE);
        int ticks = 0;
        do {
            world.tick(1);
            assertThat(++ticks).isLessThan(10);
        } while (!world.restart(spec));
        world.tick(30);
        EachOnceChecker.check(world, 300);
        world.tick(100);
        EachOnceChecker.check(world, 300);
    }

    @Test
    void letsAPlayerReturnToItsAvatarAfterACrash() {
        HandCrankedWorld world = world(0);
        TestPlayer ada = world.join("Ada", 100, 0);
        ada.input(new Controls(0, 0, 0, 0, Drift.BUTTON_JUMP));
        world.checkpoint(LEFT);
        world.tick(1);
        long avatar = ada.entityId();
        world.crashAll();
        assertThat(world.entities(Avatar.class))
                .singleElement()
                .satisfies(
                        entity -> assertThat(entity.get(Avatar.class).session()).isZero());
        world.rejoin(ada, 0, 0);
        assertThat(ada.entityId()).isEqualTo(avatar);
        assertThat(ada.ackedSeq()).isEqualTo(1);
        assertThat(ada.avatar().get(Drift.Deeds.class).jumpCount()).isEqualTo(1);
    }

    @Test
    void neverRevivesALoggedOutAvatar() {
        HandCrankedWorld world = world(0);
        TestPlayer ada = world.join("Ada", 100, 0);
        world.checkpoint(LEFT);
        world.tick(1);
        world.storeImages(false);
        ada.logout();
        world.tick(2);
        world.crashAll();
        assertThat(world.entities(Identity.class)).isEmpty();
    }

    @Test
    void mintsNoIdTwiceAfterACrash() {
        HandCrankedWorld world = world(0);
        TestPlayer ada = world.join("Ada", 100, 0);
        world.checkpoint(LEFT);
        world.tick(1);
        world.storeImages(false);
        TestPlayer bob = world.join("Bob", 100, 0);
        world.crashAll();
        TestPlayer cid = world.join("Cid", 100, 0);
        assertThat(cid.entityId()).isNotIn(ada.entityId(), bob.entityId());
    }

    @Test
    void goesOnFromAnImageAsTheCellItselfDoes() {
        HandCrankedWorld world = HandCrankedWorld.of(
                Drift::new,
                Map.of("drifters", "50", "turns", "100"),
                new SinglePartition(500, 500),
                11,
                CellSettings.defaults());
        world.tick(30);
        Cell original = world.cell(RegionId.ORIGIN);
        CellImage image = original.image();
        assertThat(image.tick()).isEqualTo(30);
        assertThat(image.stateHash()).isEqualTo(original.stateHash());

        CellSpec sameGrant = new CellSpec(original.id(), original.epoch(), 1, world.world(), CellSettings.defaults());
        CellPorts nobody = new CellPorts(
                (_, _, _) -> Admission.UNKNOWN, (_, _) -> true, CellListener.none(), Meters.none(), () -> 0);
        Cell copy = WorldRestore.plan(List.of(new Restarting(sameGrant, image)), List.of(), Map.of())
                .open(
                        original.id(),
                        List.of(new PluginModule(new Drift(), Map.of("drifters", "50", "turns", "100"))),
                        nobody);
        assertThat(copy.stateHash()).isEqualTo(original.stateHash());
        for (int i = 0; i < 50; i++) {
            world.tick(1);
            copy.tick(world.lastTick(), 0);
            assertThat(copy.stateHash()).isEqualTo(original.stateHash());
        }
    }

    @Test
    void refusesADamagedImage() {
        HandCrankedWorld world = world(5);
        world.tick(3);
        CellImage image = world.cell(LEFT).image();
        for (int at = 0; at < image.state().length; at++) {
            byte[] state = image.state().clone();
            state[at] ^= 0x10;
            assertThatThrownBy(
                            () -> restore(world, with(image, image.formatVersion(), image.schemaFingerprint(), state)))
                    .as("byte " + at)
                    .isInstanceOf(ImageRefusedException.class)
                    .hasMessageContaining("damaged")
                    .hasMessageContaining("backup");
        }
    }

    @Test
    void refusesAnImageOfAnotherFormat() {
        HandCrankedWorld world = world(5);
        world.tick(3);
        CellImage image = world.cell(LEFT).image();
        assertThatThrownBy(() -> restore(world, with(image, 99, image.schemaFingerprint(), image.state())))
                .isInstanceOf(ImageRefusedException.class)
                .hasMessageContaining("format version 99");
    }

    @Test
    void refusesAnImageOfAnotherSchema() {
        HandCrankedWorld world = world(5);
        world.tick(3);
        CellImage image = world.cell(LEFT).image();
        assertThatThrownBy(() -> restore(world, with(image, image.formatVersion(), 1, image.state())))
                .isInstanceOf(ImageRefusedException.class)
                .hasMessageContaining("another component schema");
    }

    private static CellImage with(CellImage image, int format, long fingerprint, byte[] state) {
        return new CellImage(image.cell(), image.epoch(), image.tick(), format, fingerprint, image.stateHash(), state);
    }

    private static void restore(HandCrankedWorld world, CellImage image) {
        CellSpec spec = new CellSpec(image.cell(), 99, 99, world.world(), CellSettings.defaults());
        WorldRestore.plan(List.of(new Restarting(spec, image)), List.of(), Map.of());
    }
}
