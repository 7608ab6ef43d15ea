package dev.terrane.system;

import static dev.terrane.system.Browser.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.json.JsonPayloads;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.LocalPostgres;
import dev.terrane.postgres.PostgresStore;
import dev.terrane.postgres.lane.PostgresLaneStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stations and hexes on the demo's page, as a player meets them. Screenshots are kept under target/screenshots. */
class MarketBrowserIT {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final int PURSE = 100;

    @TempDir
    Path folder;

    /** A prize, as an operator with a database client could give it. */
    private static void issue(DatabaseAddress address, String wallet) {
        try (PostgresStore store = PostgresStore.open(address)) {
            CommandType<EconomyCommands.Issue> type = EconomyCommands.ISSUE;
            EconomyCommands.Issue issue = new EconomyCommands.Issue(wallet, PURSE, "prize");
            new PostgresLaneStore(store.database(), 16, 1_000)
                    .append(
                            "economy",
                            List.of(new CommandEnvelope(
                                    type.name(),
                                    type.version(),
                                    type.keyRule().keyOf(issue, "admin:test"),
                                    new CommandEnvelope.Origin("admin:test", "issue-prize"),
                                    new CommandEnvelope.Trace("e", "e", "", "test", 0),
                                    new JsonPayloads().encode(issue))));
        }
    }

    /** Steers for the station of the region that the ship is in, five times a second, and stays there. */
    private static void dock(Page page) {
        page.evaluate("""
                () => setInterval(() => {
                  const game = window.__skirmish, me = game.selfPosition, station = game.station;
                  if (!station) return;
                  const dx = station.x - me.x, dy = station.y - me.y, far = Math.hypot(dx, dy);
                  const push = far > 30 ? 1 : far / 60;
                  game.pilot.thrust(push * dx / far, push * dy / far);
                }, 200)""");
    }

    private static void join(Page page, ServerProcess server) {
        page.navigate(server.http("/").toString());
        page.getByTestId("name").fill("Ada");
        page.getByTestId("fly").click();
        until(page, "joined", "() => window.__skirmish?.state === 'playing' && window.__skirmish.selfId !== undefined");
    }

    @Test
    void aPilotBuysRoundsAndOwnsARegionAndFindsBothAfterAReload() throws Exception {
        Browser.assumeInstalled();
        Files.createDirectories(SCREENSHOTS);
        Path config = Files.writeString(folder.resolve("peace.yaml"), """
                modules:
                  - name: skirmish
                    entry: dev.terrane.games.skirmish.Skirmish
                    options: { dronesPerRegion: 0, asteroidsPerRegion: 4 }
                """);
        try (LocalPostgres postgres = LocalPostgres.start(folder.resolve("own"));
                ServerProcess server = ServerProcess.start(
                        folder.resolve("data"),
                        "--config",
                        config.toString(),
                        "--database-url",
                        postgres.address().jdbcUrl(),
                        "--set",
                        "database.user=" + postgres.address().user(),
                        "--set",
                        "database.password=" + postgres.address().password());
                Browser browser = Browser.open()) {
            Page page = browser.page(1280, 720);
            join(page, server);
            until(page, "knows that it has nothing", "() => window.__skirmish.credits === 0");
            until(page, "knows its region", "() => window.__skirmish.hex?.owner === 'nobody'");

            issue(postgres.address(), (String) page.evaluate("() => window.__skirmish.clientId") + "/credit");
            until(page, "is paid", "() => window.__skirmish.credits === " + PURSE);

            dock(page);
            until(
                    page,
                    "is docked",
                    "() => document.getElementById('buy-rounds').offsetParent && !document.getElementById('buy-rounds').disabled");
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("station.png")));
            page.getByTestId("buy-rounds").click();
            until(
                    page,
                    "has rounds aboard",
                    "() => window.__skirmish.rounds === 20 && window.__skirmish.credits === 60");

            page.keyboard().press("g");
            until(
                    page,
                    "owns the region",
                    "() => window.__skirmish.hex?.owner === 'self' && window.__skirmish.credits === 50");
            assertThat(page.getByTestId("hex-owner").textContent()).isEqualTo("yours");
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("hex.png")));

            join(page, server);
            until(
                    page,
                    "is who it was",
                    "() => window.__skirmish.credits === 50 && window.__skirmish.hex?.owner === 'self'");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
