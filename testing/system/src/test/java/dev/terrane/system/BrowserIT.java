package dev.terrane.system;

import static dev.terrane.system.Browser.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's page, as a player meets it. Screenshots are kept under target/screenshots. */
class BrowserIT {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final double FLIGHT_METRES = 50;

    @TempDir
    static Path data;

    private static ServerProcess server;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        Browser.assumeInstalled();
        Files.createDirectories(SCREENSHOTS);
        server = ServerProcess.start(data);
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @Test
    void joinsFliesSeesOthersMoveAndSeesAKill() {
        Page page = browser.page(1280, 720);
        page.navigate(server.http("/").toString());
        page.getByTestId("name").fill("Ada");
        page.getByTestId("fly").click();
        until(page, "joined", "() => window.__skirmish?.state === 'playing' && window.__skirmish.selfId !== undefined");

        page.evaluate(
                "() => { window.start = window.__skirmish.selfPosition; window.__skirmish.pilot.thrust(0.7, 0.7); }");
        until(
                page,
                "flew",
                "() => { const p = window.__skirmish.selfPosition; return p && Math.hypot(p.x - window.start.x, p.y - window.start.y) > %s; }"
                        .formatted(FLIGHT_METRES));

        page.evaluate("() => { window.seen = new Map(window.__skirmish.entities().map(e => [e.id, e])); }");
        until(page, "saw another move", """
                () => window.__skirmish.entities().some(e => {
                  const was = window.seen.get(e.id);
                  return e.id !== window.__skirmish.selfId && e.kind === 'drone' && was && Math.hypot(e.x - was.x, e.y - was.y) > 2;
                })""");

        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("flight.png")));
        hunt(page);
        until(page, "saw a kill", "() => window.__skirmish.kills() > 0");
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("kill.png")));

        assertThat(page.getByTestId("net-tick").textContent()).containsPattern("\\d");
        assertThat(page.getByTestId("net-cell").textContent()).contains("skirmish/");
        assertThat(page.getByTestId("net-corrections").textContent())
                .as("the own ship is predicted")
                .contains("/min");
        assertThat(browser.complaints()).isEmpty();
        page.close();
    }

    /** Steers for the nearest drone and shoots at it, five times a second, until the page goes. */
    private static void hunt(Page page) {
        page.evaluate("""
                () => setInterval(() => {
                  const game = window.__skirmish, me = game.selfPosition;
                  if (!me) return;
                  const prey = game.entities().filter(e => e.kind === 'drone')
                    .sort((a, b) => Math.hypot(a.x - me.x, a.y - me.y) - Math.hypot(b.x - me.x, b.y - me.y))[0];
                  if (!prey) { game.pilot.thrust(-me.x / 500, -me.y / 500); return; }
                  const dx = prey.x - me.x, dy = prey.y - me.y, far = Math.hypot(dx, dy);
                  const push = far > 45 ? 1 : -0.5;
                  game.pilot.thrust(push * dx / far, push * dy / far);
                  game.pilot.aimAt(prey.x, prey.y);
                  game.pilot.fire(far < 120);
                }, 200)""");
    }

    @Test
    void saysWhatIsWrongWithAName() {
        Page page = browser.page(390, 844);
        page.navigate(server.http("/").toString());
        page.getByTestId("name").fill("   ");
        page.getByTestId("fly").click();

        until(page, "hint shown", "() => document.getElementById('name-hint').textContent.trim().length > 0");
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("start-phone.png")));
        page.close();
    }

    @Test
    void saysThatTheServerIsAwayAndReconnectsByItself(@TempDir Path ownData) {
        int port;
        Page page = browser.page(1280, 720);
        int complaintsBefore = browser.complaints().size();
        try (ServerProcess first = ServerProcess.start(ownData)) {
            port = first.port();
            page.navigate(first.http("/").toString());
            page.getByTestId("name").fill("Grace");
            page.getByTestId("fly").click();
            until(page, "joined", "() => window.__skirmish?.state === 'playing'");
            first.kill();
            until(
                    page,
                    "says why",
                    "() => !document.getElementById('overlay').hidden && document.getElementById('overlay-reason').textContent.trim().length > 0");
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("away.png")));
        }
        try (ServerProcess second = ServerProcess.startOn(port, ownData)) {
            until(
                    page,
                    "plays again",
                    "() => window.__skirmish.state === 'playing' && document.getElementById('overlay').hidden");
            assertThat(second.alive()).isTrue();
            page.close();
        } finally {
            // A browser reports each refused connection as an error of the page: expected here, and nowhere else.
            browser.complaints()
                    .subList(complaintsBefore, browser.complaints().size())
                    .clear();
        }
    }

    @Test
    void drawsTheWorldOnThePlainCanvasOfTheSecondExample() {
        Page page = browser.page(800, 600);
        page.navigate(server.http("/canvas/").toString());

        until(page, "drew something", """
                () => {
                  const canvas = document.querySelector('canvas');
                  if (!canvas || !canvas.width) return false;
                  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                  const colours = new Set();
                  for (let i = 0; i < pixels.length; i += 4) colours.add((pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2]);
                  return colours.size > 2;
                }""");
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("canvas.png")));
        page.close();
    }
}
