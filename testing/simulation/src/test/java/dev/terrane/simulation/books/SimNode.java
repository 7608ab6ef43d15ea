package dev.terrane.simulation.books;

import dev.terrane.checkpoint.StoreUnavailableException;
import dev.terrane.command.LaneUnavailableException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One process: everything that a server has, driven as the server drives it. It may die before any of its steps, and stand still while others take over; then it goes on as if nothing had been. What it knew is
 * gone with each death.
 */
final class SimNode {
    final BooksRun run;
    final int index;
    final String name;
    NodeLanes lanes;
    FrontDesk desk;
    CellCarrier carrier;
    CellHouse house;
    private int life;
    private boolean alive = true;
    private long stalledUntilNanos;

    SimNode(BooksRun run, int index) {
        this.run = run;
        this.index = index;
        this.name = "node-" + index;
        this.lanes = new NodeLanes(this);
        this.desk = new FrontDesk(this);
        this.carrier = new CellCarrier(this);
        this.house = new CellHouse(this);
    }

    void start() {
        life++;
        alive = true;
        lanes = new NodeLanes(this);
        desk = new FrontDesk(this);
        carrier = new CellCarrier(this);
        house = new CellHouse(this);
        NodeRelay.start(this);
        house.start();
        desk.remember();
        soon(() -> {});
    }

    int life() {
        return life;
    }

    boolean isAlive() {
        return alive;
    }

    /** Alive, and not standing still. */
    boolean isAwake() {
        return alive && run.time.nanos() >= stalledUntilNanos;
    }

    void stall() {
        stalledUntilNanos = run.time.nanos() + run.time.someMillis(1_800);
    }

    void die() {
        if (alive) {
            alive = false;
            run.report.deaths++;
            house.fell();
            run.time.in(run.time.someMillis(900), this::start);
        }
    }

    /** A step of this node, as soon as it is awake; never if it dies before. */
    void soon(Runnable work) {
        after(0, work);
    }

    void after(long delayNanos, Runnable work) {
        int ofLife = life;
        step(delayNanos, ofLife, work);
    }

    private void step(long delayNanos, int ofLife, Runnable work) {
        run.time.in(Math.max(delayNanos, stalledUntilNanos - run.time.nanos()), () -> {
            if (!alive || life != ofLife) {
                return;
            }
            if (run.time.nanos() < stalledUntilNanos) {
                step(0, ofLife, work);
            } else if (run.time.rng.chance(run.faults.crash())) {
                die();
            } else {
                work.run();
                lanes.pump();
            }
        });
    }

    /**
     * A call to the store. It may be lost on its way there, or be carried out although its caller never hears of it or is dead by then.
     *
     * @param away what the caller does when nothing is known
     */
    <T> void store(Supplier<T> call, Consumer<T> answer, Runnable away) {
        int ofLife = life;
        run.time.in(run.time.someMillis(run.plan.storeMillisMax()), () -> {
            Runnable told = away;
            if (!run.storeIsLost()) {
                run.store.lanes.at(run.time.millis());
                try {
                    T value = call.get();
                    told = run.time.rng.chance(run.faults.storeTears()) ? away : () -> answer.accept(value);
                } catch (StoreUnavailableException | LaneUnavailableException e) {
                    told = away;
                }
            }
            Runnable heard = told;
            run.time.in(run.time.someMillis(run.plan.storeMillisMax()), () -> step(0, ofLife, heard));
        });
    }

    /** A step of another node, some time from now. */
    void tell(SimNode other, Runnable work) {
        run.time.in(run.time.someMillis(5), () -> other.soon(work));
    }
}
