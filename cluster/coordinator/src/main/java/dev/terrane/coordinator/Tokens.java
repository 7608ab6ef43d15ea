package dev.terrane.coordinator;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Transfer tokens until their time is over, redeemed ones for longer: nobody arrives twice.
 *
 * <p>Whoever proposes says by his own clock what time it is, and clocks differ. That one goes ahead must not make a redeemed token unheard of for another: time is what the coordinators say, never goes back, and a
 * token that could have been forgotten by then is not taken up anew.
 */
final class Tokens {
    static final int TOKEN_COUNT_MAX = 65_536;
    /** After the end of a redeemed token. Gateways whose clocks are behind by more take tokens for good that nobody here takes up any more. */
    static final long KEPT_MILLIS = TimeUnit.MINUTES.toMillis(10);

    private static final int TEXT_BYTES_MAX = 4 * TransferToken.TEXT_LENGTH_MAX;

    private final TreeMap<String, Kept> kept = new TreeMap<>();
    /** The latest that any entry was put into the log. */
    private long latestMillis;

    private record Kept(TransferToken token, boolean redeemed) {}

    /** It is so late. @param millis 0: not said */
    void at(long millis) {
        latestMillis = Math.max(latestMillis, millis);
    }

    Outcome issue(TransferToken token, long nowMillis) {
        kept.values().removeIf(old -> isOver(old.token, old.redeemed ? KEPT_MILLIS : 0));
        if (token.expiresAtMillis() <= nowMillis || isOver(token, KEPT_MILLIS)) {
            return new Outcome.Refused(Outcome.Reason.BAD_TOKEN, "the token's time is over before it begins");
        }
        if (kept.size() >= TOKEN_COUNT_MAX) {
            return new Outcome.Refused(Outcome.Reason.TOO_MUCH, TOKEN_COUNT_MAX + " tokens are on their way");
        }
        if (kept.putIfAbsent(token.id(), new Kept(token, false)) != null) {
            return new Outcome.Refused(Outcome.Reason.BAD_TOKEN, "there is a token of this id");
        }
        return new Outcome.Done();
    }

    private boolean isOver(TransferToken token, long sinceMillis) {
        return token.expiresAtMillis() <= latestMillis - sinceMillis;
    }

    Outcome redeem(String id, long nowMillis) {
        Kept found = kept.get(id);
        if (found == null || found.token.expiresAtMillis() <= nowMillis) {
            return new Outcome.Refused(Outcome.Reason.BAD_TOKEN, "no such token, or its time is over");
        }
        if (found.redeemed) {
            return new Outcome.Refused(
                    Outcome.Reason.BAD_TOKEN, "the token of " + found.token.subject() + " was redeemed already");
        }
        kept.put(id, new Kept(found.token, true));
        return new Outcome.Done();
    }

    int size() {
        return kept.size();
    }

    void write(ByteWriter writer) {
        writer.i64(latestMillis);
        writer.varuint(kept.size());
        for (Kept each : kept.values()) {
            write(writer, each.token);
            writer.bool(each.redeemed);
        }
    }

    static void write(ByteWriter writer, TransferToken token) {
        writer.utf8(token.id());
        writer.utf8(token.subject());
        writer.utf8(token.destination());
        writer.i64(token.expiresAtMillis());
    }

    /** @param isTimeless of a build that went by whatever time the last proposal named */
    void read(ByteReader reader, boolean isTimeless) {
        latestMillis = isTimeless ? 0 : reader.i64();
        for (int left = reader.count(12); left > 0; left--) {
            TransferToken token = readToken(reader);
            kept.put(token.id(), new Kept(token, reader.bool()));
        }
    }

    static TransferToken readToken(ByteReader reader) {
        return new TransferToken(
                reader.utf8(TEXT_BYTES_MAX), reader.utf8(TEXT_BYTES_MAX), reader.utf8(TEXT_BYTES_MAX), reader.i64());
    }
}
