package dev.terrane.postgres.service;

import dev.terrane.command.CommandCatalogue.Decoded;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.postgres.service.Outcomes.Outcome;
import dev.terrane.postgres.service.Service.Decision;
import dev.terrane.postgres.service.Service.Wish;
import dev.terrane.postgres.service.ServiceReceiver.Door;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    List<Verdict> run(Connection connection, List<Delivery> deliveries) throws SQLException {
        List<Item> items = new ArrayList<>(deliveries.size());
        for (Delivery delivery : deliveries) {
            CommandEnvelope command = delivery.command();
            items.add(new Item(command, command.idempotencyKey(), command.payloadHash()));
        }
        Map<IdempotencyKey, Outcome> known =
                outcomes.find(connection, items.stream().map(Item::key).toList());
        Map<IdempotencyKey, Decoded> fresh = new LinkedHashMap<>();
        for (Item item : items) {
            if (!known.containsKey(item.key) && !fresh.containsKey(item.key)) {
                fresh.put(item.key, decode(item.command));
            }
        }
        return new Run(connection, known, fresh).verdicts(items);
    }

    private Decoded decode(CommandEnvelope command) {
        return door.catalogue()
                .decode(command.type(), command.version(), command.origin().clientId(), command.payload());
    }

    /** One transaction's deciding. */
    private final class Run {
        private final Connection connection;
        private final Map<IdempotencyKey, Outcome> known;
        private final Map<IdempotencyKey, Decoded> fresh;
        private final Map<IdempotencyKey, Wish> wishes = new HashMap<>();
        private final TreeMap<IdempotencyKey, Outcome> decided = new TreeMap<>();
        private final OutboxRow outbox = new OutboxRow(new ArrayList<>(), new ArrayList<>());
        private final Set<String> broken = new HashSet<>();

        private Run(Connection connection, Map<IdempotencyKey, Outcome> known, Map<IdempotencyKey, Decoded> fresh) {
            this.connection = connection;
            this.known = known;
            this.fresh = fresh;
        }

        private List<Verdict> verdicts(List<Item> items) throws SQLException {
            List<Wish> inOrder = new ArrayList<>();
            for (Item item : items) {
                if (fresh.get(item.key) instanceof Decoded.Good good && !wishes.containsKey(item.key)) {
                    Wish wish = new Wish(item.command, good.payload());
                    wishes.put(item.key, wish);
                    inOrder.add(wish);
                }
            }
            if (inOrder.isEmpty()) {
                List<Verdict> verdicts =
                        items.stream().map(item -> verdict(null, item)).toList();
                writeOutcomes();
                return verdicts;
            }
            B books = service.open(connection, inOrder, door.clock().epochMillis());
            List<Verdict> verdicts = new ArrayList<>(items.size());
            for (Item item : items) {
                verdicts.add(verdict(books, item));
            }
            service.write(connection, books);
            writeOutcomes();
            return verdicts;
        }

        private Verdict verdict(@Nullable B books, Item item) {
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
            CommandResult result;
            if (fresh.get(item.key) instanceof Decoded.Bad bad) {
                result = bad.refusal();
            } else {
                try {
                    result = decide(Objects.requireNonNull(books), item);
                } catch (RuntimeException e) {
                    LOG.error("{} of {} could not be decided", item.command.type(), item.command.key(), e);
                    broken.add(item.command.key());
                    return new Verdict.Threw(e.toString());
                }
            }
            decided.put(item.key, new Outcome(item.payloadHash, result));
            return new Verdict.Settled(result);
        }

        private CommandResult decide(B books, Item item) {
            Wish wish = Objects.requireNonNull(wishes.get(item.key));
            Decision decision = service.decide(books, wish);
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

        private void writeOutcomes() throws SQLException {
            if (!decided.isEmpty()) {
                outcomes.insert(connection, decided);
            }
            if (!outbox.isEmpty()) {
                try (PreparedStatement statement = connection.prepareStatement(insertOutbox)) {
                    statement.setBytes(1, outbox.bytes());
                    statement.executeUpdate();
                }
            }
        }
    }
}
