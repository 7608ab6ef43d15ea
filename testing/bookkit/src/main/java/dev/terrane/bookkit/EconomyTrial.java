package dev.terrane.bookkit;

import dev.terrane.base.Rng;
import dev.terrane.bookkit.EconomyScript.Line;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.PayloadRefusedException;
import dev.terrane.economy.EconomyCommands;
import dev.terrane.economy.EconomyResults;
import dev.terrane.json.JsonPayloads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One seed's wishes, tried on somebody and compared with the naive model: every result, then every balance. Wishes are sent again, and sent again with another payload.
 */
public final class EconomyTrial {
    private static final long BEGIN_MILLIS = 1_700_000_000_000L;

    private final long seed;
    private final Rng rng;
    private final EconomyScript script;
    private final NaiveEconomy model;
    private final SetClock clock = new SetClock(BEGIN_MILLIS);
    private final JsonPayloads json = new JsonPayloads();
    private final Wishes wishes = new Wishes(EconomyCommands.ALL, json);
    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Integer> codes = new TreeMap<>();
    private int requestCount;

    /** @param tag of everybody in this trial, small letters and digits @param currencies two or more that nobody else uses */
    public EconomyTrial(long seed, String tag, List<String> currencies) {
        this.seed = seed;
        this.rng = new Rng(Rng.mix(seed));
        this.script = new EconomyScript(rng, tag, currencies);
        this.model = new NaiveEconomy(Set.copyOf(currencies));
    }

    /** A wish of the past. @param result as it came the first time */
    private record Sent(CommandEnvelope command, Line line, byte[] result) {}

    private record Try(CommandEnvelope command, Line line, Kind kind, byte[] before) {}

    private enum Kind {
        NEW,
        AGAIN,
        ALTERED
    }

    /** What whoever is on trial must take its time from. */
    public SetClock clock() {
        return clock;
    }

    /** How often each result came: a trial that never refused anything has tried nothing. */
    public Map<String, Integer> codes() {
        return codes;
    }

    /** @param carryOut from a batch to its results, in order @throws AssertionError with the seed, for the first difference */
    public void run(int batchCount, int batchSizeMax, Function<List<CommandEnvelope>, List<CommandResult>> carryOut) {
        deliver(script.opening().stream().map(this::fresh).toList(), carryOut);
        for (int batch = 0; batch < batchCount; batch++) {
            clock.set(clock.epochMillis() + rng.nextInt(1_000));
            List<Try> tries = new ArrayList<>();
            for (int i = 1 + rng.nextInt(batchSizeMax); i > 0; i--) {
                tries.add(rng.chance(0.15f) ? repeated() : fresh(script.next()));
            }
            deliver(tries, carryOut);
        }
    }

    /** Compares what wallets have now. @param balance of a wallet: available and held */
    public void compareBalances(Function<String, long[]> balance) {
        model.available().forEach((wallet, available) -> {
            long[] found = balance.apply(wallet);
            if (found[0] != available || found[1] != model.held(wallet)) {
                throw new AssertionError("seed " + seed + ": " + wallet + " has " + found[0] + " and " + found[1]
                        + " held; it should be " + available + " and " + model.held(wallet));
            }
        });
    }

    private Try fresh(Line line) {
        CommandEnvelope command = wishes.envelope(line.who(), "r" + requestCount++, line.wish());
        return new Try(command, line, Kind.NEW, new byte[0]);
    }

    private Try repeated() {
        Sent old = sent.get(rng.nextInt(sent.size()));
        Record altered = script.altered(old.line.wish());
        if (rng.chance(0.3f) && !altered.equals(old.line.wish())) {
            CommandEnvelope other =
                    wishes.envelope(old.line.who(), old.command.origin().requestId(), altered);
            return new Try(other, old.line, Kind.ALTERED, old.result);
        }
        return new Try(old.command, old.line, Kind.AGAIN, old.result);
    }

    private void deliver(List<Try> tries, Function<List<CommandEnvelope>, List<CommandResult>> carryOut) {
        List<CommandResult> results =
                carryOut.apply(tries.stream().map(Try::command).toList());
        for (int i = 0; i < tries.size(); i++) {
            judge(tries.get(i), results.get(i));
        }
    }

    private void judge(Try tried, CommandResult result) {
        String code = result instanceof CommandResult.Refused refused ? refused.errorCode() : Expected.DONE;
        codes.merge(code, 1, Integer::sum);
        Record wish = tried.line.wish();
        switch (tried.kind) {
            case ALTERED -> same(tried, CommandErrors.CONFLICT, code);
            case AGAIN -> same(tried, describe(tried.before), describe(bytes(result)));
            case NEW -> {
                Expected expected = model.apply(tried.line.who(), wish, clock.epochMillis());
                same(tried, expected.code(), code);
                if (result instanceof CommandResult.Done done) {
                    List<Object> numbers = numbers(wish, done.payload());
                    same(tried, expected.numbers(), numbers);
                }
                sent.add(new Sent(tried.command, tried.line, bytes(result)));
            }
        }
    }

    /** What a result says; numbers that only the books can know are learnt from it. */
    private List<Object> numbers(Record wish, byte[] payload) {
        try {
            return switch (wish) {
                case EconomyCommands.Open _ -> {
                    var opened = json.decode(EconomyResults.Opened.class, payload);
                    yield List.of(opened.created(), opened.available());
                }
                case EconomyCommands.Exchange _ -> {
                    var exchanged = json.decode(EconomyResults.Exchanged.class, payload);
                    learn(wish, exchanged.transaction());
                    yield List.of(exchanged.fee(), exchanged.received(), exchanged.available());
                }
                case EconomyCommands.PlaceHold _ -> {
                    var held = json.decode(EconomyResults.Held.class, payload);
                    learn(wish, held.hold());
                    yield List.of(held.expiresAtMillis(), held.available());
                }
                case EconomyCommands.Capture _, EconomyCommands.Release _ -> {
                    var ended = json.decode(EconomyResults.HoldEnded.class, payload);
                    learn(wish, ended.transaction());
                    yield List.of(ended.captured(), ended.released());
                }
                case EconomyCommands.Reverse _ -> {
                    var reversed = json.decode(EconomyResults.Reversed.class, payload);
                    learn(wish, reversed.transaction());
                    yield List.of(reversed.original());
                }
                case EconomyCommands.SetRate _ -> {
                    var set = json.decode(EconomyResults.RateSet.class, payload);
                    yield List.of(set.from(), set.to());
                }
                default -> {
                    var moved = json.decode(EconomyResults.Moved.class, payload);
                    learn(wish, moved.transaction());
                    yield List.of(moved.available());
                }
            };
        } catch (PayloadRefusedException e) {
            throw new AssertionError("seed " + seed + ": a result that cannot be read", e);
        }
    }

    private void learn(Record wish, long number) {
        model.number(wish, number);
        script.done(wish, number);
    }

    private void same(Try tried, Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError("seed " + seed + ": " + tried.line + " (" + tried.kind + ") came to " + found
                    + ", expected " + expected);
        }
    }

    private static byte[] bytes(CommandResult result) {
        return switch (result) {
            case CommandResult.Done done -> done.payload();
            case CommandResult.Refused refused -> refused.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String describe(byte[] result) {
        return new String(result, StandardCharsets.UTF_8);
    }
}
