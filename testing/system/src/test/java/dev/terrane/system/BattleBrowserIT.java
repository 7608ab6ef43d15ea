package dev.terrane.system;

import static dev.terrane.system.Browser.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the demo's page shows of cells and crowds. Frame times are printed, not judged: a test's machine is nobody's display. Without a graphics card they tell how
 * long pixels take to compute; what the page itself takes on its main thread for each frame is printed beside them.
 */
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
        Map<String, Object> calm = frames(page);

        // The button says so for a few seconds only: noted in the page, whenever it is asked for.
        page.evaluate("""
                () => {
                  const button = document.getElementById('stress');
                  window.buttonSaid = [];
                  new MutationObserver(() => window.buttonSaid.push(button.textContent))
                    .observe(button, { childList: true, characterData: true, subtree: true });
                }""");
        page.getByTestId("stress").click();
        until(page, "was told that they came", "() => window.buttonSaid.includes('500 ships came')");
        until(
                page,
                "sees them",
                "() => window.__skirmish.entities().filter(e => e.kind === 'drone').length >= " + SHIPS_SEEN_MIN);
        Map<String, Object> crowded = frames(page);
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("battle.png")));

        System.out.println("frames in calm   " + calm);
        System.out.println("frames in battle " + crowded);
        assertThat(((Number) Objects.requireNonNull(crowded.get("count"))).intValue())
                .isPositive();
        assertThat(browser.complaints()).isEmpty();
        page.close();
    }

    /** Times between frames, and how long script and the whole main thread worked for each of them, in milliseconds. */
    private static Map<String, Object> frames(Page page) {
        CDPSession browserSide = page.context().newCDPSession(page);
        browserSide.send("Performance.enable");
        Map<String, Double> before = worked(browserSide);
        Map<?, ?> times = (Map<?, ?>) page.evaluate("() => window.__skirmish.frameTimes(" + FRAMES_MILLIS + ")");
        Map<String, Double> after = worked(browserSide);
        browserSide.detach();
        Map<String, Object> all = new TreeMap<>();
        times.forEach((name, value) -> all.put(String.valueOf(name), value));
        double count = ((Number) Objects.requireNonNull(times.get("count"))).doubleValue();
        after.forEach((name, seconds) -> all.put(
                name + "MillisPerFrame",
                Math.round((seconds - before.getOrDefault(name, 0.0)) * 10_000 / count) / 10.0));
        return all;
    }

    private static Map<String, Double> worked(CDPSession browserSide) {
        Map<String, Double> seconds = new TreeMap<>();
        for (JsonElement each : browserSide.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject metric = each.getAsJsonObject();
            switch (metric.get("name").getAsString()) {
                case "ScriptDuration" ->
                    seconds.put("script", metric.get("value").getAsDouble());
                case "TaskDuration" ->
                    seconds.put("mainThread", metric.get("value").getAsDouble());
                default -> {}
            }
        }
        return seconds;
    }
}
