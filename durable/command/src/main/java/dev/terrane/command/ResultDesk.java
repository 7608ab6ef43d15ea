package dev.terrane.command;

import dev.terrane.base.Meters;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Results that their clients have not acknowledged yet, to be sent again when a client's session comes back. Bounded per client, in number and in time: what is dropped, the client learns by sending
 * its request again.
 *
 * <p>Not thread-safe: one owner. After a restart it is filled from {@link LaneStore#answers}.
 */
public final class ResultDesk {
    private final int countPerClientMax;
    private final int countMax;
    private final long keptNanosMax;
    private final Meters.Count dropped;
    /** The longest kept first. */
    private final Map<CommandEnvelope.Origin, Kept> all = new LinkedHashMap<>();

    private final Map<String, Map<String, Kept>> byClient = new LinkedHashMap<>();

    private long bytes;

    private record Kept(CommandAnswer answer, long untilNanos) {
        int bytes() {
            return answer.result() instanceof CommandResult.Done done ? done.payload().length : 0;
        }
    }

    /**
     * @param countPerClientMax results kept for one client; the oldest goes first
     * @param countMax results kept for all, of {@link CommandLimits#DESK_BYTES_MAX} together
     * @param keptNanosMax how long one is kept
     */
    public ResultDesk(int countPerClientMax, int countMax, long keptNanosMax, Meters meters) {
        this.countPerClientMax = countPerClientMax;
        this.countMax = countMax;
        this.keptNanosMax = keptNanosMax;
        this.dropped = meters.count("lane_results_dropped");
    }

    /** Keeps a result until it is acknowledged. One for the same request takes the place of the one before. */
    public void keep(CommandAnswer answer, long nowNanos) {
        expire(nowNanos);
        CommandEnvelope.Origin origin = answer.origin();
        acked(origin.clientId(), origin.requestId());
        Map<String, Kept> ofClient = byClient.computeIfAbsent(origin.clientId(), _ -> new LinkedHashMap<>());
        if (ofClient.size() >= countPerClientMax) {
            drop(ofClient.values().iterator().next());
        } else if (all.size() >= countMax) {
            drop(all.values().iterator().next());
        }
        Kept kept = new Kept(answer, nowNanos + keptNanosMax);
        bytes += kept.bytes();
        while (bytes > CommandLimits.DESK_BYTES_MAX && !all.isEmpty()) {
            drop(all.values().iterator().next());
        }
        all.put(origin, kept);
        byClient.computeIfAbsent(origin.clientId(), _ -> new LinkedHashMap<>()).put(origin.requestId(), kept);
    }

    /** The client has it. Returns whether it was still kept. */
    public boolean acked(String clientId, String requestId) {
        @Nullable Kept kept = all.get(new CommandEnvelope.Origin(clientId, requestId));
        if (kept == null) {
            return false;
        }
        remove(kept);
        return true;
    }

    /** What has to be sent again to a client that came back, in the order in which it was kept. */
    public List<CommandAnswer> waiting(String clientId) {
        List<CommandAnswer> waiting = new ArrayList<>();
        for (Kept kept : byClient.getOrDefault(clientId, Map.of()).values()) {
            waiting.add(kept.answer);
        }
        return waiting;
    }

    public int size() {
        return all.size();
    }

    /** Forgets what is too old. {@link #keep} does so, too. */
    public void expire(long nowNanos) {
        Iterator<Kept> oldest = all.values().iterator();
        List<Kept> gone = new ArrayList<>();
        while (oldest.hasNext()) {
            Kept kept = oldest.next();
            if (kept.untilNanos > nowNanos) {
                break;
            }
            gone.add(kept);
        }
        gone.forEach(this::drop);
    }

    private void drop(Kept kept) {
        remove(kept);
        dropped.one();
    }

    private void remove(Kept kept) {
        CommandEnvelope.Origin origin = kept.answer.origin();
        all.remove(origin);
        bytes -= kept.bytes();
        Map<String, Kept> ofClient = byClient.get(origin.clientId());
        if (ofClient != null) {
            ofClient.remove(origin.requestId());
            if (ofClient.isEmpty()) {
                byClient.remove(origin.clientId());
            }
        }
    }
}
