package dev.terrane.cell;

import dev.terrane.plugin.CellSystem;
import dev.terrane.plugin.Stage;
import dev.terrane.protocol.cluster.CellInput;
import java.util.ArrayList;
import java.util.List;

/**
 * One tick, in the fixed order.
 *
 * <pre>
 *   drain ─► returns, leaves ─► early arrivals ─► controls, messages, commands ─► ghosts ─► INPUT ─► SIMULATE ─► neighbours ─► RESOLVE ─► intents ─► REPLICATE
 *         ─► arrivals ─► newcomers ─► facts ─► leavers ─► ghosts ─► slices ─► flush: cells, gateways, frames
 * </pre>
 */
final class TickLine {
    private final Body body;
    private final Rules rules;
    private final Lanes lanes;
    private final Turn turn;
    private final Schedule schedule;
    private final AvatarDesk avatars;
    private final Steering steering;
    private final Borders borders;
    private final Frames frames;
    /** Joins and leaves whose avatar was not here when the tick began; it may be among the arrivals. */
    private final List<CellInput.Join> newcomers = new ArrayList<>();

    private final List<CellInput.Leave> strayLeaves = new ArrayList<>();

    private boolean genesisDue;
    private boolean imageWanted;
    private boolean sealing;

    TickLine(Body body, Rules rules, Lanes lanes, Turn turn, boolean genesisDue) {
        this.body = body;
        this.rules = rules;
        this.lanes = lanes;
        this.turn = turn;
        this.genesisDue = genesisDue;
        this.schedule = new Schedule(
                rules,
                body.ports.meters(),
                body.ports.stopwatchNanos(),
                body.spec.cell().world().name());
        this.avatars = new AvatarDesk(body, rules, turn);
        this.steering = new Steering(body, rules, turn);
        this.borders = new Borders(body);
        this.frames = new Frames(body);
    }

    void run(long tick, long simulatedAtMillis) {
        long began = body.ports.stopwatchNanos().getAsLong();
        long softNanos = 0;
        body.tick = tick;
        body.past.begin();
        imageWanted = false;
        if (genesisDue) {
            genesis();
        }
        body.conduct.begin();
        takeMessages();
        body.pace.begin(tick);
        schedule.at("ghosts");
        body.ghosts.takeIn();
        simulate();
        schedule.at("arrivals");
        borders.takeIn();
        receiveNewcomers();
        steering.retryStrays();
        schedule.at("facts");
        body.commands.close();
        schedule.at("leavers");
        borders.handOff();
        body.layers.handOff(turn, rules.affinities());
        schedule.at("ghosts");
        body.ghosts.publish();
        boolean snapshot = frames.due();
        if (snapshot) {
            schedule.at("slices");
            long collecting = body.ports.stopwatchNanos().getAsLong();
            frames.collect();
            softNanos += body.ports.stopwatchNanos().getAsLong() - collecting;
            body.ghosts.changesCleared();
        }
        schedule.at("flush");
        body.intents.flush();
        body.sendOff.flush();
        body.outbox.flush();
        if (snapshot) {
            long sending = body.ports.stopwatchNanos().getAsLong();
            frames.send(simulatedAtMillis);
            softNanos += body.ports.stopwatchNanos().getAsLong() - sending;
        }
        body.flushReports();
        body.whereabouts.forgetOld(tick);
        body.meters.moving(body.layers.movingCount());
        body.meters.population(body.population.store.size(), body.drivers, body.handoffs.keptCount());
        body.meters.shares(softNanos, schedule.takeOpportunisticNanos());
        body.meters.tickNanos.record(body.ports.stopwatchNanos().getAsLong() - began);
    }

    private void genesis() {
        genesisDue = false;
        for (Rules.NamedSystem genesis : rules.geneses()) {
            schedule.at(genesis.name());
            genesis.system().run(turn);
        }
        body.settle();
        body.images.prepare(); // of all that were just made: nobody plays yet who would be held up
    }

    /**
     * Inputs before messages of cells: whoever heard of a hand-off and sent an input here after it did so after the hand-off itself was
     * put into the cell lane, so it is then found there.
     */
    private void takeMessages() {
        schedule.at("sessions");
        lanes.drain(Lanes.Lane.CONTROL, this::takeControl);
        avatars.endLingering();
        body.settle();
        schedule.at("inputs");
        lanes.drain(Lanes.Lane.INPUT, steering::take);
        lanes.drain(Lanes.Lane.CELL, this::takeCellMessage);
        if (borders.takeInEarly()) {
            steering.routeStrays();
        }
        steering.writeControls();
        schedule.at("messages");
        steering.runMessages();
        schedule.at("commands");
        body.commands.carryOut(turn);
    }

    private void takeControl(CellInput message) {
        switch (message) {
            case CellInput.Join join -> {
                if (!avatars.resume(join)) {
                    newcomers.add(join);
                }
            }
            case CellInput.Leave leave -> {
                if (!avatars.leave(leave)) {
                    strayLeaves.add(leave);
                }
            }
            case CellInput.Watch watch -> frames.watch(watch.gateway(), watch.chunks());
            case CellInput.Unwatch unwatch -> frames.unwatch(unwatch.gateway(), unwatch.chunks());
            case CellInput.ConductReport report -> body.conduct.publish(report);
            case CellInput.GatewayGone gone -> {
                avatars.leaveAll(gone.gateway());
                frames.forget(gone.gateway());
            }
            default -> throw new IllegalArgumentException("not a message of a gateway: " + message);
        }
    }

    private void takeCellMessage(CellInput message) {
        switch (message) {
            case CellInput.HandoffOffer offer -> {
                borders.offered(offer);
                body.intents.expect(offer);
            }
            case CellInput.HandoffAck ack -> body.handoffs.onAck(ack);
            case CellInput.DeparturesStable stable -> borders.departuresStable(stable);
            case CellInput.PeerRestarting restarting -> {
                borders.restarting(restarting);
                body.intents.restarting(restarting);
                body.ghosts.restarting(restarting.cell());
                imageWanted = true; // the restarting cell waits for it
            }
            case CellInput.PeerContinues continues -> {
                borders.continues(continues);
                body.intents.continues(continues);
                body.ghosts.restarting(continues.cell());
            }
            case CellInput.Commands commands -> body.commands.take(commands);
            case CellInput.FactsStored stored -> body.commands.stored(stored);
            case CellInput.CheckpointStored stored -> {
                body.handoffs.onCheckpointStored(stored.tick());
                body.commands.checkpointStored();
            }
            case CellInput.GhostSubscribe _, CellInput.GhostUnsubscribe _, CellInput.GhostBatch _ ->
                body.ghosts.take(message);
            case CellInput.IntentBatch intents -> body.intents.take(intents);
            case CellInput.IntentAck ack -> body.intents.acknowledged(ack);
            case CellInput.Layers _, CellInput.Divide _, CellInput.Merge _ -> body.layers.take(message);
            case CellInput.Pace pace -> body.pace.take(pace, body.tick);
            case CellInput.Seal _ -> sealing = true;
            default -> throw new IllegalArgumentException("not a message of a cell: " + message);
        }
    }

    private void simulate() {
        schedule.run(Stage.INPUT, turn);
        body.settle();
        schedule.run(Stage.SIMULATE, turn);
        body.settle();
        schedule.at("conduct");
        body.conduct.audit();
        body.neighbours.rebuild(body.population.store);
        body.past.record();
        schedule.run(Stage.RESOLVE, turn);
        body.settle();
        schedule.at("intents");
        body.intents.carryOut(turn);
        body.settle();
        schedule.run(Stage.REPLICATE, turn);
        body.settle();
        schedule.at("conduct");
        body.conduct.audit();
    }

    /** The directory may name this cell before the avatar is here: its player must find that one and not make a second. */
    private void receiveNewcomers() {
        for (CellInput.Join join : newcomers) {
            avatars.enter(join);
        }
        newcomers.clear();
        for (CellInput.Leave leave : strayLeaves) {
            if (!avatars.leave(leave)) {
                avatars.forward(leave);
            }
        }
        strayLeaves.clear();
        body.settle();
    }

    void visit(CellSystem visitor) {
        schedule.at("a visit");
        visitor.run(turn);
        body.settle();
    }

    /** The step that ran last, or runs. */
    String where() {
        return schedule.where();
    }

    boolean imageWanted() {
        return imageWanted;
    }

    /** Somebody asked to stop after this tick. */
    boolean sealing() {
        return sealing;
    }
}
