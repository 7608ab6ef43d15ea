package dev.terrane.bench.load.transfers;

import dev.terrane.base.Rng;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.economy.EconomyCommands;
import java.nio.charset.StandardCharsets;

/** Who pays whom: uniformly, or by Zipf's law, in which few wallets take part in most transfers. One thread. */
final class Wealth {
    static final String CURRENCY = "credits";

    private final Rng rng;
    private final String[] wallets;
    private final double[] upTo;
    private final String tag;
    private long requestCount;

    /** @param exponent 0 for uniform */
    Wealth(long seed, int walletCount, double exponent, String tag) {
        this.rng = new Rng(Rng.mix(seed));
        this.tag = tag;
        this.wallets = new String[walletCount];
        this.upTo = new double[walletCount];
        double sum = 0;
        for (int i = 0; i < walletCount; i++) {
            wallets[i] = wallet(i);
            sum += 1 / StrictMath.pow(i + 1, exponent);
            upTo[i] = sum;
        }
    }

    static String owner(int index) {
        return "character:00000000-0000-0000-0000-" + (100_000_000_000L + index);
    }

    static String wallet(int index) {
        return owner(index) + "/" + CURRENCY;
    }

    /** One of them, with its share of luck. */
    int pick() {
        double at = (rng.nextLong() >>> 11) * 0x1.0p-53 * upTo[upTo.length - 1];
        int low = 0;
        int high = upTo.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (upTo[middle] <= at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Somebody else. */
    int pickOther(int than) {
        int other = pick();
        while (other == than) {
            other = pick();
        }
        return other;
    }

    /** A transfer as a gateway would have put it on its way. */
    CommandEnvelope transfer() {
        int from = pick();
        String to = wallets[pickOther(from)];
        String request = tag + requestCount++;
        String json =
                "{\"from\":\"" + wallets[from] + "\",\"to\":\"" + to + "\",\"amount\":" + (1 + rng.nextInt(9)) + "}";
        return new CommandEnvelope(
                EconomyCommands.TRANSFER.name(),
                1,
                wallets[from],
                new CommandEnvelope.Origin(owner(from), request),
                new CommandEnvelope.Trace(request, request, "", "bench", 1),
                json.getBytes(StandardCharsets.US_ASCII));
    }
}
