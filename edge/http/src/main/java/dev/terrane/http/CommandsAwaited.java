package dev.terrane.http;

import dev.terrane.base.CharacterId;
import dev.terrane.command.CommandResult;
import dev.terrane.gateway.CommandPort.Wish;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The commands whose results HTTP waits for, oldest first. Any thread may use it. */
final class CommandsAwaited {
    /** As for a session. */
    static final int PER_CHARACTER_COUNT_MAX = 32;
    /** A result that takes so long comes when it comes: its command no longer counts. */
    private static final long FORGOTTEN_NANOS = 30_000_000_000L;

    /** Of all characters; more are refused until some have their results. */
    static final int COUNT_MAX = 10_000;

    private final Map<Asker, Awaited> all = new LinkedHashMap<>();
    private final Map<CharacterId, Integer> countByCharacter = new HashMap<>();

    private record Asker(CharacterId character, String requestId) {}

    private record Awaited(Asker asker, Wish wish, CompletableFuture<CommandResult> result, long sinceNanos) {}

    /** How a command was received here. */
    sealed interface Entry {
        /** Nobody asked for it: hand it to the lane, and settle it. */
        final class Fresh implements Entry {
            private final CommandsAwaited owner;
            private final Awaited awaited;

            private Fresh(CommandsAwaited owner, Awaited awaited) {
                this.owner = owner;
                this.awaited = awaited;
            }

            CompletionStage<CommandResult> result() {
                return awaited.result;
            }

            void settle(@Nullable CommandResult result, @Nullable Throwable failure) {
                owner.remove(awaited);
                if (result != null) {
                    awaited.result.complete(result);
                } else {
                    awaited.result.completeExceptionally(
                            failure == null ? new IllegalStateException("a command without a result") : failure);
                }
            }
        }

        /** It is with the lane already. */
        record Known(CompletionStage<CommandResult> result) implements Entry {}

        /** Another command of this character has this request id. */
        record Other() implements Entry {}

        /** This character waits for too many. */
        record Full() implements Entry {}

        /** All together wait for too many. */
        record Crowded() implements Entry {}
    }

    synchronized Entry enter(CharacterId character, Wish wish, long nowNanos) {
        Asker asker = new Asker(character, wish.requestId());
        Awaited known = all.get(asker);
        if (known != null) {
            return same(known.wish, wish) ? new Entry.Known(known.result) : new Entry.Other();
        }
        forget(nowNanos);
        if (all.size() >= COUNT_MAX) {
            return new Entry.Crowded();
        }
        if (countByCharacter.getOrDefault(character, 0) >= PER_CHARACTER_COUNT_MAX) {
            return new Entry.Full();
        }
        Awaited fresh = new Awaited(asker, wish, new CompletableFuture<>(), nowNanos);
        all.put(asker, fresh);
        countByCharacter.merge(character, 1, Integer::sum);
        return new Entry.Fresh(this, fresh);
    }

    /** Null when nobody waits for it here. */
    synchronized @Nullable CompletionStage<CommandResult> find(CharacterId character, String requestId) {
        Awaited known = all.get(new Asker(character, requestId));
        return known == null ? null : known.result;
    }

    private void forget(long nowNanos) {
        while (!all.isEmpty()) {
            Awaited oldest = all.values().iterator().next();
            if (nowNanos - oldest.sinceNanos < FORGOTTEN_NANOS) {
                return;
            }
            remove(oldest);
        }
    }

    private synchronized void remove(Awaited awaited) {
        if (all.remove(awaited.asker, awaited)) {
            countByCharacter.compute(
                    awaited.asker.character, (_, count) -> count == null || count == 1 ? null : count - 1);
        }
    }

    private static boolean same(Wish one, Wish other) {
        return one.type().equals(other.type())
                && one.version() == other.version()
                && Arrays.equals(one.payload(), other.payload());
    }
}
