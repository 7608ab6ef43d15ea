package dev.terrane.system;

import static dev.terrane.system.Browser.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two players, each in a browser of his own and in a cell of his own: one fights the other across the border between. */
class BorderFightBrowserIT {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final int BORDER_X = 256;
    private static final int METRES_FROM_BORDER = 40;

    @TempDir
    Path folder;

    @Test
    void bothSeeTheSameHitsKillAndLoot() throws Exception {
        Browser.assumeInstalled();
        Files.createDirectories(SCREENSHOTS);
        Path config = Files.writeString(folder.resolve("duel.yaml"), """
                world: { partition: "strip;count=2;width=256;depth=512" }
                modules:
                  - name: skirmish
                    entry: dev.terrane.games.skirmish.Skirmish
                    options: { dronesPerRegion: 0, asteroidsPerRegion: 0 }
                """);
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), "--config", config.toString());
                Browser browser = Browser.open()) {
            Page ada = join(browser, server, "Ada");
            Page bob = join(browser, server, "Bob");
            flyTo(ada, BORDER_X - METRES_FROM_BORDER);
            flyTo(bob, BORDER_X + METRES_FROM_BORDER);
            String adaId = id(ada);
            String bobId = id(bob);
            for (Page page : List.of(ada, bob)) {
                until(page, "is there", "() => window.away < 6");
                until(page, "sees both", "() => %s && %s".formatted(sees(adaId), sees(bobId)));
            }
            assertThat(regionOf(ada, adaId)).isNotEqualTo(regionOf(ada, bobId));
            assertThat(fights(ada)).isEmpty();
            assertThat(fights(bob)).isEmpty();

            ada.evaluate("""
                    bob => { window.hunt = setInterval(() => {
                      const him = window.__skirmish.entities().find(e => e.id === bob);
                      if (him) window.__skirmish.pilot.aimAt(him.x, him.y);
                      window.__skirmish.pilot.fire(him !== undefined && window.__skirmish.kills() === 0);
                    }, 50); }""", bobId);
            for (Page page : List.of(ada, bob)) {
                until(page, "saw the kill", "() => window.__skirmish.kills() > 0");
            }
            ada.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("border-fight-ada.png")));
            bob.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("border-fight-bob.png")));
            String wreck =
                    (String) ada.waitForFunction("() => window.__skirmish.entities().find(e => e.kind === 'wreck')?.id")
                            .jsonValue();
            until(bob, "sees the same wreck", "() => " + sees(wreck));

            String kill = "destroyed %s %s".formatted(adaId, bobId);
            assertThat(fights(ada)).hasSizeGreaterThan(3).endsWith(kill).containsOnlyOnce(kill);
            assertThat(fights(bob)).isEqualTo(fights(ada));
            assertThat(regionOf(ada, adaId)).as("she never left").isEqualTo(0);

            takeLoot(ada, wreck);
            until(ada, "has the loot", "() => window.__skirmish.cargo > 0");
            until(ada, "the wreck is gone", "() => !" + sees(wreck));
            until(bob, "the wreck is gone for him, too", "() => !" + sees(wreck));
            assertThat((Object) bob.evaluate("() => window.__skirmish.cargo ?? 0"))
                    .isEqualTo(0);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static Page join(Browser browser, ServerProcess server, String name) {
        Page page = browser.page(640, 480);
        page.navigate(server.http("/").toString());
        page.getByTestId("name").fill(name);
        page.getByTestId("fly").click();
        until(page, "joined", "() => window.__skirmish?.state === 'playing' && window.__skirmish.selfId !== undefined");
        return page;
    }

    /** And stays there, on the line that leads across the border. */
    private static void flyTo(Page page, int x) {
        page.evaluate("""
                goal => { window.goal = goal; window.helm = setInterval(() => {
                  const me = window.__skirmish.selfPosition;
                  const dx = window.goal.x - me.x, dy = window.goal.y - me.y, far = Math.hypot(dx, dy);
                  window.away = far;
                  const push = Math.min(1, far / 40);
                  window.__skirmish.pilot.thrust(far < 2 ? 0 : push * dx / far, far < 2 ? 0 : push * dy / far);
                }, 100); }""", Map.of("x", x, "y", 0));
    }

    private static void takeLoot(Page page, String wreck) {
        page.evaluate("""
                wreck => setInterval(() => {
                  const at = window.__skirmish.entities().find(e => e.id === wreck);
                  if (at) window.goal = { x: at.x, y: at.y };
                }, 100)""", wreck);
    }

    private static String id(Page page) {
        return (String) page.evaluate("() => window.__skirmish.selfId");
    }

    private static String sees(String id) {
        return String.format(Locale.ROOT, "window.__skirmish.entities().some(e => e.id === '%s')", id);
    }

    private static int regionOf(Page page, String id) {
        return (int) page.evaluate("id => window.__skirmish.entities().find(e => e.id === id).region", id);
    }

    @SuppressWarnings("unchecked")
    private static List<String> fights(Page page) {
        return (List<String>) page.evaluate("() => window.__skirmish.fights()");
    }
}
