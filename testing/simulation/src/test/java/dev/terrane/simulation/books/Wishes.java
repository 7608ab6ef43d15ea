package dev.terrane.simulation.books;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.WalletAddress;
import dev.terrane.inventory.ContainerAddress;
import dev.terrane.inventory.InventoryCommands;
import dev.terrane.simulation.books.SimClient.Wish;
import dev.terrane.trade.TradeCommands;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What players want, and what the world begins with. */
final class Wishes {
    static final String STATION = "service:station";
    private static final String ADMIN = "admin:sim";
    private static final String CARGO = "cargo";

    private final BooksRun run;
    private final SimClient client;

    Wishes(BooksRun run, SimClient client) {
        this.run = run;
        this.client = client;
    }

    private int upTo(int max) {
        return 1 + run.time.rng.nextInt(max);
    }

    private String somebody() {
        return SimClient.idOf(run.time.rng.nextInt(run.plan.clientCount()));
    }

    private static String wallet(String owner, String currency) {
        return WalletAddress.of(owner, currency);
    }

    /** Some of them cannot be granted: too much, to oneself, of what is not there. */
    Wish next(String requestId) {
        float luck = run.time.rng.nextFloat();
        String me = client.id;
        if (luck < 0.2f) {
            return Wish.of(
                    requestId,
                    EconomyCommands.TRANSFER,
                    new EconomyCommands.Transfer(
                            wallet(me, "credits"), wallet(somebody(), "credits"), upTo(120), requestId));
        }
        if (luck < 0.28f) {
            return Wish.of(
                    requestId,
                    EconomyCommands.EXCHANGE,
                    new EconomyCommands.Exchange(wallet(me, "credits"), wallet(me, "shards"), upTo(90), null));
        }
        if (luck < 0.38f) {
            return Wish.of(
                    requestId,
                    InventoryCommands.TRANSFER,
                    new InventoryCommands.Transfer(
                            ContainerAddress.of(me, CARGO),
                            ContainerAddress.of(somebody(), CARGO),
                            run.time.rng.chance(0.3f) ? "relic" : "ore",
                            upTo(3),
                            null,
                            requestId));
        }
        int region = run.time.rng.nextInt(run.plan.cellCount());
        if (luck < 0.65f) {
            return Wish.of(
                    requestId,
                    Hoard.PUT,
                    new Hoard.Put(region, 0, upTo(Hoard.POINTS_MAX + 4), noteOf(client.index, requestId)));
        }
        String offer = luck < 0.85f ? "fuel" : luck < 0.93f ? "ore" : "salvage";
        String target = offer.equals("fuel") && !run.time.rng.chance(0.08f) ? "region:" + region + ",0" : null;
        return Wish.of(requestId, TradeCommands.ACCEPT, new TradeCommands.Accept(offer, upTo(9), null, target));
    }

    static String noteOf(int client, String requestId) {
        return "c" + client + requestId;
    }

    /** Another payload under the same number and key; null for what has no such thing. */
    @Nullable
    Wish contradicting(Wish wish) {
        if (wish.type().equals(EconomyCommands.TRANSFER.name())) {
            return Wish.of(
                    wish.requestId(),
                    EconomyCommands.TRANSFER,
                    new EconomyCommands.Transfer(wallet(client.id, "credits"), wallet(STATION, "credits"), 1, "other"));
        }
        if (wish.type().equals(TradeCommands.ACCEPT.name())) {
            return Wish.of(wish.requestId(), TradeCommands.ACCEPT, new TradeCommands.Accept("ore", 1, null, null));
        }
        return null;
    }

    /** Money, goods and offers, asked for by an admin before anybody plays. */
    static List<CommandEnvelope> beginnings(int clientCount) {
        List<CommandEnvelope> all = new ArrayList<>();
        List<String> owners = new ArrayList<>(List.of(STATION));
        for (int i = 0; i < clientCount; i++) {
            owners.add(SimClient.idOf(i));
        }
        for (String owner : owners) {
            all.add(command(
                    all, EconomyCommands.ISSUE, new EconomyCommands.Issue(wallet(owner, "credits"), 300, "start")));
            all.add(command(all, EconomyCommands.OPEN, new EconomyCommands.Open(wallet(owner, "shards"))));
            String place = ContainerAddress.of(owner, owner.equals(STATION) ? "depot" : CARGO);
            all.add(command(all, InventoryCommands.GRANT, new InventoryCommands.Grant(place, "ore", 40, "start")));
            all.add(command(all, InventoryCommands.GRANT, new InventoryCommands.Grant(place, "relic", 2, "start")));
        }
        all.add(command(
                all,
                EconomyCommands.ISSUE,
                new EconomyCommands.Issue(WalletAddress.of("admin:bank", "shards"), 500, "start")));
        all.add(command(
                all,
                EconomyCommands.TRANSFER,
                new EconomyCommands.Transfer(
                        wallet("admin:bank", "shards"), WalletAddress.exchange("shards"), 500, "start")));
        all.add(command(all, EconomyCommands.RATE, new EconomyCommands.SetRate("credits", "shards", 2, 3, 30_000)));
        post(all, "fuel", 7, false, Hoard.DELIVER.name(), "fuel");
        post(all, "ore", 5, false, InventoryCommands.TRANSFER.name(), "ore/cargo/depot");
        post(all, "salvage", 4, true, InventoryCommands.TRANSFER.name(), "ore/cargo/depot");
        return all;
    }

    private static void post(
            List<CommandEnvelope> all, String offer, long price, boolean buys, String deliver, String what) {
        all.add(command(
                all,
                TradeCommands.POST,
                new TradeCommands.Post(offer, STATION, "credits", price, buys, deliver, what)));
    }

    private static <P extends Record> CommandEnvelope command(
            List<CommandEnvelope> before, CommandType<P> type, P payload) {
        String request = "start-" + before.size();
        return new CommandEnvelope(
                type.name(),
                type.version(),
                type.keyRule().keyOf(payload, ADMIN),
                new CommandEnvelope.Origin(ADMIN, request),
                new CommandEnvelope.Trace(request, request, "", ADMIN, 0),
                Store.CODEC.encode(payload));
    }
}
