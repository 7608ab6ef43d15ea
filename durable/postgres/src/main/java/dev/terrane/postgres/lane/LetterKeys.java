package dev.terrane.postgres.lane;

import dev.terrane.command.IdempotencyKey;
import dev.terrane.postgres.Database;
import java.util.List;

/** What a lane's dead letters are known by: outcomes under these keys are kept for as long as the letters stand in the list. Any thread; calls block. */
public final class LetterKeys {
    private LetterKeys() {}

    public static List<IdempotencyKey> of(Database store, String lane) {
        return store.call(
                "list the keys of dead letters of " + lane,
                handle -> handle.createQuery("SELECT idempotency_key FROM terrane.dead_letter WHERE lane = :lane")
                        .bind("lane", lane)
                        .map((row, _) -> IdempotencyKey.of(row.getBytes(1)))
                        .list());
    }
}
