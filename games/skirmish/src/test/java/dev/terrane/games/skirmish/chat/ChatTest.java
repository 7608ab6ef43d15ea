package dev.terrane.games.skirmish.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.RegionId;
import dev.terrane.cell.CellSettings;
import dev.terrane.games.skirmish.Skirmish;
import dev.terrane.plugin.kit.Controls;
import dev.terrane.space.StripPartition;
import dev.terrane.testkit.HandCrankedWorld;
import dev.terrane.testkit.TestPlayer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChatTest {
    private final HandCrankedWorld world = HandCrankedWorld.of(
            Skirmish::new,
            Map.of("dronesPerRegion", "0", "asteroidsPerRegion", "0"),
            new StripPartition(2, 256, 512),
            1,
            CellSettings.defaults());

    private void say(TestPlayer player, String line) {
        player.message(Chat.MESSAGE, 0, line.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void isHeardUnderTheSpeakersName() {
        TestPlayer ada = world.join("Ada", 100, 0);
        world.tick(1);
        say(ada, " hello\nthere ");
        world.tick(1);
        assertThat(world.events(Said.class, 1)).containsExactly(new Said(ada.entityId(), "Ada", "hello there"));
    }

    @Test
    void isToldOnceThatLinesComeTooFastAndMaySpeakAgainLater() {
        TestPlayer ada = world.join("Ada", 100, 0);
        world.tick(1);
        for (int i = 0; i < 8; i++) {
            say(ada, "line " + i);
            world.tick(1);
        }
        assertThat(world.events(Said.class, 8))
                .extracting(Said::text)
                .containsExactly("line 0", "line 1", "line 2", "line 3");
        assertThat(world.events(Unsaid.class, 8)).containsExactly(new Unsaid(Unsaid.TOO_FAST));
        world.tick(40);
        say(ada, "later");
        say(ada, "too fast again");
        world.tick(1);
        assertThat(world.events(Said.class, 1)).extracting(Said::text).containsExactly("later");
        assertThat(world.events(Unsaid.class, 1)).hasSize(1);
    }

    @Test
    void saysWhenALineCannotBeShown() {
        TestPlayer ada = world.join("Ada", 100, 0);
        world.tick(1);
        say(ada, "x".repeat(300));
        world.tick(1);
        assertThat(world.events(Said.class, 1)).isEmpty();
        assertThat(world.events(Unsaid.class, 1)).containsExactly(new Unsaid(Unsaid.NO_LINE));
    }

    @Test
    void hasNoMoreBreathBeyondABorder() {
        TestPlayer ada = world.join("Ada", 254, 0);
        world.tick(1);
        RegionId before = ada.avatar().cell().region();
        for (int i = 0; i < 4; i++) {
            say(ada, "here");
        }
        for (int i = 0; i < 20 && ada.avatar().cell().region().equals(before); i++) {
            ada.input(new Controls(1, 0, 0, 0, 0));
            world.tick(1);
        }
        assertThat(ada.avatar().cell().region()).isNotEqualTo(before);
        assertThat(world.events(Said.class, 20)).hasSize(4);
        say(ada, "there");
        world.tick(1);
        assertThat(world.events(Said.class, 1)).isEmpty();
        assertThat(world.events(Unsaid.class, 1)).containsExactly(new Unsaid(Unsaid.TOO_FAST));
    }
}
