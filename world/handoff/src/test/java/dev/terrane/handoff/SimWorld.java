package dev.terrane.handoff;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.DeparturesStable;
import dev.terrane.protocol.cluster.CellInput.HandoffAck;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellInput.PeerRestarting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Several cells in one thread under a network that refuses, delays, reorders and loses, a store that is slow, and crashes. The seed decides everything.
 */
final class SimWorld {
    private final Rng rng;
    private final Sabotage sabotage;
    private final SimChecker checker = new SimChecker();
    private final SimJournal journal = new SimJournal(checker);
    private final SortedMap<CellId, SimCell> cells = new TreeMap<>();
    private final List<Letter> network = new ArrayList<>();
    private final StringBuilder history = new StringBuilder();

    private final float refused;
    private final float lost;
    private final int delayTicksMax;
    private final float crashing;
    private final int commitCountMax;
    private boolean calm;
    private long tick;
    private long nextEntity = 1;
    /** What a cell that is down and will be back answers; UNKNOWN would say that it is gone. */
    Admission downAnswer = Admission.SEALED;

    int crashCount;
    int handoffCount;
    int effectCount;

    private record Letter(long arrivesTick, CellId to, CellInput message) {}

    SimWorld(long seed, Sabotage sabotage) {
        this.rng = new Rng(seed);
        this.sabotage = sabotage;
        this.refused = rng.chance(0.5f) ? 0 : rng.nextFloat(0, 0.5f);
        this.lost = rng.chance(0.5f) ? 0 : rng.nextFloat(0, 0.4f);
        this.delayTicksMax = 1 + rng.nextInt(12);
        this.crashing = rng.nextFloat(0, 0.04f);
        this.commitCountMax = 1 + rng.nextInt(6);
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
        checker.effects(cells.values(), journal, true);
        effectCount = journal.settled().size();
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
        journal.commitSome(rng, calm ? 9 : commitCountMax);
        if (!calm) {
            crash();
        }
        restart();
        checker.atMostOne(cells.values());
        checker.effects(cells.values(), journal, false);
    }

    private void live(SimCell cell) {
        carryOut(cell);
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
                if (rng.chance(0.5f)) {
                    tell(cell, entity, false, 0);
                }
                cell.live.remove(entity);
                cell.effects.remove(entity);
            } else if (luck < 0.08f) {
                journal.wish(entity);
            }
        }
        if (!calm && rng.chance(0.02f)) {
            log("born " + nextEntity);
            checker.bornLater(nextEntity, cell.id, cell.epoch, tick);
            cell.live.put(nextEntity++, 1);
        }
    }

    private void carryOut(SimCell cell) {
        for (Map.Entry<Long, Long> wish : List.copyOf(journal.due().entrySet())) {
            long entity = wish.getValue();
            if (cell.live.containsKey(entity) && rng.chance(0.5f)) {
                log("effect " + wish.getKey() + " on " + entity);
                List<Long> done = new ArrayList<>(cell.effectsOf(entity));
                done.add(wish.getKey());
                cell.effects.put(entity, done);
                tell(cell, entity, true, wish.getKey());
            }
        }
    }

    private void tell(SimCell cell, long entity, boolean lives, long command) {
        int ownership = cell.live.getOrDefault(entity, 0);
        journal.add(
                new SimJournal.Fact(cell.id, cell.epoch, tick, entity, ownership, lives, cell.effectsOf(entity)),
                command);
    }

    private void depart(SimCell cell, long entity) {
        List<CellId> others =
                cells.keySet().stream().filter(other -> !other.equals(cell.id)).toList();
        CellId target = others.get(rng.nextInt(others.size()));
        int ownership = cell.live.getOrDefault(entity, 0);
        Leaver leaver = new Leaver(entity, ownership, 1, 2, SimCell.write(cell.effectsOf(entity)), 0, 0, 0);
        Admission admission = cell.machine.depart(tick, target, leaver, this::send);
        if (admission == Admission.ACCEPTED) {
            log("departs " + entity + " to " + target);
            cell.live.remove(entity);
            cell.effects.remove(entity);
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
                    arrive(cell, offer);
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

    private static void arrive(SimCell cell, HandoffOffer offer) {
        cell.live.put(offer.entity(), offer.ownership());
        cell.effects.put(offer.entity(), SimCell.readEffects(new ByteReader(offer.image())));
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
                offer.ackedSeq(),
                offer.madeTick());
    }

    private void takeImage(SimCell cell) {
        if (cell.imageWanted || rng.chance(calm ? 0.2f : 0.04f)) {
            cell.imageWanted = false;
            cell.onTheWay.add(cell.image(tick, tick + rng.nextInt(calm ? 2 : 15), journal.handedOver));
        }
    }

    private void store(SimCell cell) {
        while (storable(cell) && cell.onTheWay.getFirst().arrivesTick() <= tick) {
            SimCell.Image image = storeFirst(cell);
            if (cell.up) {
                cell.machine.onCheckpointStored(image.tick());
            }
        }
    }

    private boolean storable(SimCell cell) {
        return !cell.onTheWay.isEmpty()
                && (cell.onTheWay.getFirst().journal() <= journal.committed
                        || sabotage == Sabotage.CHECKPOINT_BEFORE_JOURNAL);
    }

    private SimCell.Image storeFirst(SimCell cell) {
        SimCell.Image image = cell.onTheWay.removeFirst();
        cell.stored = image;
        checker.stored(cell.id, image.epoch(), image.tick());
        journal.stored(cell.id, image);
        return image;
    }

    private void crash() {
        boolean all = rng.chance(crashing / 8);
        if (all) {
            journal.commitSome(rng, 9);
            journal.loseTheRest();
        }
        for (SimCell cell : cells.values()) {
            if (cell.up && (all || rng.chance(crashing))) {
                log("crash of " + cell.id);
                crashCount++;
                cell.up = false;
                cell.live = new TreeMap<>();
                cell.effects = new TreeMap<>();
                journal.decide(cell.id);
                while (storable(cell) && rng.chance(0.5f)) { // some of it made it to the store
                    storeFirst(cell);
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
        journal.beginAnew();
    }

    private void restart() {
        List<SimCell> down = cells.values().stream().filter(cell -> !cell.up).toList();
        if (down.isEmpty() || (!rng.chance(0.1f) && !calm)) {
            return;
        }
        List<RestoredCell> world = new ArrayList<>();
        for (SimCell cell : cells.values()) {
            RestoredCell restored = cell.restored(told(cell));
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

    private List<Told> told(SimCell cell) {
        if (cell.up || sabotage == Sabotage.JOURNAL_IGNORED) {
            return List.of();
        }
        return journal.newest(cell.id).stream()
                .map(fact -> new Told(fact.entity(), fact.ownership(), fact.lives()))
                .toList();
    }

    /** Brings those to life that the journal tells of, as it tells. */
    private void revive(SimCell cell, RestorePlan.CellPlan plan) {
        List<Long> live = Arrays.stream(plan.journaled().live()).boxed().toList();
        List<SimJournal.Fact> facts =
                sabotage == Sabotage.OLDEST_FACT_COUNTS ? journal.tail(cell.id).reversed() : journal.newest(cell.id);
        for (SimJournal.Fact fact : facts) {
            if (fact.lives() && (live.contains(fact.entity()) || sabotage == Sabotage.EVERY_FACT_COUNTS)) {
                cell.live.put(fact.entity(), fact.ownership());
                cell.effects.put(fact.entity(), fact.effects());
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
        revive(cell, plan);
        for (HandoffOffer spawned : cell.machine.restore(forgetful(plan))) {
            checker.arrives(cell, spawned.entity());
            arrive(cell, spawned);
        }
        if (sabotage == Sabotage.EVERYTHING_SPAWNED) {
            plan.deliveries().forEach(each -> arrive(cell, each.offer()));
        }
        cell.up = true;
        cell.imageWanted = true;
    }

    private RestorePlan.CellPlan forgetful(RestorePlan.CellPlan plan) {
        boolean group = sabotage != Sabotage.GROUP_FORGOTTEN;
        boolean proofs = sabotage != Sabotage.PROOFS_FORGOTTEN;
        return new RestorePlan.CellPlan(
                plan.cell(),
                plan.drop(),
                plan.deliveries(),
                plan.others(),
                group ? plan.restartedTogether() : List.of(),
                plan.answers(),
                plan.news(),
                proofs ? plan.journaled() : RestorePlan.Journaled.NOTHING);
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
