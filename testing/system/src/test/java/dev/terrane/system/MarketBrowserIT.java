package dev.terrane.system;

import static dev.terrane.system.Browser.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.inventory.InventoryCommands;
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
    /** So near, and at the same spot for several looks: it steers no more, so no slow frame carries it out again. */
    private static final String DOCKED = """
            () => {
              const { selfPosition: me, station } = window.__skirmish, buy = document.getElementById('buy-rounds');
              const last = window.restingAt ?? me;
              const near = Math.hypot(station.x - me.x, station.y - me.y) < 40;
              const still = near && Math.hypot(last.x - me.x, last.y - me.y) < 0.2;
              window.restingAt = me;
              window.restingLooks = still ? (window.restingLooks ?? 0) + 1 : 0;
              return window.restingLooks >= 6 && buy.offsetParent !== null && !buy.disabled;
            }""";

    private static final String SELL = "document.getElementById('sell')";

    @TempDir
    Path folder;

    /** As an operator with a database client could. */
    private static <P extends Record> void append(
            DatabaseAddress address, String lane, CommandType<P> type, P payload) {
        try (PostgresStore store = PostgresStore.open(address)) {
            new PostgresLaneStore(store.database(), 16, 1_000)
                    .append(
                            lane,
                            List.of(new CommandEnvelope(
                                    type.name(),
                                    type.version(),
                                    type.keyRule().keyOf(payload, "admin:test"),
                                    new CommandEnvelope.Origin("admin:test", "prize"),
                                    new CommandEnvelope.Trace("e", "e", "", "test", 0),
                                    new JsonPayloads().encode(payload))));
        }
    }

    /** Steers for the station of the region that the ship is in, five times a second, and lets the ship come to rest near it. */
    private static void dock(Page page) {
        page.evaluate("""
                () => setInterval(() => {
                  const game = window.__skirmish, me = game.selfPosition, station = game.station;
                  if (!station) return;
                  const dx = station.x - me.x, dy = station.y - me.y, far = Math.hypot(dx, dy);
                  const push = far < 35 ? 0 : (far > 150 ? 1 : 0.4) / far;
                  game.pilot.thrust(push * dx, push * dy);
                }, 200)""");
    }

    private static void join(Page page, ServerProcess server) {
        page.navigate(server.http("/").toString());
        page.getByTestId("name").fill("Ada");
        page.getByTestId("fly").click();
        until(page, "joined", "() => window.__skirmish?.state === 'playing' && window.__skirmish.selfId !== undefined");
    }

    private static String told(String words) {
        return "() => window.__skirmish.said.includes('" + words + "')";
    }

    private static void sellsWhatSheFinds(Page page, DatabaseAddress address, String client) {
        until(page, "has nothing to sell", "() => " + SELL + ".textContent.includes('No salvage aboard')");
        append(
                address,
                "inventory",
                InventoryCommands.GRANT,
                new InventoryCommands.Grant(client + "/cargo", "salvage", 7, "wreck"));
        until(page, "hears that she has found something", told("+7 salvage"));
        until(
                page,
                "is offered a price for all of it",
                "() => " + SELL + ".textContent.includes('Sell 7 salvage+35 cr')");
        page.keyboard().press(",");
        page.keyboard().press(",");
        until(
                page,
                "is offered a price for a part of it",
                "() => " + SELL + ".textContent.includes('Sell 5 of 7 salvage') && " + SELL
                        + ".textContent.includes('+25 cr')");
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("sale.png")));
        page.keyboard().press("e");
        until(page, "hears that it is sold", told("Sold 5 salvage for 25 credits"));
        until(page, "has sold a part", "() => window.__skirmish.cargo === 2 && window.__skirmish.credits === 85");
        until(
                page,
                "may sell again",
                "() => !" + SELL + ".disabled && " + SELL + ".textContent.includes('Sell 2 salvage')");
        page.setViewportSize(390, 844);
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("station-phone.png")));
        page.getByTestId("sell").click();
        until(page, "has sold the rest", "() => window.__skirmish.cargo === 0 && window.__skirmish.credits === 95");
        until(page, "sees that it is gone", "() => document.getElementById('cargo').textContent === '0'");
        page.setViewportSize(1280, 720);
    }

    @Test
    void aPilotBuysAndSellsAndOwnsARegionAndFindsAllOfItAfterAReload() throws Exception {
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

            String ada = (String) page.evaluate("() => window.__skirmish.clientId");
            append(
                    postgres.address(),
                    "economy",
                    EconomyCommands.ISSUE,
                    new EconomyCommands.Issue(ada + "/credit", PURSE, "prize"));
            until(page, "is paid", "() => window.__skirmish.credits === " + PURSE);

            dock(page);
            until(page, "lies at the station", DOCKED);
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("station.png")));
            page.getByTestId("buy-rounds").click();
            until(
                    page,
                    "has rounds aboard",
                    "() => window.__skirmish.rounds === 20 && window.__skirmish.credits === 60");

            until(page, "has paid: the station has money of her own", told("20 rounds aboard for 40 credits"));

            sellsWhatSheFinds(page, postgres.address(), ada);

            page.keyboard().press("g");
            until(
                    page,
                    "owns the region",
                    "() => window.__skirmish.hex?.owner === 'self' && window.__skirmish.credits === 85");
            until(page, "others read her name", "() => window.__skirmish.hex?.ownerName === 'Ada'");
            until(
                    page,
                    "reads that it is hers",
                    "() => document.querySelector('[data-testid=hex-owner]').textContent === 'yours'");
            page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("hex.png")));

            join(page, server);
            until(
                    page,
                    "is who it was",
                    "() => window.__skirmish.credits === 85 && window.__skirmish.cargo === 0 && window.__skirmish.hex?.owner === 'self'");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
