package dev.terrane.http;

import dev.terrane.base.CharacterId;
import dev.terrane.command.CommandResult;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.LaneOutput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** As much of a command lane as its clients can see: one effect per request id, results kept until acked; and what it hears, for tests to wait for. It outlives gateways. */
final class TinyLane implements CommandPort {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Map<String, Integer> effects = new LinkedHashMap<>();
    private final Map<CharacterId, Seat> seats = new LinkedHashMap<>();
    private final Map<String, LaneOutput.Result> kept = new LinkedHashMap<>();
    private final List<Wish> waiting = new ArrayList<>();
    /** Results are told when the test says so. */
    private boolean holdsBack;

    private int tellCount = 1;
    private int busyCount;

    private record Seat(Caller caller, GatewayInbox inbox) {}

    synchronized void holdBack() {
        holdsBack = true;
    }

    /** Each result is told so often. */
    synchronized void tell(int times) {
        tellCount = times;
    }

    /** Takes none of the next so many. */
    synchronized void beBusy(int count) {
        busyCount = count;
    }

    @Override
    public synchronized void attached(Caller caller, boolean resumed, GatewayInbox answerTo) {
        seats.put(caller.character(), new Seat(caller, answerTo));
        for (LaneOutput.Result result : kept.values()) {
            answerTo.offer(new LaneOutput.Result(caller.session(), result.requestId(), result.type(), result.result()));
        }
        heard.add("attached");
    }

    @Override
    public synchronized Submission submit(Caller caller, Wish wish) {
        if (busyCount > 0) {
            busyCount--;
            heard.add("busy " + wish.requestId());
            return new Submission.Refused(new CommandResult.Refused("BUSY", "try again", 1));
        }
        heard.add("submit " + wish.requestId());
        if (holdsBack) {
            waiting.add(wish);
        } else {
            carryOut(caller.character(), wish);
        }
        return Submission.ACCEPTED;
    }

    /** Carries out what was held back. */
    synchronized void goOn(CharacterId character) {
        holdsBack = false;
        waiting.forEach(wish -> carryOut(character, wish));
        waiting.clear();
    }

    private void carryOut(CharacterId character, Wish wish) {
        int order = effects.computeIfAbsent(wish.requestId(), first -> effects.size() + 1);
        byte[] json = String.valueOf(order).getBytes(StandardCharsets.UTF_8);
        LaneOutput.Result result =
                new LaneOutput.Result(0, wish.requestId(), wish.type(), new CommandResult.Done(json));
        kept.put(wish.requestId(), result);
        Seat seat = seats.get(character);
        for (int i = 0; i < tellCount && seat != null; i++) {
            seat.inbox.offer(
                    new LaneOutput.Result(seat.caller.session(), result.requestId(), result.type(), result.result()));
        }
    }

    @Override
    public synchronized void acked(Caller caller, List<String> requestIds) {
        requestIds.forEach(kept::remove);
        heard.add("acked " + requestIds);
    }

    @Override
    public synchronized void detached(Caller caller) {
        seats.computeIfPresent(caller.character(), (_, seat) -> seat.caller.equals(caller) ? null : seat);
        heard.add("detached");
    }

    synchronized long session(CharacterId character) {
        Seat seat = seats.get(character);
        if (seat == null) {
            throw new IllegalStateException("nobody plays " + character);
        }
        return seat.caller.session();
    }

    synchronized int effectCount() {
        return effects.size();
    }

    synchronized int keptCount() {
        return kept.size();
    }

    /** Waits until every result was acked. */
    void awaitNothingKept() throws InterruptedException {
        while (keptCount() > 0) {
            if (heard.poll(60, TimeUnit.SECONDS) == null) {
                throw new AssertionError(keptCount() + " results were not acked");
            }
        }
    }

    /** Waits for a line; others before it are skipped. */
    void await(String line) throws InterruptedException {
        List<String> skipped = new ArrayList<>();
        while (true) {
            String next = heard.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("'" + line + "' was not heard, but " + skipped);
            }
            if (next.equals(line)) {
                return;
            }
            skipped.add(next);
        }
    }
}
