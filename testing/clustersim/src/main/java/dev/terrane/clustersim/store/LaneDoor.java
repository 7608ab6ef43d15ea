package dev.terrane.clustersim.store;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.clustersim.time.SimExecutor;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandReceiver.Delivery;
import dev.terrane.command.CommandReceiver.Verdict;
import dev.terrane.command.LaneHint;
import dev.terrane.server.lanes.RunningLanes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A node's consumer of the lane: one command of each key at a time, again until it has a result. Stands for the consumers of the real lanes, whose leases and dead letters are tried elsewhere. */
public final class LaneDoor implements RunningLanes {
    private static final long LOOK_MILLIS = 60;

    private final StoreDoor door;
    private final SimLane lane;
    private final SimExecutor jobs;
    private final CommandReceiver cells;
    /** By offset: what the cells have, as far as is known in this life. Only looked up. */
    private final Set<Long> underway = new HashSet<>();

    private LaneDoor(StoreDoor door, SimLane lane, SimExecutor jobs, CommandReceiver cells) {
        this.door = door;
        this.lane = lane;
        this.jobs = jobs;
        this.cells = cells;
    }

    public static LaneDoor open(StoreDoor door, SimLane lane, SimExecutor jobs, CommandReceiver cells) {
        LaneDoor opened = new LaneDoor(door, lane, jobs, cells);
        jobs.scheduleWithFixedDelay(opened::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return opened;
    }

    private void look() {
        List<Delivery> due;
        try {
            due = door.call(lane::heads).stream()
                    .filter(each -> !underway.contains(each.offset()))
                    .toList();
        } catch (StoreUnavailableException away) {
            return;
        }
        if (due.isEmpty()) {
            return;
        }
        due.forEach(each -> underway.add(each.offset()));
        cells.deliver(due, new CommandReceiver.Reply() {
            @Override
            public void answered(List<Verdict> verdicts) {
                jobs.execute(() -> conclude(due, verdicts));
            }

            @Override
            public void unavailable(String why) {
                due.forEach(each -> underway.remove(each.offset()));
            }
        });
    }

    private void conclude(List<Delivery> batch, List<Verdict> verdicts) {
        for (int i = 0; i < batch.size(); i++) {
            Delivery each = batch.get(i);
            try {
                if (verdicts.get(i) instanceof Verdict.Settled(var result)) {
                    door.call(() -> {
                        lane.settle(each, result);
                        return true;
                    });
                }
            } catch (StoreUnavailableException away) {
                continue; // it comes again, and its key is known
            } finally {
                underway.remove(each.offset());
            }
        }
    }

    @Override
    public void nudge(LaneHint where) {
        // It looks often enough.
    }

    @Override
    public void close() {
        // Nodes are killed here, not closed.
    }
}
