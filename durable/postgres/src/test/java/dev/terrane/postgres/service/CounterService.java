package dev.terrane.postgres.service;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandResult;
import dev.terrane.command.CommandType;
import dev.terrane.command.EventEnvelope;
import dev.terrane.postgres.service.CounterService.Tallies;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Counts. An amount of 13 throws, one of 0 is refused, one of 5,000 is more than the database takes. */
final class CounterService implements Service<Tallies> {
    static final CommandType<Add> ADD = new CommandType<>("cmd.counter.add", 1, Add.class, (add, _) -> add.name());

    /** Runs once, between deciding and writing: the place where others get in between. */
    final AtomicReference<Runnable> beforeWrite = new AtomicReference<>(() -> {});

    /** Runs once, before anything is locked. */
    final AtomicReference<Runnable> beforeOpen = new AtomicReference<>(() -> {});

    final AtomicInteger openCount = new AtomicInteger();
    final AtomicInteger decisionCount = new AtomicInteger();

    record Add(String name, long amount) {}

    static final class Tallies {
        final SortedMap<String, Long> values = new TreeMap<>();
    }

    @Override
    public Tallies open(Connection connection, List<Wish> wishes, long nowMillis) throws SQLException {
        openCount.incrementAndGet();
        beforeOpen.getAndSet(() -> {}).run();
        Tallies tallies = new Tallies();
        wishes.forEach(wish -> tallies.values.put(((Add) wish.payload()).name(), 0L));
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT name, value FROM counter.tally WHERE name = ANY (?) ORDER BY name FOR UPDATE")) {
            select.setArray(
                    1, connection.createArrayOf("text", tallies.values.keySet().toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    tallies.values.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return tallies;
    }

    @Override
    public Decision decide(Tallies tallies, Wish wish) {
        decisionCount.incrementAndGet();
        Add add = (Add) wish.payload();
        if (add.amount == 13) {
            throw new IllegalStateException("nobody counts on thirteen");
        }
        if (add.amount == 0) {
            return Decision.of(new CommandResult.Refused("NOTHING", "nothing is not added"));
        }
        long value = tallies.values.merge(add.name, add.amount, Long::sum);
        byte[] now = Long.toString(value).getBytes(StandardCharsets.UTF_8);
        CommandEnvelope command = wish.command();
        EventEnvelope event = new EventEnvelope(
                "evt.counter.added", add.name, "e" + value, command.trace().eventId(), 1, now);
        CommandEnvelope sent = new CommandEnvelope(
                "cmd.counter.echo",
                1,
                add.name,
                new CommandEnvelope.Origin("service:counter", command.origin().requestId()),
                command.trace(),
                now);
        return new Decision(new CommandResult.Done(now), List.of(event), List.of(sent));
    }

    @Override
    public void write(Tallies tallies, Writes writes) {
        beforeWrite.getAndSet(() -> {}).run();
        writes.add(
                "INSERT INTO counter.tally SELECT * FROM unnest(?::text[], ?::bigint[]) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                tallies.values.keySet().toArray(String[]::new),
                tallies.values.values().stream().mapToLong(Long::longValue).toArray());
    }
}
