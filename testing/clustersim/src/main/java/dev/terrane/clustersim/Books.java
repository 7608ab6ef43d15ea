package dev.terrane.clustersim;

import dev.terrane.base.Rng;
import dev.terrane.clustersim.game.Pay;
import dev.terrane.clustersim.game.Purse;
import dev.terrane.clustersim.game.Receipt;
import dev.terrane.clustersim.game.Sighted;
import dev.terrane.clustersim.play.Player;
import dev.terrane.clustersim.store.SimLane;
import dev.terrane.command.CellKey;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.CommandType;
import dev.terrane.command.PayloadRefusedException;
import dev.terrane.json.JsonPayloads;
import java.util.Map;
import java.util.TreeMap;

/** What players were told of their purses: each payment once, none lost, in the order in which they were asked for. */
final class Books {
    private static final CommandType<Receipt> ANSWER =
            new CommandType<>("cmd.roam.told", 1, Receipt.class, (_, client) -> client);
    private static final int GAP_MILLIS = 250;
    private static final int COINS_MAX = 1_000;

    private final ClusterRun run;
    private final Rng rng;
    private final SimLane lane = new SimLane(this::settled);
    private final JsonPayloads payloads = new JsonPayloads();
    /** By character: what was told last. */
    private final Map<String, Purse> told = new TreeMap<>();

    private long askedCount;
    private long doneCount;

    Books(ClusterRun run, Rng rng) {
        this.run = run;
        this.rng = rng;
    }

    SimLane lane() {
        return lane;
    }

    /** Commands that were done. */
    long doneCount() {
        return doneCount;
    }

    /** From now on the player asks for money, now and then, as long as there may be trouble. */
    void pay(Player player) {
        run.conductor().in((GAP_MILLIS / 4 + rng.nextInt(GAP_MILLIS)) * 1_000_000L, null, () -> {
            if (player.avatar() != 0) {
                ask(player);
            }
            if (run.conductor().nowNanos() < run.plan().troubleEndNanos()) {
                pay(player);
            }
        });
    }

    private void ask(Player player) {
        String who = key(player);
        String number = String.valueOf(++askedCount);
        lane.append(new CommandEnvelope(
                Pay.TYPE.name(),
                Pay.TYPE.version(),
                who,
                new CommandEnvelope.Origin(who, number),
                new CommandEnvelope.Trace(number, number, "", "player", 0),
                payloads.encode(new Pay(1 + rng.nextInt(COINS_MAX)))));
    }

    private static String key(Player player) {
        return new CellKey.OfCharacter(player.character()).toString();
    }

    private void settled(CommandEnvelope command, CommandResult result) {
        if (!(result instanceof CommandResult.Done done)) {
            run.note(null, "payment " + command.origin().requestId() + ": " + result);
            return;
        }
        doneCount++;
        try {
            long coins = payloads.decode(Pay.TYPE, command.payload()).coins();
            Receipt now = payloads.decode(ANSWER, done.payload());
            Purse before = told.getOrDefault(command.key(), Purse.EMPTY);
            if (now.count() != before.count() + 1 || now.coins() != before.coins() + coins) {
                run.violated(
                        "PaidOnce",
                        command.key() + " had " + before + ", was paid " + coins + " by payment "
                                + command.origin().requestId() + ", and is told " + now);
            }
            told.put(command.key(), new Purse(now.count(), now.coins()));
        } catch (PayloadRefusedException unreadable) {
            run.violated("PaidOnce", "an answer cannot be read: " + unreadable.getMessage());
        }
    }

    /** What is wrong with its purse; empty: nothing. */
    String wrong(Player player, Sighted avatar) {
        Purse right = told.getOrDefault(key(player), Purse.EMPTY);
        return right.equals(avatar.purse()) ? "" : player + " was told of " + right + ", and has " + avatar;
    }
}
