package dev.terrane.coordinator;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.TreeMap;

/** Transfer tokens until their time is over, redeemed ones too: nobody arrives twice. */
final class Tokens {
    static final int TOKEN_COUNT_MAX = 65_536;
    private static final int TEXT_BYTES_MAX = 4 * TransferToken.TEXT_LENGTH_MAX;

    private final TreeMap<String, Kept> kept = new TreeMap<>();

    private record Kept(TransferToken token, boolean redeemed) {}

    Outcome issue(TransferToken token, long nowMillis) {
        kept.values().removeIf(old -> old.token.expiresAtMillis() <= nowMillis);
        if (token.expiresAtMillis() <= nowMillis) {
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

    void read(ByteReader reader) {
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
