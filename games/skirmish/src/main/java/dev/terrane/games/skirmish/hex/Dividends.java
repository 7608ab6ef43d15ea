package dev.terrane.games.skirmish.hex;

import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.WalletAddress;
import dev.terrane.games.skirmish.station.Station;
import dev.terrane.plugin.EventHandler;
import dev.terrane.plugin.JobContext;
import dev.terrane.plugin.JobRun;
import dev.terrane.plugin.WorldContext;

/** Owning a hex pays: of what others pay into it, the station passes a part on to its owner. Follows from events, so no cell waits for the books and no payment for its dividend. */
public final class Dividends {
    /** Credits that others pay in for one that the owner gets. */
    static final int PAID_PER_CREDIT = 5;

    private final WorldContext.PluginCounter credits;

    private Dividends(WorldContext.PluginCounter credits) {
        this.credits = credits;
    }

    /** Lets the game pay them. */
    public static void configure(JobContext jobs) {
        Dividends dividends = new Dividends(jobs.counter("dividend_credits"));
        jobs.onEvent(HexEvents.CONTRIBUTED, HexEvents.Contributed.class, dividends::pay);
    }

    private void pay(JobRun run, EventHandler.Heard<HexEvents.Contributed> event) {
        HexEvents.Contributed paid = event.payload();
        String owner = paid.owner();
        int due = paid.amount() / PAID_PER_CREDIT;
        if (owner == null || owner.isEmpty() || owner.equals(paid.character()) || due == 0) {
            return;
        }
        run.command(
                EconomyCommands.TRANSFER,
                event.id(),
                new EconomyCommands.Transfer(
                        WalletAddress.of(Station.OWNER, Station.CURRENCY),
                        WalletAddress.of(owner, Station.CURRENCY),
                        due,
                        "dividend of " + paid.region()));
        credits.add(due);
    }
}
