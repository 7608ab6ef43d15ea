package dev.terrane.system;

import static dev.terrane.system.Browser.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the demo's page shows of cells and crowds. Frame times are printed, not judged: a test's machine is nobody's display. */
class BattleBrowserIT {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    /** The demo with its commands for developers, as {@code ./terrane run} plays it. */
    private static final String DEMO = "../../games/skirmish/demo.yaml";

    private static final int SHIPS_SEEN_MIN = 300;
    private static final int FRAMES_MILLIS = 4000;
    /** How many pixels of the map have the hue of each colour of its legend. */
    private static final String PIXELS_BY_OWNER = """
            () => {
              const hue = (r, g, b) => {
                const max = Math.max(r, g, b), d = max - Math.min(r, g, b);
                if (d < 40) return -1;
                const sixth = max === r ? ((g - b) / d + 6) % 6 : max === g ? (b - r) / d + 2 : (r - g) / d + 4;
                return sixth * 60;
              };
              const canvas = document.getElementById('minimap');
              const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              return [...document.querySelectorAll('#owners li:not([hidden]) i')].map((swatch) => {
                const wanted = hue(...getComputedStyle(swatch).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number));
                let count = 0;
                for (let i = 0; i < pixels.length; i += 4) {
                  if (pixels[i + 3] < 128) continue;
                  const is = hue(pixels[i], pixels[i + 1], pixels[i + 2]);
                  const apart = Math.abs(is - wanted);
                  if (is >= 0 && Math.min(apart, 360 - apart) < 8) count++;
                }
                return count;
              });
            }""";

    @TempDir
    static Path data;

    private static ServerProcess server;
    private static Browser browser;

    @BeforeAll
    static void open() throws Exception {
        Browser.assumeInstalled();
        Files.createDirectories(SCREENSHOTS);
        server = ServerProcess.start(data, "--config", DEMO);
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

    private static Page playing(String address, String name) {
        Page page = browser.page(1280, 720);
        page.navigate(server.http(address).toString());
        page.getByTestId("name").fill(name);
        page.getByTestId("fly").click();
        until(page, "joined", "() => window.__skirmish?.state === 'playing' && window.__skirmish.selfId !== undefined");
        return page;
    }

    @Test
    void paintsTheMapInTheColoursOfTheCellsInView() {
        Page page = playing("/", "Mercator");
        page.evaluate("() => window.__skirmish.pilot.thrust(0.7, 0.7)");
        until(
                page,
                "saw the work of two cells",
                "() => document.querySelectorAll('#owners li:not([hidden])').length >= 2");

        @SuppressWarnings("unchecked")
        List<Integer> pixels = (List<Integer>) page.evaluate(PIXELS_BY_OWNER);
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("map.png")));

        assertThat(pixels)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(count -> assertThat(count).isGreaterThan(20));
        assertThat(browser.complaints()).isEmpty();
        page.close();
    }

    @Test
    void bringsABattleOfFiveHundredAndGoesOnDrawing() {
        Page page = playing("/?dev", "Leonidas");
        Map<?, ?> calm = frames(page);

        page.getByTestId("stress").click();
        until(page, "was told that they came", "() => document.getElementById('stress').dataset.state === 'came'");
        assertThat(page.getByTestId("stress").textContent()).isEqualTo("500 ships came");
        until(
                page,
                "sees them",
                "() => window.__skirmish.entities().filter(e => e.kind === 'drone').length >= " + SHIPS_SEEN_MIN);
        Map<?, ?> crowded = frames(page);
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("battle.png")));

        System.out.println("frames in calm   " + calm);
        System.out.println("frames in battle " + crowded);
        assertThat(((Number) crowded.get("count")).intValue()).isPositive();
        assertThat(browser.complaints()).isEmpty();
        page.close();
    }

    private static Map<?, ?> frames(Page page) {
        return (Map<?, ?>) page.evaluate("() => window.__skirmish.frameTimes(" + FRAMES_MILLIS + ")");
    }
}
