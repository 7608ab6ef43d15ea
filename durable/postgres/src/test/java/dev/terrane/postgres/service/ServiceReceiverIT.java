package dev.terrane.postgres.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Clock;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Reply;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.CommandResult;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.SharedPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ServiceReceiverIT {
    private static final ServiceSchema SCHEMA = new ServiceSchema("counter");
    private static final Database DATABASE = SCHEMA.open(SharedPostgres.SERVER.address(), 2);
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(2);

    private final CounterService service = new CounterService();
    private final ServiceReceiver receiver = receiver(DATABASE, THREADS);
    private final String mine = "t" + UUID.randomUUID();

    @AfterAll
    static void close() {
        THREADS.close();
        DATABASE.close();
    }

    @Test
    void carriesABatchOutInOrder() {
        assertThat(results(add("1", mine, 5), add("2", mine, 7), add("3", mine, -2)))
                .containsExactly("5", "12", "10");
        assertThat(value(mine)).isEqualTo(10);
    }

    @Test
    void givesTheSameResultHoweverOftenItIsAsked() {
        CommandEnvelope wish = add("1", mine, 5);
        assertThat(results(wish, wish)).containsExactly("5", "5");
        assertThat(results(add("2", mine, 1), wish)).containsExactly("6", "5");
        assertThat(value(mine)).isEqualTo(6);
    }

    @Test
    void refusesAnotherPayloadUnderTheSameRequest() {
        assertThat(results(add("1", mine, 5), add("1", mine, 6))).containsExactly("5", "CONFLICT");
        assertThat(results(add("1", mine, 7))).containsExactly("CONFLICT");
        assertThat(value(mine)).isEqualTo(5);
    }

    @Test
    void remembersRefusals() {
        assertThat(results(add("1", mine, 0))).containsExactly("NOTHING");
        assertThat(results(add("1", mine, 0))).containsExactly("NOTHING");
        CommandEnvelope unknown = new CommandEnvelope("cmd.counter.burn", 1, mine, origin("2"), trace(), new byte[0]);
        assertThat(results(unknown)).containsExactly("UNKNOWN_COMMAND");
        CommandEnvelope broken = new CommandEnvelope("cmd.counter.add", 1, mine, origin("3"), trace(), bytes("name=x"));
        assertThat(results(broken)).containsExactly("INVALID_PAYLOAD");
    }

    @Test
    void aDecisionThatThrowsStopsItsKeyAlone() {
        String other = mine + "-other";
        assertThat(results(add("1", mine, 1), add("2", mine, 13), add("3", mine, 1), add("4", other, 2)))
                .containsExactly("1", "threw", "behind", "2");
        assertThat(value(mine)).isEqualTo(1);
        assertThat(value(other)).isEqualTo(2);
    }

    @Test
    void whatTheDatabaseRefusesIsFoundOutOneByOne() {
        String other = mine + "-other";
        assertThat(results(add("1", mine, 1), add("2", mine, 5_000), add("3", mine, 1), add("4", other, 2)))
                .containsExactly("1", "threw", "behind", "2");
        assertThat(value(mine)).isEqualTo(1);
        assertThat(value(other)).isEqualTo(2);
    }

    @Test
    void runsAgainWhenSomebodyElseWasFaster() {
        CommandEnvelope wish = add("1", mine, 5);
        List<String> inBetween = new ArrayList<>();
        service.beforeWrite.set(() -> inBetween.addAll(results(wish)));
        assertThat(results(wish, add("2", mine, 1))).containsExactly("5", "6");
        assertThat(inBetween).containsExactly("5");
        assertThat(value(mine)).isEqualTo(6);
    }

    @Test
    void whatOthersCommitWhileASecondRunWaitsForItsLocksIsKnownInTheThird() {
        CommandEnvelope first = add("1", mine, 5);
        CommandEnvelope second = add("2", mine, 1);
        service.beforeWrite.set(() -> {
            results(first);
            service.beforeOpen.set(() -> results(second));
        });
        assertThat(results(first, second)).containsExactly("5", "6");
        assertThat(service.decisionCount).hasValue(2 + 1 + 1 + 1); // none by the third run
        assertThat(value(mine)).isEqualTo(6);
    }

    @Test
    void whatWasCarriedOutIsSettledThoughItsRepetitionWouldBeRefused() {
        CommandEnvelope wish = add("1", mine, 600);
        service.beforeWrite.set(() -> results(wish));
        assertThat(results(wish)).containsExactly("600");
        assertThat(value(mine)).isEqualTo(600);
    }

    @Test
    void whatIsKnownNeedsNoLocksWhenItComesAgain() throws SQLException {
        CommandEnvelope wish = add("1", mine, 5);
        results(wish);
        try (Connection other = DriverManager.getConnection(
                        SharedPostgres.SERVER.address().jdbcUrl(),
                        SharedPostgres.SERVER.address().user(),
                        SharedPostgres.SERVER.address().password());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM counter.tally WHERE name = '" + mine + "' FOR UPDATE");
            List<Verdict> verdicts = Answer.of(receiver, List.of(new Delivery(0, wish, 2)));
            assertThat(verdicts.stream().map(ServiceReceiverIT::text)).containsExactly("5");
            other.rollback();
        }
    }

    @Test
    void nothingIsOpenedForWhatIsKnownOnceSomethingKnownHasCome() {
        CommandEnvelope wish = add("1", mine, 5);
        CommandEnvelope another = add("2", mine, 2);
        results(wish);
        results(another);
        assertThat(results(wish)).as("met at its key").containsExactly("5");
        assertThat(service.openCount).hasValue(3);
        assertThat(results(wish, another)).as("looked for beforehand").containsExactly("5", "7");
        assertThat(service.openCount).hasValue(3);
        assertThat(value(mine)).isEqualTo(7);
    }

    @Test
    void aBatchComesAgainWhenTheDatabaseIsAway() {
        DatabaseAddress nowhere = new DatabaseAddress("jdbc:postgresql://127.0.0.1:1/nowhere", "nobody", "");
        try (Database away = new Database(nowhere, new Database.Options("terrane-away", 1, ""))) {
            assertThatThrownBy(() -> Answer.of(receiver(away, THREADS), List.of(new Delivery(0, add("1", mine, 1), 1))))
                    .hasMessageContaining("unavailable: could not carry out commands");
        }
    }

    @Test
    void aBatchComesAgainWhenTheServerShutsDown() {
        ExecutorService gone = Executors.newSingleThreadExecutor();
        gone.shutdown();
        assertThatThrownBy(() -> Answer.of(receiver(DATABASE, gone), List.of(new Delivery(0, add("1", mine, 1), 1))))
                .hasMessageContaining("unavailable: shutting down");
    }

    @Test
    void whoeverCannotBeToldKeepsNobodyElseFromHearing() {
        try (ExecutorService inOrder = Executors.newSingleThreadExecutor()) {
            ServiceReceiver busy = receiver(DATABASE, inOrder);
            busy.deliver(List.of(new Delivery(0, add("1", mine, 1), 1)), new Reply() {
                @Override
                public void answered(List<Verdict> verdicts) {
                    throw new IllegalStateException("deaf");
                }

                @Override
                public void unavailable(String why) {
                    throw new IllegalStateException("deaf");
                }
            });
            List<Verdict> heard = Answer.of(busy, List.of(new Delivery(1, add("2", mine, 1), 1)));
            assertThat(heard).map(ServiceReceiverIT::text).containsExactly("2");
        }
    }

    @Test
    void keepsInTheOutboxWhatOthersAreToBeTold() {
        ServiceOutbox outbox = new ServiceOutbox(DATABASE, SCHEMA);
        results(add("1", mine, 5), add("2", mine, 0), add("3", mine, 1));
        results(add("1", mine, 5));
        ServiceOutbox.Waiting waiting = outbox.peek(10_000);
        assertThat(waiting.events().stream()
                        .filter(event -> event.key().equals(mine))
                        .map(EventEnvelope::eventId))
                .containsExactly("e5", "e6");
        assertThat(waiting.sent().stream()
                        .filter(command -> command.key().equals(mine))
                        .map(command -> command.origin().requestId()))
                .containsExactly("1", "3");
        assertThat(outbox.lagMillis()).isPresent();
        outbox.drop(waiting.ids());
        assertThat(outbox.peek(10_000).events()).noneMatch(event -> event.key().equals(mine));
    }

    @Test
    void forgetsOldOutcomesButNoneOfToday() {
        ServiceUpkeep upkeep = new ServiceUpkeep(DATABASE, SCHEMA);
        assertThat(results(add("1", mine, 5), add("2", mine, 1))).containsExactly("5", "6");
        makeOlder(add("1", mine, 5));
        assertThat(upkeep.forgetOutcomes(0, List.of(), 100_000)).isPositive(); // earlier runs may have left some, too
        assertThat(results(add("2", mine, 1))).containsExactly("6");
        assertThat(results(add("1", mine, 5))).containsExactly("11");
    }

    @Test
    void forgetsNoOutcomeOfADeadLetterAndSoManyAtATime() {
        ServiceUpkeep upkeep = new ServiceUpkeep(DATABASE, SCHEMA);
        results(add("1", mine, 5), add("2", mine, 1), add("3", mine, 1));
        upkeep.forgetOutcomes(0, List.of(), 100_000);
        for (String request : List.of("1", "2", "3")) {
            makeOlder(add(request, mine, request.equals("1") ? 5 : 1));
        }
        List<IdempotencyKey> letters = List.of(add("1", mine, 5).idempotencyKey());
        assertThat(upkeep.forgetOutcomes(0, letters, 1)).isEqualTo(1);
        assertThat(upkeep.forgetOutcomes(0, letters, 5)).isEqualTo(1);
        assertThat(results(add("1", mine, 5))).as("revived by an operator").containsExactly("5");
    }

    private static void makeOlder(CommandEnvelope command) {
        SharedPostgres.ADMIN.run(
                "make it older",
                handle -> handle.createUpdate(
                                "UPDATE counter.outcome SET at = now() - interval '3 days' WHERE key = :key")
                        .bind("key", command.idempotencyKey().bytes())
                        .execute());
    }

    @Test
    void aServiceIsNotLetIntoOthersSchemas() {
        assertThatThrownBy(() -> DATABASE.call(
                        "read",
                        handle -> handle.createQuery("SELECT count(*) FROM terrane.cell_grant")
                                .mapTo(Long.class)
                                .one()))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> DATABASE.call("forget", handle -> handle.execute("DELETE FROM counter.outcome")))
                .hasMessageContaining("permission denied");
    }

    @Test
    void saysWhatToRunWhenItMayNotCreateTheRole() {
        SharedPostgres.ADMIN.run("create a user", handle -> handle.execute("""
                        DO $$ BEGIN
                            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'nobody_special') THEN
                                CREATE ROLE nobody_special LOGIN PASSWORD 'nothing';
                            END IF;
                        END $$"""));
        DatabaseAddress nobody =
                new DatabaseAddress(SharedPostgres.SERVER.address().jdbcUrl(), "nobody_special", "nothing");
        assertThatThrownBy(() -> new ServiceSchema("unheardof").open(nobody, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "CREATE ROLE terrane_unheardof NOLOGIN; GRANT terrane_unheardof TO \"nobody_special\";");
    }

    /** However slow the machine is: what has just been met is looked for. */
    private static final class StandingClock implements Clock {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public long epochMillis() {
            return Clock.system().epochMillis();
        }
    }

    /** Two workers: one is somebody else. */
    private ServiceReceiver receiver(Database database, ExecutorService threads) {
        CommandCatalogue catalogue = new CommandCatalogue(List.of(CounterService.ADD), new TextCodec());
        return new ServiceReceiver(
                new ServiceReceiver.Door(database, SCHEMA, catalogue, new StandingClock()),
                service,
                threads,
                new ServiceReceiver.Options(2, 512));
    }

    private List<String> results(CommandEnvelope... wishes) {
        List<Delivery> batch = new ArrayList<>();
        for (CommandEnvelope wish : wishes) {
            batch.add(new Delivery(batch.size(), wish, 1));
        }
        return Answer.of(receiver, batch).stream().map(ServiceReceiverIT::text).toList();
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Settled(CommandResult.Done done) -> new String(done.payload(), StandardCharsets.UTF_8);
            case Verdict.Settled(CommandResult.Refused refused) -> refused.errorCode();
            case Verdict.Threw _ -> "threw";
            case Verdict.Unreached _ -> "unreached";
            case Verdict.Behind _ -> "behind";
        };
    }

    private long value(String name) {
        return DATABASE.call(
                "look",
                handle -> handle.createQuery("SELECT value FROM counter.tally WHERE name = :name")
                        .bind("name", name)
                        .mapTo(Long.class)
                        .one());
    }

    private CommandEnvelope add(String request, String name, long amount) {
        byte[] payload = new TextCodec().encode(new CounterService.Add(name, amount));
        return new CommandEnvelope("cmd.counter.add", 1, name, origin(request), trace(), payload);
    }

    private CommandEnvelope.Origin origin(String request) {
        return new CommandEnvelope.Origin("service:" + mine, request);
    }

    private static CommandEnvelope.Trace trace() {
        return new CommandEnvelope.Trace("event", "correlation", "", "test", 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
