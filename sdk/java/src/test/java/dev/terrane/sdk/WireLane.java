package dev.terrane.sdk;

import dev.terrane.base.CharacterId;
import dev.terrane.base.Rng;
import dev.terrane.command.CommandResult;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.LaneOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command lane as {@link CommandPort} promises it, and no better: what it has taken is lost when it crashes before it was stored, results come late, twice, or not
 * at all while they are kept. Its store outlives crashes.
 */
final class WireLane implements CommandPort {
    private static final int STEPS_UNTIL_STORED_MAX = 5;
    private static final int STEPS_UNTIL_DONE_MAX = 60;

    private final Rng rng;
    private final WireFaults faults;
    private long step;

    /** Taken, not stored. */
    private final ArrayDeque<Job> taken = new ArrayDeque<>();
    /** Stored, not carried out. */
    private final ArrayDeque<Job> stored = new ArrayDeque<>();

    final Map<String, String> effects = new LinkedHashMap<>();
    private final Map<String, Map<String, LaneOutput.Result>> kept = new LinkedHashMap<>();
    private final Map<CharacterId, Seat> seats = new LinkedHashMap<>();

    private record Job(CharacterId character, Wish wish, long dueStep) {}

    private record Seat(Caller caller, GatewayInbox inbox) {}

    WireLane(Rng rng, WireFaults faults) {
        this.rng = rng;
        this.faults = faults;
    }

    @Override
    public void attached(Caller caller, boolean resumed, GatewayInbox answerTo) {
        seats.put(caller.character(), new Seat(caller, answerTo));
        keptFor(caller.character()).values().forEach(result -> offer(caller.character(), result));
    }

    @Override
    public Submission submit(Caller caller, Wish wish) {
        if (rng.chance(faults.busy())) {
            return new Submission.Refused(new CommandResult.Refused("BUSY", "the store is away", 1 + rng.nextInt(900)));
        }
        taken.add(new Job(caller.character(), wish, step + 1 + rng.nextInt(STEPS_UNTIL_STORED_MAX)));
        return Submission.ACCEPTED;
    }

    @Override
    public void acked(Caller caller, List<String> requestIds) {
        requestIds.forEach(keptFor(caller.character())::remove);
    }

    @Override
    public void detached(Caller caller) {
        seats.computeIfPresent(caller.character(), (_, seat) -> seat.caller.equals(caller) ? null : seat);
    }

    void step() {
        step++;
        while (!taken.isEmpty() && taken.getFirst().dueStep <= step) {
            Job job = taken.removeFirst();
            stored.add(new Job(job.character, job.wish, step + 1 + rng.nextInt(STEPS_UNTIL_DONE_MAX)));
        }
        List<Job> due = new ArrayList<>();
        stored.removeIf(job -> job.dueStep <= step && due.add(job));
        due.forEach(this::carryOut);
    }

    /** What was not stored is gone, and nobody is told of it. Who is attached has to come again. */
    void crash() {
        taken.clear();
        seats.clear();
    }

    /** Delivered any number of times, the effect happens once, and the result is that of the first time. */
    private void carryOut(Job job) {
        String id = job.wish.requestId();
        String payload = new String(job.wish.payload(), StandardCharsets.UTF_8);
        String told = effects.computeIfAbsent(id, first -> "{\"of\":" + payload + "}");
        CommandResult result = payload.contains("refuse")
                ? new CommandResult.Refused("NO", told)
                : new CommandResult.Done(told.getBytes(StandardCharsets.UTF_8));
        LaneOutput.Result answer = new LaneOutput.Result(0, id, job.wish.type(), result);
        keptFor(job.character).put(id, answer);
        offer(job.character, answer);
    }

    private void offer(CharacterId character, LaneOutput.Result result) {
        Seat seat = seats.get(character);
        int times = rng.chance(faults.lostResult()) ? 0 : rng.chance(faults.doubledResult()) ? 2 : 1;
        for (int i = 0; i < times && seat != null; i++) {
            seat.inbox.offer(
                    new LaneOutput.Result(seat.caller.session(), result.requestId(), result.type(), result.result()));
        }
    }

    int keptCount() {
        return kept.values().stream().mapToInt(Map::size).sum();
    }

    private Map<String, LaneOutput.Result> keptFor(CharacterId character) {
        return kept.computeIfAbsent(character.toString(), first -> new LinkedHashMap<>());
    }
}
