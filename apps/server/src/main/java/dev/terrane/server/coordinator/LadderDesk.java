package dev.terrane.server.coordinator;

import dev.terrane.base.NodeId;
import dev.terrane.coordinator.Command;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.WorldBeginning;
import dev.terrane.coordinator.WorldPace;
import dev.terrane.node.NodeMessage;
import dev.terrane.placement.LoadLadder;
import dev.terrane.placement.Posture;
import dev.terrane.placement.Rung;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of one leadership: steps the world down and up by what sims say of their workers, and names the tick from which all nodes do. The coordinator's thread.
 *
 * <p>One change at a time: nothing is looked at before the readings can show the last one. Whoever leads next finds the world in the posture that the log has.
 */
final class LadderDesk {
    /** As a server that is alone looks: its rules are counted in such steps. */
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** From the entry to its first tick: time for the log and every node's map. */
    private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** From that tick on: averages of a second, said twice a second. */
    private static final long ECHO_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    private static final Logger LOG = LoggerFactory.getLogger(LadderDesk.class);

    private final long term;
    private final WorldPlan world;
    private final CrowdBook book;
    private @Nullable LoadLadder ladder;
    private boolean underway;
    private long steppedNanos;
    private long quietUntilNanos;

    LadderDesk(long term, WorldPlan world, CrowdBook book, long nowNanos) {
        this.term = term;
        this.world = world;
        this.book = book;
        this.steppedNanos = nowNanos;
        this.quietUntilNanos = nowNanos + ECHO_NANOS; // what was said to the leader before is older
    }

    /** What became of an entry is in the state now, or will never be known: then it is proposed again. */
    void answered(Entry entry) {
        underway &=
                !(entry.command() instanceof Command.PutValue put && put.key().equals(WorldPace.key(world.id())));
    }

    /** Whether the world is asked to split though it is within its limits. */
    boolean isPressed() {
        return ladder != null && ladder.posture().rung().compareTo(Rung.SPLIT) >= 0;
    }

    /** What to put into the log now. @param nowMillis Unix time */
    Optional<Entry> step(CoordinatorState state, long now, long nowMillis) {
        Optional<WorldBeginning> beginning = WorldBeginning.of(state, world.id());
        if (beginning.isEmpty() || underway || now < quietUntilNanos || now - steppedNanos < STEP_NANOS) {
            return Optional.empty();
        }
        steppedNanos = now;
        WorldBeginning first = beginning.get();
        WorldPace pace = WorldPace.of(state, world.id(), first.tick());
        LoadLadder steps = ladder == null ? new LoadLadder(world.ladder(), pace.posture()) : ladder;
        ladder = steps;
        NodeMessage.Strain strain = book.strain(sims(state));
        Posture wanted = steps.step(strain.busyPercent(), strain.behindTicks());
        if (pace.isLike(wanted)) {
            return Optional.empty();
        }
        long nanos = TimeUnit.MILLISECONDS.toNanos(nowMillis - first.epochMillis()) + LEAD_NANOS;
        WorldPace next = pace.then(pace.tickAt(nanos, world.tickRate()), wanted, world.tickRate());
        log(pace, next, strain);
        underway = true;
        quietUntilNanos = now + LEAD_NANOS + ECHO_NANOS;
        String key = WorldPace.key(world.id());
        return Optional.of(new Entry(
                term, "leader", wanted.toString(), new Command.PutValue(key, state.valueVersion(key), next.toBytes())));
    }

    private static List<NodeId> sims(CoordinatorState state) {
        return state.nodes().stream()
                .filter(info -> info.does(NodeInfo.Role.SIM))
                .map(NodeInfo::node)
                .toList();
    }

    private void log(WorldPace before, WorldPace next, NodeMessage.Strain strain) {
        boolean down = next.last().rung().compareTo(before.last().rung()) > 0
                || next.last().percent() < before.last().percent();
        (down ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("world", world.id())
                .addKeyValue("fromTick", next.last().firstTick())
                .addKeyValue("rung", next.last().rung())
                .addKeyValue("dilation", next.last().dilation())
                .addKeyValue("busyPercent", strain.busyPercent())
                .log(down ? "the world cannot keep up and steps down" : "the world has room again and steps up");
    }
}
