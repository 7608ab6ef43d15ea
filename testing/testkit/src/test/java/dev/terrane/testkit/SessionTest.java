package dev.terrane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.cell.CellSettings.Avatars;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.plugin.kit.Nameplate;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput.JoinRefused;
import dev.terrane.protocol.cluster.CellOutput.SessionEnded;
import dev.terrane.space.SinglePartition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Controls FORWARD = new Controls(1, 0, 0.5f, 0, 0);
    private static final Controls JUMP = new Controls(0, 0, 0, 0, Drift.BUTTON_JUMP);

    private final HandCrankedWorld world = world(CellSettings.defaults());

    private static HandCrankedWorld world(CellSettings settings) {
        return HandCrankedWorld.of(Drift::new, Map.of(), new SinglePartition(1000, 1000), 1, settings);
    }

    private static HandCrankedWorld world(Avatars avatars) {
        CellSettings defaults = CellSettings.defaults();
        return world(new CellSettings(
                defaults.rates(), defaults.inboxes(), defaults.borders(), avatars, defaults.chunkMetres()));
    }

    @Test
    void givesAPlayerAnAvatarWithItsName() {
        TestPlayer ada = world.join("Ada");

        assertThat(ada.joined()).isTrue();
        assertThat(ada.avatar().get(Nameplate.class).name()).isEqualTo("Ada");
        assertThat(ada.avatar().get(Avatar.class).session()).isNotZero();
        assertThat(ada.avatar().ownership()).isEqualTo(1);
    }

    @Test
    void appliesOneInputPerTickAndAcknowledgesIt() {
        TestPlayer ada = world.join("Ada");
        for (int i = 0; i < 3; i++) {
            ada.input(FORWARD);
        }
        world.tick(1);
        assertThat(ada.ackedSeq()).isEqualTo(1);
        world.tick(2);
        assertThat(ada.ackedSeq()).isEqualTo(3);
        assertThat(ada.avatar().worldX()).isEqualTo(15);
    }

    @Test
    void goesOnWithTheNumbersOfAnotherCluster() {
        TestPlayer ada = world.join("Ada");
        ada.logout();
        world.tick(1);
        arrive(ada, 2, 41);
        assertThat(ada.input(FORWARD)).isEqualTo(42);
        world.tick(1);
        assertThat(ada.ackedSeq()).isEqualTo(42);

        arrive(ada, 3, 30);
        assertThat(ada.input(FORWARD)).as("its own numbers are further").isEqualTo(43);
        ada.disconnect();
        arrive(ada, 4, 70);
        assertThat(ada.input(FORWARD)).as("it was elsewhere meanwhile").isEqualTo(71);
        world.tick(1);
        assertThat(ada.ackedSeq()).isEqualTo(71);
    }

    private void arrive(TestPlayer player, int generation, int ackedSeq) {
        CellInput.Join join = new CellInput.Join(
                player.session,
                HandCrankedWorld.PLAYERS_GATEWAY,
                player.character(),
                generation,
                player.name(),
                0,
                0,
                0,
                ackedSeq);
        world.offer(world.cell(new RegionId(0, 0)).id(), join);
        world.tick(1);
    }

    @Test
    void repeatsHeldButNotPressedWhenInputsAreLate() {
        TestPlayer ada = world.join("Ada");
        ada.input(new Controls(1, 0, 0, 2, Drift.BUTTON_JUMP));
        world.tick(5);
        assertThat(ada.avatar().get(Drift.Deeds.class).jumpCount()).isEqualTo(1);
        assertThat(ada.avatar().get(Drift.Deeds.class).heldSum()).isEqualTo(10);
        assertThat(ada.avatar().worldX()).isEqualTo(25);
    }

    @Test
    void neverLosesAPressedBitWhenTooManyInputsCome() {
        TestPlayer ada = world.join("Ada");
        ada.input(JUMP);
        for (int i = 0; i < 20; i++) {
            ada.input(FORWARD);
        }
        world.tick(12);
        assertThat(ada.avatar().get(Drift.Deeds.class).jumpCount()).isEqualTo(1);
        assertThat(ada.ackedSeq()).isEqualTo(21);
    }

    @Test
    void letsAnAvatarLingerAndTakesItsPlayerBack() {
        TestPlayer ada = world.join("Ada");
        long avatar = ada.entityId();
        ada.disconnect();
        world.tick(100);
        world.rejoin(ada, 0, 0);
        assertThat(ada.joined()).isTrue();
        assertThat(ada.entityId()).isEqualTo(avatar);
    }

    @Test
    void logsOutWhoLingersTooLong() {
        TestPlayer ada = world.join("Ada");
        long avatar = ada.entityId();
        ada.disconnect();
        world.tick(602);
        assertThat(ada.ended()).isEqualTo(SessionEnded.Reason.LOGGED_OUT);
        assertThat(world.entities(Avatar.class)).isEmpty();
        world.rejoin(ada, 0, 0);
        assertThat(ada.entityId()).isNotEqualTo(avatar);
    }

    @Test
    void logsOutAtOnceOnRequest() {
        TestPlayer ada = world.join("Ada");
        ada.logout();
        world.tick(1);
        assertThat(ada.ended()).isEqualTo(SessionEnded.Reason.LOGGED_OUT);
        assertThat(world.entities(Avatar.class)).isEmpty();
        world.rejoin(ada, 0, 0);
        assertThat(ada.joined()).isTrue();
    }

    @Test
    void givesTheAvatarToTheNewerSession() {
        TestPlayer first = world.join("Ada");
        TestPlayer second = world.join("Ada");
        assertThat(first.ended()).isEqualTo(SessionEnded.Reason.REPLACED);
        assertThat(second.joined()).isTrue();
        assertThat(second.entityId()).isEqualTo(first.entityId());
    }

    @Test
    void refusesWhoComesWhenAllAvatarsAreTaken() {
        HandCrankedWorld small = world(new Avatars(1, 8, 600));
        small.join("Ada");
        TestPlayer bob = small.join("Bob");
        assertThat(bob.refused()).isEqualTo(JoinRefused.Reason.FULL);
    }

    @Test
    void tellsThePlayerWhoseAvatarAPluginKills() {
        TestPlayer ada = world.join("Ada");
        world.visit(
                world.world().map().partition().regions().getFirst(), cell -> cell.despawn(cell.find(ada.entityId())));
        world.tick(1);
        assertThat(ada.ended()).isEqualTo(SessionEnded.Reason.AVATAR_LOST);
    }

    @Test
    void answersAGameMessageUnderItsRequestId() {
        TestPlayer ada = world.join("Ada");
        ada.message(Drift.ECHO_MESSAGE, 42, new byte[] {1, 2});
        world.tick(1);
        assertThat(ada.messages()).singleElement().satisfies(message -> {
            assertThat(message.type()).isEqualTo(Drift.ECHO_MESSAGE);
            assertThat(message.requestId()).isEqualTo(42);
            assertThat(message.payload()).containsExactly(1, 2);
        });
    }

    @Test
    void saysWhichGameMessageNobodyHandles() {
        TestPlayer ada = world.join("Ada");
        ada.message(999, 43, new byte[0]);
        world.tick(1);
        assertThat(ada.messages()).singleElement().satisfies(message -> {
            assertThat(message.type()).isZero();
            assertThat(message.requestId()).isEqualTo(43);
        });
    }
}
