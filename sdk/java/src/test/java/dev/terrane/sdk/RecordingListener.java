package dev.terrane.sdk;

import dev.terrane.base.RegionId;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.client.EventValues;
import dev.terrane.protocol.client.GameMessage;
import dev.terrane.protocol.client.SelfValues;
import dev.terrane.protocol.client.ServerMessage.Event;
import dev.terrane.protocol.client.ServerMessage.ServerError;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what it hears, one line each. */
final class RecordingListener implements ClientListener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final AtomicInteger happenedCount = new AtomicInteger();
    volatile String lastReason = "";
    final List<Double> ages = new ArrayList<>();
    final List<Double> trips = new ArrayList<>();

    /** Everything heard since the last call. */
    List<String> heard() {
        List<String> all = new ArrayList<>();
        heard.drainTo(all);
        return all;
    }

    /** Waits for a line that begins so; others before it are skipped. */
    String await(String beginning) throws InterruptedException {
        List<String> skipped = new ArrayList<>();
        while (true) {
            String next = heard.poll(60, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing that begins with '" + beginning + "' was heard, but " + skipped);
            }
            skipped.add(next);
            if (next.startsWith(beginning)) {
                return next;
            }
        }
    }

    @Override
    public void opened(TerraneClient client, Welcome welcome) {
        heard.add("opened");
    }

    @Override
    public void entered(Entity entity) {
        heard.add("entered " + entity.id() + " at " + entity.worldX());
    }

    @Override
    public void changed(Entity entity, long fieldMask) {
        heard.add("changed " + entity.id() + " to " + entity.worldX());
    }

    @Override
    public void left(Entity entity, LeaveReason reason) {
        heard.add("left " + entity.id() + " " + reason + " from " + entity.worldX());
    }

    @Override
    public void event(EventValues event, RegionId region) {
        boolean empty = event.type().fields().isEmpty();
        heard.add("event " + event.type().name() + (empty ? "" : " " + event.bits(0)) + " in " + region);
    }

    @Override
    public void self(SelfValues self, ServerSnapshot snapshot) {
        heard.add("self at " + self.floatValue(0, 0));
    }

    @Override
    public void corrected(Correction correction) {
        heard.add("corrected " + (correction.teleport() ? "by a leap of " : "by ") + Math.round(correction.metres()));
    }

    @Override
    public void notPredicted(String reason) {
        heard.add("not predicted: " + reason);
    }

    @Override
    public void sliceArrived(double ageMillis) {
        ages.add(ageMillis);
    }

    @Override
    public void roundTrip(double millis) {
        trips.add(millis);
    }

    @Override
    public void happened(Event event) {
        happenedCount.incrementAndGet();
        heard.add("happened " + event.id());
    }

    @Override
    public void message(GameMessage message) {
        heard.add("message " + message.payload().length);
    }

    int happenedCount() {
        return happenedCount.get();
    }

    @Override
    public void error(ServerError error) {
        heard.add("error " + error.code());
    }

    @Override
    public void lost(ErrorCode error, String reason) {
        heard.add("lost " + error);
    }

    @Override
    public void closed(ErrorCode error, String reason) {
        lastReason = reason;
        heard.add("closed " + error);
    }
}
