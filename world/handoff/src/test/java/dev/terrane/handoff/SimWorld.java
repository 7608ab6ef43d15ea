package dev.terrane.handoff;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.DeparturesStable;
import dev.terrane.protocol.cluster.CellInput.HandoffAck;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellInput.PeerRestarting;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Several cells in one thread under a network that refuses, delays, reorders and loses, a store that is slow, and crashes. The seed decides everything.
 */
final class SimWorld {
    private final Rng rng;
    private final Sabotage sabotage;
    private final SimChecker checker = new SimChecker();
    private final SortedMap<CellId, SimCell> cells = new TreeMap<>();
    private final List<Letter> network = new ArrayList<>();
    private final StringBuilder history = new StringBuilder();

    private final float refused;
    private final float lost;
    private final int delayTicksMax;
    private final float crashing;
    private boolean calm;
    private long tick;
    private long nextEntity = 1;
    /** What a cell that is down and will be back answers; UNKNOWN would say that it is gone. */
    Admission downAnswer = Admission.SEALED;

    int crashCount;
    int handoffCount;

    private record Letter(long arrivesTick, CellId to, CellInput message) {}

    SimWorld(long seed, Sabotage sabotage) {
        this.rng = new Rng(seed);
        this.sabotage = sabotage;
        this.refused = rng.chance(0.5f) ? 0 : rng.nextFloat(0, 0.5f);
        this.lost = rng.chance(0.5f) ? 0 : rng.nextFloat(0, 0.4f);
        this.delayTicksMax = 1 + rng.nextInt(12);
        this.crashing = rng.nextFloat(0, 0.04f);
        List<CellId> ids = new ArrayList<>();
        for (int i = 2 + rng.nextInt(4); i > 0; i--) {
            ids.add(new CellId(new WorldId("sim"), new RegionId(i, -i), 0));
        }
        for (CellId id : ids) {
            List<Long> born = new ArrayList<>();
            for (int i = rng.nextInt(6); i > 0; i--) {
                born.add(nextEntity);
                checker.born(nextEntity++, id, 0);
            }
            // Some peers are only learnt from messages.
            List<CellId> peers = ids.stream()
                    .filter(peer -> !peer.equals(id) && rng.chance(0.7f))
                    .toList();
            SimCell cell = new SimCell(id, peers, born);
            cells.put(id, cell);
            checker.stored(id, cell.epoch, 0);
        }
    }

    /** Trouble first, then quiet until everything has settled. Returns what happened, for comparing two runs. */
    String play() {
        for (int i = 0; i < 250; i++) {
            step();
        }
        calm = true;
        for (int i = 0; i < 300; i++) {
            step();
        }
        checker.settled(cells.values());
        return history.toString();
    }

    private void step() {
        tick++;
        deliver();
        for (SimCell cell : cells.values()) {
            if (cell.up) {
                live(cell);
                cell.machine.flush(tick, this::send);
                takeImage(cell);
            }
            store(cell);
        }
        if (!calm) {
            crash();
        }
        restart();
        checker.atMostOne(cells.values());
    }

    private void live(SimCell cell) {
        for (long entity : List.copyOf(cell.live.keySet())) {
            if (calm) {
                return;
            }
            float luck = rng.nextFloat();
            if (luck < 0.06f) {
                depart(cell, entity);
            } else if (luck < 0.064f) {
                log("dies " + entity);
                checker.died(entity, cell.id, cell.epoch, tick);
                cell.live.remove(entity);
            }
        }
        if (!calm && rng.chance(0.02f)) {
            log("born " + nextEntity);
            checker.bornLater(nextEntity, cell.id, cell.epoch, tick);
            cell.live.put(nextEntity++, 1);
        }
    }

    private void depart(SimCell cell, long entity) {
        List<CellId> others =
                cells.keySet().stream().filter(other -> !other.equals(cell.id)).toList();
        CellId target = others.get(rng.nextInt(others.size()));
        int ownership = cell.live.getOrDefault(entity, 0);
        Leaver leaver = new Leaver(entity, ownership, 1, 2, new byte[] {(byte) entity}, 0, 0, 0);
        Admission admission = cell.machine.depart(tick, target, leaver, this::send);
        if (admission == Admission.ACCEPTED) {
            log("departs " + entity + " to " + target);
            cell.live.remove(entity);
            handoffCount++;
        }
    }

    private Admission send(CellId to, CellInput message) {
        if (!calm && rng.chance(refused)) {
            return Admission.FULL;
        }
        if (cells.get(to) instanceof SimCell target && !target.up) {
            return downAnswer;
        }
        if (calm || !rng.chance(lost)) {
            network.add(new Letter(tick + 1 + rng.nextInt(delayTicksMax), to, tamper(message)));
        }
        return Admission.ACCEPTED;
    }

    private CellInput tamper(CellInput message) {
        return switch (message) {
            case HandoffAck ack
            when sabotage == Sabotage.STABLE_TOO_EARLY ->
                new HandoffAck(ack.target(), ack.targetEpoch(), ack.sourceEpoch(), ack.seq(), ack.seq());
            case DeparturesStable news
            when sabotage == Sabotage.TOMBSTONES_FORGOTTEN_TOO_EARLY ->
                new DeparturesStable(
                        news.source(), news.sourceEpoch(), Long.MAX_VALUE, news.settledEpoch(), news.floorEpoch());
            default -> message;
        };
    }

    private void deliver() {
        List<Letter> due =
                network.stream().filter(letter -> letter.arrivesTick <= tick).toList();
        network.removeAll(due);
        for (Letter letter : due) {
            SimCell cell = cells.get(letter.to);
            if (cell != null && cell.up) {
                receive(cell, letter.message);
            }
        }
    }

    private void receive(SimCell cell, CellInput message) {
        switch (message) {
            case HandoffOffer offer -> {
                Arrival arrival = cell.machine.onOffer(unfenced(cell, offer));
                if (arrival == Arrival.APPLY
                        || (arrival == Arrival.DUPLICATE && sabotage == Sabotage.DUPLICATE_APPLIED)) {
                    log("arrives " + offer.entity() + " at " + cell.id);
                    checker.arrives(cell, offer.entity());
                    cell.live.put(offer.entity(), offer.ownership());
                }
            }
            case HandoffAck ack -> cell.machine.onAck(ack);
            case DeparturesStable news -> cell.machine.onDeparturesStable(news);
            case PeerRestarting restarting -> {
                cell.machine.onPeerRestarting(restarting);
                cell.imageWanted = true;
            }
            default -> throw new AssertionError("no hand-off message: " + message);
        }
    }

    private HandoffOffer unfenced(SimCell cell, HandoffOffer offer) {
        if (sabotage != Sabotage.FENCE_OPEN) {
            return offer;
        }
        return new HandoffOffer(
                offer.source(),
                cells.getOrDefault(offer.source(), cell).epoch,
                offer.sourceEpoch(),
                offer.seq(),
                offer.entity(),
                offer.ownership(),
                offer.x(),
                offer.y(),
                offer.image(),
                offer.session(),
                offer.gateway(),
                offer.ackedSeq());
    }

    private void takeImage(SimCell cell) {
        if (cell.imageWanted || rng.chance(calm ? 0.2f : 0.04f)) {
            cell.imageWanted = false;
            cell.onTheWay.add(cell.image(tick, tick + rng.nextInt(calm ? 2 : 15)));
        }
    }

    private void store(SimCell cell) {
        while (!cell.onTheWay.isEmpty() && cell.onTheWay.getFirst().arrivesTick() <= tick) {
            SimCell.Image image = cell.onTheWay.removeFirst();
            cell.stored = image;
            checker.stored(cell.id, image.epoch(), image.tick());
            if (cell.up) {
                cell.machine.onCheckpointStored(image.tick());
            }
        }
    }

    private void crash() {
        boolean all = rng.chance(crashing / 8);
        for (SimCell cell : cells.values()) {
            if (cell.up && (all || rng.chance(crashing))) {
                log("crash of " + cell.id);
                crashCount++;
                cell.up = false;
                cell.live = new TreeMap<>();
                while (!cell.onTheWay.isEmpty() && rng.chance(0.5f)) { // some of it made it to the store
                    SimCell.Image image = cell.onTheWay.removeFirst();
                    cell.stored = image;
                    checker.stored(cell.id, image.epoch(), image.tick());
                }
                cell.onTheWay.clear();
                cell.epoch++; // granted at once: later writes of the former self are fenced
                checker.crashed(cell.id);
                for (SimCell peer : cells.values()) {
                    if (peer.up) {
                        PeerRestarting news = new PeerRestarting(cell.id, cell.epoch);
                        network.add(new Letter(tick + 1 + rng.nextInt(delayTicksMax), peer.id, news));
                    }
                }
            }
        }
    }

    private void restart() {
        List<SimCell> down = cells.values().stream().filter(cell -> !cell.up).toList();
        if (down.isEmpty() || (!rng.chance(0.1f) && !calm)) {
            return;
        }
        List<RestoredCell> world = new ArrayList<>();
        for (SimCell cell : cells.values()) {
            RestoredCell restored = cell.restored();
            world.add(restored);
            boolean knows =
                    down.stream().allMatch(other -> RestorePlan.knows(restored.handoff(), other.id, other.epoch));
            if (cell.up && !knows && sabotage != Sabotage.PEERS_NOT_AWAITED) {
                return;
            }
        }
        if (sabotage == Sabotage.PEERS_IGNORED) {
            world.removeIf(cell -> !cell.restarting());
        }
        for (RestorePlan.CellPlan plan : RestorePlan.of(world)) {
            if (calm || rng.chance(0.8f)) { // some stay down longer and join the next plan
                open(plan, world);
            }
        }
    }

    private void open(RestorePlan.CellPlan plan, List<RestoredCell> world) {
        SimCell cell = cells.values().stream()
                .filter(one -> one.id.equals(plan.cell()))
                .findFirst()
                .orElseThrow();
        RestoredCell restored = world.stream()
                .filter(one -> one.cell().equals(cell.id))
                .findFirst()
                .orElseThrow();
        log("restart of " + cell.id + " from tick " + cell.stored.tick());
        cell.machine = restored.handoff();
        for (int i = 0; i < restored.entity().length; i++) {
            cell.live.put(restored.entity()[i], restored.ownership()[i]);
        }
        if (sabotage != Sabotage.NOTHING_DROPPED) {
            for (long entity : plan.drop()) {
                cell.live.remove(entity);
            }
        }
        for (HandoffOffer spawned : cell.machine.restore(forgetful(plan))) {
            cell.live.put(spawned.entity(), spawned.ownership());
        }
        if (sabotage == Sabotage.EVERYTHING_SPAWNED) {
            plan.deliveries()
                    .forEach(each ->
                            cell.live.put(each.offer().entity(), each.offer().ownership()));
        }
        cell.up = true;
        cell.imageWanted = true;
    }

    private RestorePlan.CellPlan forgetful(RestorePlan.CellPlan plan) {
        if (sabotage != Sabotage.GROUP_FORGOTTEN) {
            return plan;
        }
        return new RestorePlan.CellPlan(
                plan.cell(), plan.drop(), plan.deliveries(), plan.others(), List.of(), plan.answers(), plan.news());
    }

    private void log(String what) {
        history.append(tick).append(' ').append(what).append('\n');
    }

    /** The bytes of every machine, for comparing two runs. */
    byte[] state() {
        ByteWriter out = new ByteWriter(256);
        cells.values().forEach(cell -> cell.machine.write(tick, out));
        return out.toBytes();
    }
}
