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

/** The commands whose results HTTP waits for, by character. Any thread may use it. */
final class CommandsAwaited {
    /** As for a session. */
    static final int PER_CHARACTER_COUNT_MAX = 32;
    /** A result that takes so long comes when it comes: its command no longer counts. */
    private static final long FORGOTTEN_NANOS = 30_000_000_000L;

    private final Map<CharacterId, Map<String, Awaited>> byCharacter = new HashMap<>();

    private record Awaited(Wish wish, CompletableFuture<CommandResult> result, long sinceNanos) {}

    /** How a command was received here. */
    sealed interface Entry {
        /** Nobody asked for it: hand it to the lane, and settle it. */
        final class Fresh implements Entry {
            private final CommandsAwaited owner;
            private final CharacterId character;
            private final Awaited awaited;

            private Fresh(CommandsAwaited owner, CharacterId character, Awaited awaited) {
                this.owner = owner;
                this.character = character;
                this.awaited = awaited;
            }

            CompletionStage<CommandResult> result() {
                return awaited.result;
            }

            void settle(@Nullable CommandResult result, @Nullable Throwable failure) {
                owner.remove(character, awaited);
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
    }

    synchronized Entry enter(CharacterId character, Wish wish, long nowNanos) {
        Map<String, Awaited> own = byCharacter.computeIfAbsent(character, first -> new LinkedHashMap<>());
        Awaited known = own.get(wish.requestId());
        if (known != null) {
            return same(known.wish, wish) ? new Entry.Known(known.result) : new Entry.Other();
        }
        own.values().removeIf(each -> nowNanos - each.sinceNanos >= FORGOTTEN_NANOS);
        if (own.size() >= PER_CHARACTER_COUNT_MAX) {
            return new Entry.Full();
        }
        Awaited fresh = new Awaited(wish, new CompletableFuture<>(), nowNanos);
        own.put(wish.requestId(), fresh);
        return new Entry.Fresh(this, character, fresh);
    }

    /** Null when nobody waits for it here. */
    synchronized @Nullable CompletionStage<CommandResult> find(CharacterId character, String requestId) {
        Awaited known = byCharacter.getOrDefault(character, Map.of()).get(requestId);
        return known == null ? null : known.result;
    }

    private synchronized void remove(CharacterId character, Awaited awaited) {
        Map<String, Awaited> own = byCharacter.get(character);
        if (own != null && own.remove(awaited.wish.requestId(), awaited) && own.isEmpty()) {
            byCharacter.remove(character);
        }
    }

    private static boolean same(Wish one, Wish other) {
        return one.type().equals(other.type())
                && one.version() == other.version()
                && Arrays.equals(one.payload(), other.payload());
    }
}
