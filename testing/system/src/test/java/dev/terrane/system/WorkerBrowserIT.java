package dev.terrane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The TypeScript client as it is built, in a worker of a real browser, against a real server. */
class WorkerBrowserIT {
    private static final Path HOUSE = Path.of("../..").toAbsolutePath().normalize();
    private static final String PLACE = "/sdk-in-a-worker/";

    /** Joins, flies to the right, asks for a hex, and says what came of it. */
    private static final String PLAYER = """
            import { connect } from 'ORIGIN/sdk-in-a-worker/client/index.js';
            const url = 'ORIGIN/ws'.replace('http', 'ws');
            const client = connect({ url, guestUrl: 'ORIGIN/api/v1/guest', name: 'Worker' });
            client.on('state', (state, reason) => postMessage(`${state}: ${reason}`));
            client.onEnter('skirmish.craft', () => postMessage('sees crafts'));
            let from;
            client.on('self', (self) => {
              from ??= self.worldX;
              if (self.ackSeq > 0 && self.worldX > from + 5) postMessage('moved');
            });
            setInterval(() => client.sendInput({ moveX: 1 }), 50);
            client.command('cmd.hex.look', { a: 0, b: 0 }).then((result) => postMessage(`looked ${result.ok}`));
            """;

    @TempDir
    Path data;

    @BeforeAll
    static void chromium() {
        Browser.assumeInstalled();
    }

    @Test
    void playsInAWorkerOfARealBrowser() {
        try (ServerProcess server = ServerProcess.start(data);
                Browser browser = Browser.open()) {
            Page page = browser.page(320, 240);
            page.route("**" + PLACE + "**", WorkerBrowserIT::serve);
            // A page of the server's own: what a test makes up is of no network, and may not open sockets to this
            // machine.
            page.navigate(server.http("/canvas/").toString());
            page.evaluate("""
                    (player) => {
                      const code = new Blob([player.replaceAll('ORIGIN', location.origin)], { type: 'text/javascript' });
                      window.said = [];
                      window.worker = new Worker(URL.createObjectURL(code), { type: 'module' });
                      window.worker.onmessage = ({ data }) => window.said.includes(data) || window.said.push(data);
                      window.worker.onerror = (event) => window.said.push(`failed: ${event.message}`);
                    }""", PLAYER);
            Browser.until(page, "the worker has played", """
                    () => ['open: connected', 'sees crafts', 'moved', 'looked true'].every((word) => window.said.includes(word))
                      || window.said.some((word) => word.startsWith('failed'))""");
            assertThat(String.valueOf(page.evaluate("() => window.said.join(', ')")))
                    .contains("open: connected", "sees crafts", "moved", "looked true")
                    .doesNotContain("failed");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void serve(Route route) {
        String file = URI.create(route.request().url()).getPath().substring(PLACE.length());
        route.fulfill(
                new Route.FulfillOptions().setContentType("text/javascript").setBody(module(file)));
    }

    /** As a bundler would find it; browsers know no names of packages. */
    private static String module(String file) {
        Path path = file.startsWith("flatbuffers/")
                ? HOUSE.resolve("node_modules/flatbuffers/mjs").resolve(file.substring("flatbuffers/".length()))
                : HOUSE.resolve("sdk/typescript/dist").resolve(file.substring("client/".length()));
        try {
            return Files.readString(path).replace("'flatbuffers'", "'" + PLACE + "flatbuffers/flatbuffers.js'");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
