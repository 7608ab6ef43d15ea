package dev.terrane.bench.load.cluster;

import dev.terrane.command.CommandErrors;
import dev.terrane.games.skirmish.hex.HexCommands;
import dev.terrane.json.JsonTree;
import dev.terrane.sdk.CommandAnswer;
import dev.terrane.trade.TradeCommands;
import dev.terrane.trade.TradeEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets players pay into hexes all over the world, one after the other: each wish goes through the trade, sets money aside, is brought to the cell of its hex as a command, and is paid for when that says so. Any
 * thread.
 */
final class Investors {
    private static final String OFFER = "hex";

    private final List<Investment> asked = new ArrayList<>();
    /** By the trade that each has become. */
    private final Map<String, Investment> begun = new HashMap<>();
    /** Ends that were told before the trade's number was. */
    private final Map<String, Boolean> endedEarly = new HashMap<>();

    private int turn;

    /** Lets the next player ask. */
    void next(List<RoamingBot> bots) {
        RoamingBot bot;
        int round;
        synchronized (this) {
            bot = bots.get(turn % bots.size());
            round = turn++ / bots.size();
        }
        List<String> regions = bot.regions();
        if (!regions.isEmpty()) {
            int at = Math.floorMod(31 * round + bots.indexOf(bot), regions.size());
            ask(bot, "region:" + regions.get(at), round + 1);
        }
    }

    private void ask(RoamingBot bot, String region, int amount) {
        Investment wish = new Investment(bot.owner(), region, amount);
        Map<String, Object> payload = Map.of("offer", OFFER, "quantity", amount, "target", region);
        CompletableFuture<CommandAnswer> answer = bot.command(
                TradeCommands.ACCEPT.name(),
                TradeCommands.ACCEPT.version(),
                "bench-" + amount,
                JsonTree.write(payload).getBytes(StandardCharsets.UTF_8));
        synchronized (this) {
            asked.add(wish);
        }
        answer.whenComplete((told, _) -> answered(wish, told));
    }

    private synchronized void answered(Investment wish, @Nullable CommandAnswer told) {
        switch (told) {
            case CommandAnswer.Done done -> {
                String trade = json(done.payload()).get("trade").text();
                begun.put(trade, wish);
                Boolean early = endedEarly.remove(trade);
                wish.tell(early == null ? Investment.Told.BEGUN : end(early));
            }
            case CommandAnswer.Refused refused ->
                wish.tell(
                        refused.errorCode().equals(CommandErrors.BUSY)
                                        || refused.errorCode().equals(CommandErrors.DEAD)
                                ? Investment.Told.UNCERTAIN
                                : Investment.Told.REFUSED);
            case null -> wish.tell(Investment.Told.UNCERTAIN);
        }
    }

    /** What the cell itself says has been paid into a hex. @param number of the question, another for each */
    static CompletableFuture<Long> look(RoamingBot bot, String region, int number) {
        String[] place = region.substring(region.indexOf(':') + 1).split(",");
        Map<String, Object> payload = Map.of("a", Integer.parseInt(place[0]), "b", Integer.parseInt(place[1]));
        return bot.command(
                        HexCommands.LOOK.name(),
                        HexCommands.LOOK.version(),
                        "look-" + number,
                        JsonTree.write(payload).getBytes(StandardCharsets.UTF_8))
                .thenApply(answer -> {
                    if (answer instanceof CommandAnswer.Done done) {
                        return json(done.payload()).get("hex").get("xp").number();
                    }
                    throw new IllegalStateException("nobody can look at " + region + ": " + answer);
                });
    }

    /** Something was told to a player. */
    void happened(String topic, byte[] payload) {
        if (!topic.equals(TradeEvents.ENDED)) {
            return;
        }
        JsonTree ended = json(payload);
        String trade = ended.get("trade").text();
        boolean done = ended.get("done").isTrue();
        synchronized (this) {
            Investment wish = begun.get(trade);
            if (wish == null) {
                endedEarly.put(trade, done);
            } else {
                wish.tell(end(done));
            }
        }
    }

    private static Investment.Told end(boolean done) {
        return done ? Investment.Told.DONE : Investment.Told.UNDONE;
    }

    private static JsonTree json(byte[] payload) {
        try {
            return JsonTree.read(new String(payload, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the server has sent what is no JSON", e);
        }
    }

    /** Wishes that have no end yet. */
    synchronized int openCount() {
        return (int) asked.stream().filter(Investment::isOpen).count();
    }

    /** Everything that was asked for. */
    synchronized List<Investment> asked() {
        return List.copyOf(asked);
    }
}
