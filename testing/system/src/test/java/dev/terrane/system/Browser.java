package dev.terrane.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real, headless Chromium. */
final class Browser implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--use-gl=angle",
            "--use-angle=swiftshader",
            "--enable-unsafe-swiftshader",
            "--ignore-certificate-errors");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Path program) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setHeadless(true)
                        .setArgs(FLAGS));
    }

    /** Where Chromium is: {@code TERRANE_CHROMIUM}, or where distributions put it. */
    static Optional<Path> program() {
        return Stream.of(
                        System.getenv("TERRANE_CHROMIUM"),
                        "/usr/bin/chromium",
                        "/usr/bin/chromium-browser",
                        "/usr/bin/google-chrome",
                        "/Applications/Chromium.app/Contents/MacOS/Chromium")
                .filter(Objects::nonNull)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Skips the tests of this class, and says so loudly, where there is no Chromium. */
    static void assumeInstalled() {
        if (program().isEmpty()) {
            System.err.println("""
                    ****************************************************************
                    THE BROWSER TEST IS SKIPPED: no Chromium was found.
                    Install one (Debian: apt-get install chromium), or name it in
                    TERRANE_CHROMIUM.
                    ****************************************************************""");
        }
        assumeTrue(program().isPresent(), "no Chromium");
    }

    static Browser open() {
        return new Browser(program().orElseThrow());
    }

    /** A page of this size that remembers errors of its console. */
    Page page(int width, int height) {
        Page page =
                chromium.newPage(new com.microsoft.playwright.Browser.NewPageOptions().setViewportSize(width, height));
        page.setDefaultTimeout(60_000);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    /** Waits until a JavaScript function without arguments says true in this page. */
    static void until(Page page, String what, String condition) {
        BooleanSupplier holds = () -> Boolean.TRUE.equals(page.evaluate(condition));
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(180))
                .pollInterval(Duration.ofMillis(250))
                .pollInSameThread()
                .until(holds::getAsBoolean);
    }

    /** Errors that pages have shown in their consoles. */
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
