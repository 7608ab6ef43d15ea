package dev.terrane.simulation.books;

import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandCatalogue.Decoded;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One service's schema: its tables, its outcomes, its outbox; and what happens in it between BEGIN and COMMIT. */
final class ServiceTables {
    final String name;
    final ServiceDesk desk;
    final Outbox outbox = new Outbox();
    private final CommandCatalogue catalogue;
    private final Poison poison;
    private final BooksSabotage sabotage;
    private final Map<IdempotencyKey, Outcome> outcomes = new TreeMap<>();

    ServiceTables(String name, ServiceDesk desk, CommandCatalogue catalogue, Poison poison, BooksSabotage sabotage) {
        this.name = name;
        this.desk = desk;
        this.catalogue = catalogue;
        this.poison = poison;
        this.sabotage = sabotage;
    }

    @Nullable
    Outcome outcome(IdempotencyKey key) {
        return outcomes.get(key);
    }

    Map<IdempotencyKey, Outcome> outcomes() {
        return outcomes;
    }

    /** Decides a batch; nothing is durable before one of the commits. */
    Run begin(List<Delivery> batch, long nowMillis) {
        Map<IdempotencyKey, Decoded> decoded = new HashMap<>();
        List<ServiceDesk.Wish> wishes = new ArrayList<>();
        for (Delivery delivery : batch) {
            CommandEnvelope command = delivery.command();
            if (!decoded.containsKey(command.idempotencyKey())) {
                Decoded read = catalogue.decode(
                        command.type(), command.version(), command.origin().clientId(), command.payload());
                decoded.put(command.idempotencyKey(), read);
                if (read instanceof Decoded.Good good) {
                    wishes.add(new ServiceDesk.Wish(command, good.payload()));
                }
            }
        }
        Run run = new Run(desk.open(wishes, nowMillis), decoded);
        batch.forEach(delivery -> run.verdicts.add(run.verdict(delivery.command())));
        return run;
    }

    /** A transaction whose commands are decided. */
    final class Run {
        final List<Verdict> verdicts = new ArrayList<>();
        private final ServiceDesk.Transaction transaction;
        private final Map<IdempotencyKey, Decoded> decoded;
        private final Map<IdempotencyKey, Outcome> decided = new TreeMap<>();
        private final List<CommandEnvelope> sent = new ArrayList<>();
        private final List<EventEnvelope> events = new ArrayList<>();
        private final Set<String> broken = new HashSet<>();

        private Run(ServiceDesk.Transaction transaction, Map<IdempotencyKey, Decoded> decoded) {
            this.transaction = transaction;
            this.decoded = decoded;
        }

        private Verdict verdict(CommandEnvelope command) {
            IdempotencyKey key = command.idempotencyKey();
            Outcome outcome = outcomes.containsKey(key) ? outcomes.get(key) : decided.get(key);
            if (outcome != null) {
                return new Verdict.Settled(
                        outcome.payloadHash() == command.payloadHash()
                                ? outcome.result()
                                : new CommandResult.Refused(
                                        CommandErrors.CONFLICT, "used before with another payload"));
            }
            if (broken.contains(command.key()) && sabotage != BooksSabotage.PARKED_KEY_OVERTAKEN) {
                return new Verdict.Behind();
            }
            try {
                poison.strike(command.type() + " " + command.origin());
                CommandResult result = result(command);
                decided.put(key, new Outcome(command.payloadHash(), result));
                return new Verdict.Settled(result);
            } catch (IllegalStateException bug) {
                broken.add(command.key());
                return new Verdict.Threw(bug.toString());
            }
        }

        private CommandResult result(CommandEnvelope command) {
            return switch (Objects.requireNonNull(decoded.get(command.idempotencyKey()))) {
                case Decoded.Bad bad -> bad.refusal();
                case Decoded.Good good -> {
                    ServiceDesk.Decision decision = transaction.decide(new ServiceDesk.Wish(command, good.payload()));
                    sent.addAll(decision.sent());
                    events.addAll(decision.events());
                    yield decision.result();
                }
            };
        }

        /** Effects, outcomes and outbox row in one step. */
        void commit() {
            commitEffects();
            commitOutcomes();
        }

        /** For sabotage only: half of it. */
        void commitEffects() {
            transaction.write();
            outbox.add(sent, events);
        }

        /** For sabotage only: the other half. */
        void commitOutcomes() {
            outcomes.putAll(decided);
        }
    }
}
