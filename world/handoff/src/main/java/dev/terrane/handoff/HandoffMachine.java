package dev.terrane.handoff;

import dev.terrane.base.CellId;
import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.DeparturesStable;
import dev.terrane.protocol.cluster.CellInput.HandoffAck;
import dev.terrane.protocol.cluster.CellInput.HandoffNumber;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellInput.PeerContinues;
import dev.terrane.protocol.cluster.CellInput.PeerRestarting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One cell's side of all its hand-offs, as source and as target.
 *
 * <p>Part of the cell's state: written into its checkpoints and hashed. Not thread-safe: called by the cell's tick only.
 */
public final class HandoffMachine {
    /** Largest image of an entity. */
    public static final int IMAGE_BYTES_MAX = 1 << 16;

    /** The way to other cells: {@link dev.terrane.protocol.cluster.CellPort} with the epochs the cell believes in. */
    @FunctionalInterface
    public interface Outbox {
        Admission offer(CellId to, CellInput message);
    }

    private final CellId self;
    private long epoch;
    private final HandoffSettings settings;
    private final SortedMap<CellId, Peer> peers = new TreeMap<>();
    /**
     * Cells that were restored by the same plan, under these epochs or higher ones, and have not stored a checkpoint since. Until they have, what this
     * cell's former selves handed over must not be forgotten elsewhere: it may be all that keeps an outdated copy, on its way to one of them, from
     * coming to life in a second crash.
     */
    private final SortedMap<CellId, Long> unsettled = new TreeMap<>();

    private final PendingImages images = new PendingImages();
    private final ByteWriter scratch = new ByteWriter(256);
    private long now;
    private boolean storedSinceRestore;

    /**
     * @param epoch under which the cell runs now
     * @param peers cells that this one exchanges entities with; others are learnt from their messages
     */
    public HandoffMachine(CellId self, long epoch, Collection<CellId> peers, HandoffSettings settings) {
        this.self = self;
        this.epoch = epoch;
        this.settings = settings;
        peers.forEach(this::peer);
    }

    public CellId cell() {
        return self;
    }

    public long epoch() {
        return epoch;
    }

    /**
     * Offers an entity to another cell, at once. ACCEPTED: it has left, despawn it now (a frozen copy is kept here). Anything else: nothing
     * happened, it stays home; try again in a later tick.
     */
    public Admission depart(long tick, CellId target, Leaver leaver, Outbox out) {
        if (target.equals(self) || leaver.image().length > IMAGE_BYTES_MAX) {
            throw new IllegalArgumentException("cannot hand an entity of " + leaver.image().length + " bytes from "
                    + self + " to " + target + ": another cell and at most " + IMAGE_BYTES_MAX + " bytes are expected");
        }
        now = tick;
        OutStream stream = peer(target).out(epoch);
        if (stream.kept.size() >= settings.keptCountMax()) {
            return Admission.FULL;
        }
        HandoffOffer offer = new HandoffOffer(
                self,
                epoch,
                epoch,
                stream.lastSeq + 1,
                leaver.entity(),
                leaver.ownership() + 1,
                leaver.x(),
                leaver.y(),
                leaver.image(),
                leaver.session(),
                leaver.gateway(),
                leaver.ackedSeq());
        // Only an accepted offer gets its number: a number that was ever in a checkpoint can then never mean two
        // entities.
        Admission admission = out.offer(target, offer.madeIn(tick));
        if (admission == Admission.ACCEPTED) {
            // Kept without its tick: what is sent again is late anyway, images have no room for it, and builds that
            // know
            // of no tick understand it.
            stream.add(offer, tick);
        }
        return admission;
    }

    /** Whether a frozen copy of the entity is kept here that its target has not acknowledged yet. */
    public boolean inTransit(long entity) {
        for (Peer peer : peers.values()) {
            for (OutStream out : peer.outs) {
                for (HandoffOffer offer : out.kept) {
                    if (offer.entity() == entity && offer.seq() > out.arrivedSeq) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * The last hand-off to this cell, if it or one before has not been acknowledged; {@link HandoffNumber#NONE} if all have arrived. Null while that takes two numbers to say: copies that a
     * former self numbered are under way, and later ones too.
     */
    public @Nullable HandoffNumber lastUnderWay(CellId target) {
        Peer peer = peers.get(target);
        HandoffNumber last = HandoffNumber.NONE;
        if (peer == null) {
            return last;
        }
        for (OutStream out : peer.outs) {
            if (!out.kept.isEmpty() && out.arrivedSeq < out.lastSeq) {
                if (last != HandoffNumber.NONE) {
                    return null;
                }
                last = new HandoffNumber(out.epoch, out.lastSeq);
            }
        }
        return last;
    }

    /** Whether this hand-off of another cell, and all before it, have arrived here or will never come. */
    public boolean settled(CellId source, HandoffNumber handoff) {
        Peer peer = peers.get(source);
        return handoff.seq() == 0 || (peer != null && peer.settled(handoff.sourceEpoch(), handoff.seq()));
    }

    public Arrival onOffer(HandoffOffer offer) {
        Peer peer = peer(offer.source());
        if (offer.senderEpoch() < peer.knownEpoch) {
            return Arrival.STALE;
        }
        peer.heardOf(offer.senderEpoch());
        return accept(peer, offer);
    }

    private static Arrival accept(Peer peer, HandoffOffer offer) {
        if (offer.sourceEpoch() < peer.floorEpoch) {
            return Arrival.DUPLICATE; // the source itself has forgotten it: no answer is needed
        }
        return peer.in(offer.sourceEpoch()).accept(offer.seq(), offer.entity(), offer.ownership());
    }

    public void onAck(HandoffAck ack) {
        Peer peer = peer(ack.target());
        peer.heardOf(ack.targetEpoch());
        OutStream out = peer.findOut(ack.sourceEpoch());
        if (out != null) {
            out.onAck(ack, now);
            peer.dropEmptyOuts(epoch);
        }
    }

    public void onDeparturesStable(DeparturesStable message) {
        Peer peer = peer(message.source());
        peer.heardOf(message.sourceEpoch());
        peer.onDeparturesStable(message);
        if (unsettled.getOrDefault(message.source(), Long.MAX_VALUE) <= message.sourceEpoch()) {
            unsettled.remove(message.source());
            if (unsettled.isEmpty() && storedSinceRestore) {
                peers.values().forEach(each -> each.newsDue = true);
            }
        }
    }

    /**
     * The cell itself goes on under a higher epoch, at another node, with everything it knew; between two ticks. Copies are offered in the new epoch's name under
     * their old numbers, new ones are numbered anew. Nothing that its former self gave to the store counts as stored any more, and all that it may have
     * said without being heard is said again.
     */
    public void continueUnder(long next) {
        if (next <= epoch) {
            throw new IllegalArgumentException(self + " runs under epoch " + epoch + " and cannot go on under " + next);
        }
        epoch = next;
        storedSinceRestore = false; // what it would tell peers of its epoch holds only when an image of that is stored
        images.forgetAll();
        for (Peer peer : peers.values()) {
            peer.continueUnder(next, offer -> with(offer.image(), next, offer));
        }
    }

    /** From now on nothing counts that the peer's former self sent. The cell must take a checkpoint soon after. */
    public void onPeerRestarting(PeerRestarting message) {
        peer(message.cell()).heardOf(message.epoch());
    }

    /**
     * The peer goes on under this epoch with all that it ever acknowledged. What its former self still sends does not count any more; what it may not have
     * heard is due at once: copies, answers, news.
     */
    public void onPeerContinues(PeerContinues message) {
        Peer peer = peer(message.cell());
        peer.heardOf(message.epoch());
        peer.everythingDue();
        peer.newsDue |= storedSinceRestore;
    }

    /** The image that {@link #write} wrote at this tick is in the store; peers are told with the next flush. */
    public void onCheckpointStored(long tick) {
        if (images.stored(tick, Long.MIN_VALUE) == Long.MIN_VALUE) {
            return; // not an image of this epoch
        }
        storedSinceRestore = true;
        for (Peer peer : peers.values()) {
            for (InStream in : peer.ins) {
                in.stableMark = in.images.stored(tick, in.stableMark);
                in.ackDue = true;
            }
            OutStream out = peer.findOut(epoch);
            if (out != null) {
                out.stableSeq = out.images.stored(tick, out.stableSeq);
            }
            peer.stableFloor = peer.floors.stored(tick, peer.stableFloor);
            peer.newsDue = true;
        }
    }

    /**
     * Sends what is due: at most one acknowledgement per source, offers again, news about checkpoints. Once per tick, at its end.
     *
     * <p>Whatever finds no room is offered again in the next tick. What finds no such cell ends, except copies: a kept copy may be all that is left of its
     * entity, so it is offered for as long as it is kept, in case that cell is woken. There is none for a cell that was taken away: it has acknowledged
     * all before, and {@link RestorePlan} says so again to a source that goes on from an earlier image.
     */
    public void flush(long tick, Outbox outbox) {
        now = tick;
        for (Peer peer : peers.values()) {
            for (InStream in : peer.ins) {
                if (in.ackDue) {
                    HandoffAck ack = new HandoffAck(self, epoch, in.epoch, in.mark, in.stableMark);
                    in.ackDue = Peer.awaits(outbox.offer(peer.cell, ack));
                }
            }
            if (peer.newsDue) {
                peer.newsDue = Peer.awaits(outbox.offer(peer.cell, news(peer)));
            }
            for (OutStream out : peer.outs) {
                resend(peer, out, tick, outbox);
            }
        }
    }

    /**
     * Whether this cell, once nobody lives in it, can be taken away: nobody needs to know anything of it but its stored image, and that says so too.
     * No copy is kept, whatever arrived has left the stored images of its sources, and every answer is given. After a restart that takes an image of this epoch: only
     * then can it tell others that what its former self sent is settled, and they wait for that word.
     */
    public boolean atRest() {
        if (!unsettled.isEmpty() || !storedSinceRestore) {
            return false;
        }
        for (Peer peer : peers.values()) {
            if (!peer.atRest(epoch)) {
                return false;
            }
        }
        return true;
    }

    private DeparturesStable news(Peer peer) {
        OutStream own = peer.findOut(epoch);
        long seq = own == null ? 0 : own.stableSeq;
        boolean settled = unsettled.isEmpty();
        return new DeparturesStable(self, epoch, seq, settled ? epoch : 0, settled ? peer.stableFloor : 0);
    }

    private void resend(Peer peer, OutStream out, long tick, Outbox outbox) {
        int first = out.due(tick, settings);
        if (first < 0) {
            return;
        }
        int until = Math.min(out.kept.size(), first + settings.resendCountMax());
        for (int i = first; i < until; i++) {
            if (outbox.offer(peer.cell, out.kept.get(i)) != Admission.ACCEPTED) {
                return; // what follows would only make gaps
            }
        }
    }

    /** Copies kept until they are stable at their targets: for metrics. */
    public int keptCount() {
        int count = 0;
        for (Peer peer : peers.values()) {
            for (OutStream out : peer.outs) {
                count += out.kept.size();
            }
        }
        return count;
    }

    /** The copies themselves. */
    public List<HandoffOffer> kept() {
        List<HandoffOffer> kept = new ArrayList<>();
        for (Peer peer : peers.values()) {
            for (OutStream out : peer.outs) {
                kept.addAll(out.kept);
            }
        }
        return kept;
    }

    /** Arrivals remembered until their departure is stable at the source: for metrics. */
    public int arrivalCount() {
        int count = 0;
        for (Peer peer : peers.values()) {
            for (InStream in : peer.ins) {
                count += in.arrivals.size();
            }
        }
        return count;
    }

    public void hash(StateHash hash) {
        HandoffFormat.write(epoch, unsettled, peers.values(), scratch.clear());
        hash.add(scratch.array(), 0, scratch.size());
    }

    /** Writes the state into a checkpoint of this tick. */
    public void write(long tick, ByteWriter out) {
        images.add(tick, tick);
        for (Peer peer : peers.values()) {
            for (InStream in : peer.ins) {
                in.images.add(tick, in.mark);
            }
            OutStream own = peer.findOut(epoch);
            if (own != null) {
                own.images.add(tick, own.lastSeq);
            }
            peer.floors.add(tick, peer.lowestKeptEpoch(epoch));
        }
        HandoffFormat.write(epoch, unsettled, peers.values(), out);
    }

    /**
     * Replaces the state by that of a stored checkpoint, perhaps of an earlier epoch of this cell.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it is no such state
     */
    public void read(ByteReader in) {
        for (Peer read : HandoffFormat.read(self, epoch, unsettled, in)) {
            peers.put(read.cell, read);
        }
    }

    /** Writes everything that a machine needs to go on as if it had never been written: between ticks of one and the same epoch. */
    public void writeRunning(ByteWriter out) {
        HandoffFormat.write(epoch, unsettled, peers.values(), out);
        images.write(out);
        out.varlong(now);
        out.bool(storedSinceRestore);
        HandoffRunning.write(peers.values(), out);
    }

    /**
     * Replaces the state of a new machine by what {@link #writeRunning} wrote under the same epoch.
     *
     * @throws dev.terrane.bytes.MalformedBytesException if it is no such state
     */
    public void readRunning(ByteReader in) {
        peers.clear();
        read(in);
        images.read(in);
        now = in.varlong();
        storedSinceRestore = in.bool();
        HandoffRunning.read(peers.values(), in);
    }

    /** Rewrites the kept copies, which were written under another component schema. After {@link #read} and before the first tick. */
    public void convertImages(UnaryOperator<byte[]> conversion) {
        for (Peer peer : peers.values()) {
            for (OutStream out : peer.outs) {
                out.kept.replaceAll(offer -> with(conversion.apply(offer.image()), offer.senderEpoch(), offer));
            }
        }
    }

    private static HandoffOffer with(byte[] image, long senderEpoch, HandoffOffer offer) {
        return new HandoffOffer(
                offer.source(),
                senderEpoch,
                offer.sourceEpoch(),
                offer.seq(),
                offer.entity(),
                offer.ownership(),
                offer.x(),
                offer.y(),
                image,
                offer.session(),
                offer.gateway(),
                offer.ackedSeq());
    }

    /** Carries out the plan for this cell, after {@link #read} and before the first tick; returns the entities to spawn. */
    public List<HandoffOffer> restore(RestorePlan.CellPlan plan) {
        if (!plan.cell().equals(self)) {
            throw new IllegalArgumentException("a plan for " + plan.cell() + " was given to " + self);
        }
        plan.others().forEach(this::onPeerRestarting);
        plan.answers().forEach(this::onAck);
        plan.news().forEach(this::onDeparturesStable);
        plan.restartedTogether().forEach(other -> unsettled.put(other.cell(), other.epoch()));
        for (RestorePlan.Proof proof : plan.journaled().proofs()) {
            // As if it had arrived from there: forgotten when the stored checkpoint of that cell's new epoch says so.
            peer(proof.cell()).in(proof.epoch() - 1).remember(proof.entity(), proof.ownership());
        }
        List<HandoffOffer> spawned = new ArrayList<>();
        for (RestorePlan.Delivery delivery : plan.deliveries()) {
            Arrival arrival = accept(peer(delivery.offer().source()), delivery.offer());
            if (arrival != Arrival.APPLY) {
                throw new IllegalStateException(self + " cannot take the kept copy "
                        + delivery.offer().seq() + " of " + delivery.offer().source() + ": " + arrival
                        + "; the plan was made for another checkpoint");
            }
            if (delivery.spawn()) {
                spawned.add(delivery.offer());
            }
        }
        return spawned;
    }

    Collection<Peer> peers() {
        return peers.values();
    }

    private Peer peer(CellId cell) {
        return peers.computeIfAbsent(cell, Peer::new);
    }
}
