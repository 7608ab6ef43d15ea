package dev.terrane.postgres.service;

import dev.terrane.command.CommandCatalogue.Decoded;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.command.Expiring;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.postgres.service.Outcomes.Outcome;
import dev.terrane.postgres.service.Service.Decision;
import dev.terrane.postgres.service.Service.Wish;
import dev.terrane.postgres.service.ServiceReceiver.Door;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens between BEGIN and COMMIT. */
final class ServiceTransaction<B> {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceTransaction.class);

    private final Door door;
    private final Service<B> service;
    private final Outcomes outcomes;
    private final String insertOutbox;

    ServiceTransaction(Door door, Service<B> service) {
        this.door = door;
        this.service = service;
        this.outcomes = new Outcomes(door.schema());
        this.insertOutbox = "INSERT INTO " + door.schema().name() + ".outbox (content) VALUES (?)";
    }

    /** A delivery with what is worked out of it once. */
    private record Item(CommandEnvelope command, IdempotencyKey key, long payloadHash) {}

    /** When to look up what was carried out earlier. Whoever has committed the same commands without having been looked up is met at their keys, or makes something fail that should not: then there is another try. */
    enum Look {
        /** Nearly every command is new. */
        NEVER,
        /** Before anything is locked: others do not wait for it. */
        BEFORE_LOCKS,
        /** Before, so that what is known needs no locks; and again when everything is locked: nobody can carry the same out in between. */
        UNDER_LOCKS;

        Look further() {
            return this == NEVER ? BEFORE_LOCKS : UNDER_LOCKS;
        }
    }

    /** One try. */
    List<Verdict> run(Connection connection, List<Delivery> deliveries, Look look) throws SQLException {
        List<Item> items = new ArrayList<>(deliveries.size());
        Map<IdempotencyKey, Decoded> decoded = new HashMap<>();
        for (Delivery delivery : deliveries) {
            CommandEnvelope command = delivery.command();
            Item item = new Item(command, command.idempotencyKey(), command.payloadHash());
            items.add(item);
            decoded.computeIfAbsent(item.key, _ -> decode(command));
        }
        Map<IdempotencyKey, Outcome> known =
                look == Look.NEVER ? Map.of() : outcomes.find(connection, decoded.keySet());
        long nowMillis = door.clock().epochMillis();
        List<Wish> wishes = wishes(items, known, decoded);
        B books = wishes.isEmpty() ? null : service.open(connection, wishes, nowMillis);
        if (look == Look.UNDER_LOCKS) {
            known = outcomes.find(connection, decoded.keySet());
        }
        return new Run(books, nowMillis, known, decoded, look == Look.UNDER_LOCKS).verdicts(connection, items);
    }

    /** What can be carried out and was not yet, each once. */
    private static List<Wish> wishes(
            List<Item> items, Map<IdempotencyKey, Outcome> known, Map<IdempotencyKey, Decoded> decoded) {
        List<Wish> wishes = new ArrayList<>(items.size());
        Set<IdempotencyKey> seen = new HashSet<>();
        for (Item item : items) {
            if (!known.containsKey(item.key)
                    && decoded.get(item.key) instanceof Decoded.Good good
                    && seen.add(item.key)) {
                wishes.add(new Wish(item.command, good.payload()));
            }
        }
        return wishes;
    }

    private Decoded decode(CommandEnvelope command) {
        return door.catalogue()
                .decode(command.type(), command.version(), command.origin().clientId(), command.payload());
    }

    /** One transaction's deciding. */
    private final class Run {
        private final @Nullable B books;
        private final long nowMillis;
        private final Map<IdempotencyKey, Outcome> known;
        private final Map<IdempotencyKey, Decoded> decoded;
        private final boolean last;
        private final TreeMap<IdempotencyKey, Outcome> decided = new TreeMap<>();
        private final OutboxRow outbox = new OutboxRow(new ArrayList<>(), new ArrayList<>());
        private final Set<String> broken = new HashSet<>();

        private Run(
                @Nullable B books,
                long nowMillis,
                Map<IdempotencyKey, Outcome> known,
                Map<IdempotencyKey, Decoded> decoded,
                boolean last) {
            this.books = books;
            this.nowMillis = nowMillis;
            this.known = known;
            this.decoded = decoded;
            this.last = last;
        }

        private List<Verdict> verdicts(Connection connection, List<Item> items) throws SQLException {
            List<Verdict> verdicts = new ArrayList<>(items.size());
            for (Item item : items) {
                verdicts.add(verdict(item));
            }
            Writes writes = new Writes();
            if (books != null) {
                service.write(books, writes);
            }
            if (!decided.isEmpty()) {
                outcomes.insert(decided, writes);
            }
            if (!outbox.isEmpty()) {
                writes.add(insertOutbox, (Object) outbox.bytes());
            }
            if (!writes.isEmpty()) {
                writes.commit(connection);
            }
            return verdicts;
        }

        private Verdict verdict(Item item) {
            Outcome outcome = known.get(item.key);
            if (outcome == null) {
                outcome = decided.get(item.key);
            }
            if (outcome != null) {
                return new Verdict.Settled(
                        outcome.payloadHash() == item.payloadHash ? outcome.result() : conflict(item));
            }
            if (broken.contains(item.command.key())) {
                return new Verdict.Behind();
            }
            try {
                CommandResult result = result(item);
                decided.put(item.key, new Outcome(item.payloadHash, result));
                return new Verdict.Settled(result);
            } catch (RuntimeException e) {
                if (!last) {
                    throw e;
                }
                LOG.error("{} of {} could not be decided", item.command.type(), item.command.key(), e);
                broken.add(item.command.key());
                return new Verdict.Threw(e.toString());
            }
        }

        private CommandResult result(Item item) {
            return switch (Objects.requireNonNull(decoded.get(item.key))) {
                case Decoded.Bad bad -> bad.refusal();
                case Decoded.Good good -> {
                    CommandResult tooLate = Expiring.refusal(good.payload(), nowMillis);
                    yield tooLate == null ? decided(new Wish(item.command, good.payload())) : tooLate;
                }
            };
        }

        private CommandResult decided(Wish wish) {
            Decision decision = service.decide(Objects.requireNonNull(books), wish);
            outbox.sent().addAll(decision.sent());
            outbox.events().addAll(decision.events());
            return decision.result();
        }

        private static CommandResult conflict(Item item) {
            return new CommandResult.Refused(
                    CommandErrors.CONFLICT,
                    "the request id '" + item.command.origin().requestId()
                            + "' was used before with another payload; choose a new one for a new wish");
        }
    }
}
