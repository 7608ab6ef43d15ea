package dev.terrane.system;

import static dev.terrane.system.Browser.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.microsoft.playwright.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two players, each in a browser of his own, talk. */
class ChatBrowserIT {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final String MARKUP = "was d <img src=x onerror=alert(1)> & co";

    @TempDir
    Path folder;

    @Test
    void whoSeesASpeakerHearsHim() throws Exception {
        Browser.assumeInstalled();
        Files.createDirectories(SCREENSHOTS);
        Path config = Files.writeString(folder.resolve("calm.yaml"), """
                world: { partition: "strip;count=1;width=256;depth=256" }
                modules:
                  - name: skirmish
                    entry: dev.terrane.games.skirmish.Skirmish
                    options: { dronesPerRegion: 0, asteroidsPerRegion: 0 }
                """);
        try (ServerProcess server = ServerProcess.start(folder.resolve("data"), "--config", config.toString());
                Browser browser = Browser.open()) {
            Page ada = join(browser, server, "Ada");
            Page bob = join(browser, server, "Bob");

            Object before = ada.evaluate("() => window.__skirmish.selfPosition");
            say(ada, MARKUP);
            for (Page page : List.of(ada, bob)) {
                until(page, "hears Ada", "() => window.__skirmish.heard.length > 0");
                assertThat(page.evaluate("() => window.__skirmish.heard")).isEqualTo(List.of("Ada: " + MARKUP));
                assertThat(page.getByTestId("chat").innerText()).contains("Ada", MARKUP);
                assertThat(page.getByTestId("chat").locator("img").count()).isZero();
            }
            assertThat(ada.evaluate("() => window.__skirmish.selfPosition"))
                    .as("what is typed does not steer")
                    .isEqualTo(before);
            assertThat(ada.getByTestId("say").isVisible()).isFalse();

            say(bob, "你好, Ada 👋");
            until(ada, "hears Bob", "() => window.__skirmish.heard.at(-1) === 'Bob: 你好, Ada 👋'");
            ada.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("chat.png")));

            assertThat(ada.getByTestId("talk").isVisible())
                    .as("keys need no button")
                    .isFalse();
            ada.bringToFront();
            touch(ada);
            ada.getByTestId("talk").click();
            ada.keyboard().type("by thumb");
            ada.keyboard().press("Enter");
            until(bob, "hears a thumb", "() => window.__skirmish.heard.at(-1) === 'Ada: by thumb'");
            assertThat(ada.getByTestId("talk").isVisible()).isTrue();

            for (int i = 0; i < 6; i++) {
                say(bob, "again");
            }
            until(bob, "is told why", "() => window.__skirmish.heard.at(-1).startsWith('Nobody heard that')");
            assertThat((int) ada.evaluate("() => window.__skirmish.heard.filter(line => line === 'Bob: again').length"))
                    .isBetween(1, 4);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static Page join(Browser browser, ServerProcess server, String name) {
        Page page = browser.page(900, 600);
        page.navigate(server.http("/").toString());
        page.getByTestId("name").fill(name);
        page.getByTestId("fly").click();
        until(page, "joined", "() => window.__skirmish?.state === 'playing' && window.__skirmish.selfId !== undefined");
        return page;
    }

    /** A thumb on the world; the pages here belong to no phone, so that the browser is told by its own protocol. */
    private static void touch(Page page) {
        var browser = page.context().newCDPSession(page);
        browser.send(
                "Input.dispatchTouchEvent",
                JsonParser.parseString("{ 'type': 'touchStart', 'touchPoints': [{ 'x': 450, 'y': 250 }] }")
                        .getAsJsonObject());
        browser.send(
                "Input.dispatchTouchEvent",
                JsonParser.parseString("{ 'type': 'touchEnd', 'touchPoints': [] }")
                        .getAsJsonObject());
    }

    private static void say(Page page, String line) {
        page.bringToFront();
        page.keyboard().press("Enter");
        page.keyboard().type(line);
        page.keyboard().press("Enter");
    }
}
