package dev.terrane.sdk;

import dev.terrane.protocol.client.ClientMessage.Command;
import dev.terrane.protocol.client.ClientMessage.ResultAck;
import dev.terrane.protocol.client.CommandWire;
import dev.terrane.protocol.client.ServerMessage.CommandResult;
import dev.terrane.protocol.client.WireMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one client whose results have not come yet, oldest first.
 *
 * <pre>
 *   add ─► waits ─► sent ─► result ─► acked, told
 *            ▲        │
 *            └────────┘ connection lost · BUSY, a little later · no result for long
 * </pre>
 *
 * <p>Used under its client's lock. Futures are completed under it, too.
 */
final class CommandBook {
    /** The server takes 32 of a session. */
    static final int IN_FLIGHT_COUNT_MAX = 24;
    /** Of the 60 messages a second that a server takes, most are left to inputs. */
    private static final double SENDS_PER_MILLI = 0.02;

    private static final double SENDS_AT_ONCE = IN_FLIGHT_COUNT_MAX;
    /** A result that has not come after this long was lost on the way: asking again is harmless. */
    private static final double RESEND_MILLIS = 10_000;
    /** With the waits between them, about a minute. */
    static final int BUSY_RETRY_COUNT_MAX = 10;

    private static final double BUSY_WAIT_MILLIS = 250;
    private static final double BUSY_WAIT_MILLIS_MAX = 10_000;
    /** Nothing was accepted, so nothing is kept and nothing is to be acked. */
    private static final List<String> TRANSIENT = List.of("BUSY", "TOO_MANY");

    private final Predicate<WireMessage> link;
    private final DoubleSupplier random;
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private final Set<String> acks = new LinkedHashSet<>();
    private boolean open;
    private double tokens = SENDS_AT_ONCE;
    private double refilledAtMillis;
    private @Nullable String closedWhy;

    private static final class Pending {
        final Command command;
        final CompletableFuture<CommandAnswer> told = new CompletableFuture<>();
        boolean sent;
        double dueAtMillis;
        int busyCount;

        Pending(Command command, double nowMillis) {
            this.command = command;
            this.dueAtMillis = nowMillis;
        }
    }

    /** @param link sends, and says whether it could */
    CommandBook(Predicate<WireMessage> link, DoubleSupplier random) {
        this.link = link;
        this.random = random;
    }

    CompletableFuture<CommandAnswer> add(Command command, double nowMillis) {
        if (!command.isValid() || command.payload().length > CommandWire.PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(command.type() + " v" + command.version() + " with the request id '"
                    + command.requestId() + "' and " + command.payload().length + " bytes is no command");
        }
        if (closedWhy != null) {
            return CompletableFuture.failedFuture(new CommandLostException(command.requestId(), closedWhy));
        }
        Pending known = pending.get(command.requestId());
        if (known == null) {
            Pending entry = new Pending(command, nowMillis);
            pending.put(command.requestId(), entry);
            pump(nowMillis);
            return entry.told;
        }
        if (!same(known.command, command)) {
            throw new IllegalArgumentException("the request id " + command.requestId() + " belongs to another command");
        }
        return known.told;
    }

    private static boolean same(Command one, Command other) {
        return one.type().equals(other.type())
                && one.version() == other.version()
                && Arrays.equals(one.payload(), other.payload());
    }

    /** Connected, perhaps again: everything without a result is asked for again. */
    void opened(boolean knowsCommands, double nowMillis) {
        if (!knowsCommands) {
            for (Pending each : List.copyOf(pending.values())) {
                refused(each, "UNKNOWN_COMMAND", "this server is too old for durable commands", 0);
            }
            return;
        }
        open = true;
        tokens = SENDS_AT_ONCE;
        refilledAtMillis = nowMillis;
        pump(nowMillis);
    }

    void lost(double nowMillis) {
        open = false;
        acks.clear(); // whatever they were for comes again
        for (Pending each : pending.values()) {
            each.dueAtMillis = each.sent ? nowMillis : each.dueAtMillis;
            each.sent = false;
        }
    }

    void closed(String why) {
        open = false;
        closedWhy = why;
        List<Pending> all = List.copyOf(pending.values());
        pending.clear();
        for (Pending each : all) {
            each.told.completeExceptionally(new CommandLostException(each.command.requestId(), why));
        }
    }

    /** A result that nobody waits for came before, or belongs to an earlier life of this player: it is acked all the same. */
    void result(CommandResult result, double nowMillis) {
        boolean isTransient = !result.done() && TRANSIENT.contains(result.errorCode());
        if (!isTransient) {
            acks.add(result.requestId());
        }
        Pending entry = pending.get(result.requestId());
        if (entry != null && isTransient && entry.busyCount < BUSY_RETRY_COUNT_MAX) {
            double backoff = Math.min(BUSY_WAIT_MILLIS_MAX, BUSY_WAIT_MILLIS * (1 << entry.busyCount++));
            entry.sent = false;
            // What was refused together must not come back together.
            entry.dueAtMillis =
                    nowMillis + Math.max(result.retryAfterMillis(), backoff) * (1 + random.getAsDouble() / 4);
        } else if (entry != null && result.done()) {
            pending.remove(result.requestId());
            entry.told.complete(new CommandAnswer.Done(result.requestId(), result.payload()));
        } else if (entry != null) {
            refused(entry, result.errorCode(), result.reason(), result.retryAfterMillis());
        }
        if (acks.size() >= CommandWire.ACK_COUNT_MAX) {
            flushAcks();
        }
        pump(nowMillis);
    }

    private void refused(Pending entry, String errorCode, String reason, int retryAfterMillis) {
        String id = entry.command.requestId();
        pending.remove(id);
        entry.told.complete(new CommandAnswer.Refused(id, errorCode, reason, retryAfterMillis));
    }

    /** Time has passed. */
    void beat(double nowMillis) {
        flushAcks();
        pump(nowMillis);
    }

    private void flushAcks() {
        if (open && !acks.isEmpty() && link.test(new ResultAck(new ArrayList<>(acks)))) {
            acks.clear();
        }
    }

    /** Sends what is due, as far as window, rate and socket allow. */
    private void pump(double nowMillis) {
        if (!open) {
            return;
        }
        tokens = Math.min(SENDS_AT_ONCE, tokens + (nowMillis - refilledAtMillis) * SENDS_PER_MILLI);
        refilledAtMillis = nowMillis;
        long inFlight = pending.values().stream().filter(each -> each.sent).count();
        for (Pending each : pending.values()) {
            boolean hasRoom = each.sent || inFlight < IN_FLIGHT_COUNT_MAX;
            if (hasRoom && each.dueAtMillis <= nowMillis) {
                if (tokens < 1 || !link.test(each.command)) {
                    return;
                }
                tokens--;
                inFlight += each.sent ? 0 : 1;
                each.sent = true;
                each.dueAtMillis = nowMillis + RESEND_MILLIS;
            }
        }
    }

    int pendingCount() {
        return pending.size();
    }
}
