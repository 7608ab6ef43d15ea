package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo's page with {@code ?mode=alone}: there is no server, only the files that one would have given. */
class AloneBrowserIT {
    private static final Path WEB = Path.of("../../games/skirmish/page/target/classes/web")
            .toAbsolutePath()
            .normalize();
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final String NOBODY = "http://nobody.test/";

    private final List<String> missing = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void chromium() throws IOException {
        Browser.assumeInstalled();
        Files.createDirectories(SCREENSHOTS);
    }

    @Test
    void fliesAndShootsWithoutAServer() {
        try (Browser browser = Browser.open()) {
            Page page = browser.page(1280, 720);
            page.route(NOBODY + "**", this::serve);
            List<String> sockets = new CopyOnWriteArrayList<>();
            page.onWebSocket(socket -> sockets.add(socket.url()));
            page.navigate(NOBODY + "?mode=alone");
            page.getByTestId("name").fill("Ada");
            page.getByTestId("fly").click();
            Browser.until(
                    page,
                    "plays",
                    "() => window.__skirmish?.state === 'playing' && window.__skirmish.selfId !== undefined");
            page.evaluate(
                    "() => { window.start = window.__skirmish.selfPosition; window.__skirmish.pilot.thrust(0.7, 0.7); }");
            Browser.until(page, "flew", """
                    () => { const p = window.__skirmish.selfPosition; return Math.hypot(p.x - window.start.x, p.y - window.start.y) > 30; }""");
            Browser.until(page, "sees drones and rocks", """
                    () => ['drone', 'asteroid'].every((kind) => window.__skirmish.entities().some((each) => each.kind === kind))""");
            page.evaluate("() => window.__skirmish.pilot.fire(true)");
            Browser.until(page, "fires", "() => window.__skirmish.entities().some((each) => each.kind === 'bolt')");
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("alone.png")));
            assertThat(page.getByTestId("net-cell").textContent()).contains("alone");
            page.keyboard().press("F3");
            assertThat(page.getByTestId("net-graphs").isVisible())
                    .as("pictures of a connection that is not there")
                    .isFalse();
            assertThat(sockets).isEmpty();
            assertThat(missing).isEmpty();
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private void serve(Route route) {
        String file = URI.create(route.request().url()).getPath().substring(1);
        Path path = WEB.resolve(file.isEmpty() ? "index.html" : file);
        if (!Files.isRegularFile(path)) {
            missing.add(file);
            route.fulfill(new Route.FulfillOptions().setStatus(404));
            return;
        }
        route.fulfill(new Route.FulfillOptions().setContentType(typeOf(file)).setBodyBytes(bytes(path)));
    }

    private static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String typeOf(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "js" -> "text/javascript";
            case "css" -> "text/css";
            case "svg" -> "image/svg+xml";
            case "wasm" -> "application/wasm";
            case "woff2" -> "font/woff2";
            default -> "text/html";
        };
    }
}
