package dev.terrane.handoff;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellInput.DeparturesStable;
import dev.terrane.protocol.cluster.CellInput.HandoffAck;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellInput.PeerRestarting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reconciles checkpoints that cells took at different ticks, and what their journals say since, before the first tick of those that restart: of each
 * entity the copy with the highest ownership counter stays, within one ownership that of the journal, and none is lost.
 *
 * <p>For the restore of a whole world all cells restart. A cell that restarts alone needs its peers' checkpoints too: each live peer is told
 * {@link PeerRestarting} first, and the plan waits until every live peer's stored checkpoint {@link #knows} of it.
 * What they say is then stable, so nothing that the plan drops can come back by a second crash. Cells that fall meanwhile join the plan.
 *
 * <p>Pure; depends on its arguments only.
 */
public final class RestorePlan {
    private static final SortedSet<CellId> NOBODY = new TreeSet<>();

    private final List<RestoredCell> world;
    /** Highest ownership that any checkpoint proves, by entity. Only looked up, never iterated. */
    private final Map<Long, Integer> highest = new HashMap<>();

    private final Map<CellId, Set<Long>> loggedOut = new HashMap<>();
    /** What the journal of each cell says, by entity. */
    private final Map<CellId, Map<Long, Told>> told = new HashMap<>();
    /** Restarting cells whose checkpoint, journal or mail speaks of an entity that a journal tells of. */
    private final Map<Long, SortedSet<CellId>> mentions = new HashMap<>();

    private RestorePlan(List<RestoredCell> world) {
        this.world = world;
    }

    /** A kept copy that its target has not seen; {@code spawn} is false when a newer copy exists or its character was logged out. */
    public record Delivery(HandoffOffer offer, boolean spawn) {}

    /**
     * What is true of the entities that a cell's journal tells of.
     *
     * @param live ids of those that live here as the journal says
     * @param proofs that older copies are not true: to be remembered until nobody can come back with one
     */
    public record Journaled(long[] live, List<Proof> proofs) {
        static final Journaled NOTHING = new Journaled(new long[0], List.of());
    }

    /** {@code cell}, under an epoch lower than this one, may have an older copy of the entity, or be sent one. */
    public record Proof(CellId cell, long epoch, long entity, int ownership) {}

    /**
     * What to do with one restored cell: drop, bring to life what the journal tells of, then {@link HandoffMachine#restore}.
     *
     * @param drop ids of entities that live in this cell's checkpoint, but are not its own any more, or are as the journal says
     * @param deliveries in the order in which they must be carried out
     * @param others epochs under which all others run: what was sent under lower ones is void
     * @param restartedTogether those of them that this plan restores too
     * @param answers what cells at rest would say about copies that this one still keeps for them
     * @param news what cells at rest would say about entities that came from them: they said it, but perhaps after this one's checkpoint
     */
    public record CellPlan(
            CellId cell,
            long[] drop,
            List<Delivery> deliveries,
            List<PeerRestarting> others,
            List<PeerRestarting> restartedTogether,
            List<HandoffAck> answers,
            List<DeparturesStable> news,
            Journaled journaled) {}

    /**
     * Plans for the restarting cells, in the order given: those that are not opened now must be planned for again later. Copies kept for a live cell are left to {@link HandoffMachine#flush}, those for a cell that is not
     * in the list stay where they are.
     */
    public static List<CellPlan> of(List<RestoredCell> world) {
        return of(world, List.of());
    }

    /**
     * As the other, beside cells at rest.
     *
     * @param resting last stored states of cells that were taken away when they were {@link HandoffMachine#atRest}
     */
    public static List<CellPlan> of(List<RestoredCell> world, List<HandoffMachine> resting) {
        RestorePlan plan = new RestorePlan(world);
        world.forEach(plan::gather);
        world.forEach(plan::gatherMentions);
        List<CellPlan> plans = new ArrayList<>();
        for (RestoredCell cell : world) {
            if (cell.restarting()) {
                plans.add(new CellPlan(
                        cell.cell(),
                        plan.drops(cell),
                        plan.deliveries(cell.handoff()),
                        plan.epochsOfOthers(cell, false),
                        plan.epochsOfOthers(cell, true),
                        answers(cell, resting),
                        news(cell, resting),
                        plan.journaled(cell)));
            }
        }
        return plans;
    }

    /** Whether this checkpoint of a live peer was taken after it had heard of the restart of {@code cell} under {@code epoch}. */
    public static boolean knows(HandoffMachine peer, CellId cell, long epoch) {
        for (Peer known : peer.peers()) {
            if (known.cell.equals(cell)) {
                return known.knownEpoch >= epoch;
            }
        }
        return false;
    }

    private void gather(RestoredCell cell) {
        for (int i = 0; i < cell.entity().length; i++) {
            claim(cell.entity()[i], cell.ownership()[i]);
        }
        for (Peer peer : cell.handoff().peers()) {
            for (OutStream out : peer.outs) {
                for (HandoffOffer kept : out.kept) {
                    claim(kept.entity(), kept.ownership());
                }
            }
            for (InStream in : peer.ins) {
                for (InStream.Known known : in.arrivals) {
                    claim(known.entity(), known.ownership());
                }
            }
        }
        Map<Long, Told> ofCell = new HashMap<>();
        for (Told fact : cell.journal()) {
            claim(fact.entity(), fact.ownership());
            ofCell.put(fact.entity(), fact);
            mentions.computeIfAbsent(fact.entity(), _ -> new TreeSet<>());
        }
        told.put(cell.cell(), ofCell);
        Set<Long> gone = new HashSet<>();
        for (long entity : cell.loggedOut()) {
            gone.add(entity);
        }
        loggedOut.put(cell.cell(), gone);
    }

    private void gatherMentions(RestoredCell cell) {
        if (mentions.isEmpty()) {
            return;
        }
        for (long entity : cell.entity()) {
            mention(cell.cell(), entity);
        }
        for (Told fact : cell.journal()) {
            mention(cell.cell(), fact.entity());
        }
        for (Peer peer : cell.handoff().peers()) {
            for (OutStream out : peer.outs) {
                for (HandoffOffer kept : out.kept) {
                    mention(cell.cell(), kept.entity());
                    mention(peer.cell, kept.entity());
                }
            }
        }
    }

    private void mention(CellId cell, long entity) {
        SortedSet<CellId> all = mentions.get(entity);
        if (all != null) {
            all.add(cell);
        }
    }

    /** Whether the journal of the cell knows the entity under this ownership or a higher one: then no copy of it counts there. */
    private boolean toldOf(CellId cell, long entity, int ownership) {
        Told fact = told.getOrDefault(cell, Map.of()).get(entity);
        return fact != null && fact.ownership() >= ownership;
    }

    private Journaled journaled(RestoredCell cell) {
        if (cell.journal().isEmpty()) {
            return Journaled.NOTHING;
        }
        long[] live = new long[cell.journal().size()];
        int count = 0;
        List<Proof> proofs = new ArrayList<>();
        for (Told fact : cell.journal()) {
            if (outdone(fact.entity(), fact.ownership())) {
                continue;
            }
            if (fact.lives()) {
                live[count++] = fact.entity();
            }
            for (RestoredCell other : world) {
                if (other.restarting()
                        && !other.cell().equals(cell.cell())
                        && mentions.getOrDefault(fact.entity(), NOBODY).contains(other.cell())) {
                    proofs.add(new Proof(other.cell(), other.handoff().epoch(), fact.entity(), fact.ownership()));
                }
            }
        }
        return new Journaled(Arrays.copyOf(live, count), proofs);
    }

    private void claim(long entity, int ownership) {
        highest.merge(entity, ownership, Math::max);
    }

    /** Per copy, not per entity: an older copy may carry a session that ended before the avatar was entered again. */
    private boolean loggedOut(CellId holder, long entity) {
        return loggedOut.getOrDefault(holder, Set.of()).contains(entity);
    }

    private boolean outdone(long entity, int ownership) {
        return highest.getOrDefault(entity, ownership) > ownership;
    }

    private long[] drops(RestoredCell cell) {
        long[] drops = new long[cell.entity().length];
        int count = 0;
        for (int i = 0; i < cell.entity().length; i++) {
            long entity = cell.entity()[i];
            if (outdone(entity, cell.ownership()[i])
                    || loggedOut(cell.cell(), entity)
                    || toldOf(cell.cell(), entity, cell.ownership()[i])) {
                drops[count++] = entity;
            }
        }
        return Arrays.copyOf(drops, count);
    }

    private List<Delivery> deliveries(HandoffMachine target) {
        List<Delivery> deliveries = new ArrayList<>();
        for (RestoredCell source : world) {
            for (Peer peer : source.handoff().peers()) {
                if (!peer.cell.equals(target.cell())) {
                    continue;
                }
                for (OutStream out : peer.outs) {
                    for (HandoffOffer kept : out.kept) {
                        if (!settled(target, kept)) {
                            boolean spawn = !outdone(kept.entity(), kept.ownership())
                                    && !loggedOut(source.cell(), kept.entity())
                                    && !toldOf(target.cell(), kept.entity(), kept.ownership());
                            deliveries.add(new Delivery(kept, spawn));
                        }
                    }
                }
            }
        }
        return deliveries;
    }

    private static List<HandoffAck> answers(RestoredCell source, List<HandoffMachine> resting) {
        List<HandoffAck> answers = new ArrayList<>();
        for (HandoffMachine target : resting) {
            for (Peer peer : target.peers()) {
                if (peer.cell.equals(source.cell())) {
                    for (InStream in : peer.ins) {
                        answers.add(new HandoffAck(target.cell(), target.epoch(), in.epoch, in.mark, in.mark));
                    }
                }
            }
        }
        return answers;
    }

    private static List<DeparturesStable> news(RestoredCell target, List<HandoffMachine> resting) {
        List<DeparturesStable> news = new ArrayList<>();
        for (HandoffMachine source : resting) {
            for (Peer peer : source.peers()) {
                if (peer.cell.equals(target.cell())) {
                    OutStream own = peer.findOut(source.epoch());
                    long seq = own == null ? 0 : own.lastSeq;
                    news.add(new DeparturesStable(source.cell(), source.epoch(), seq, source.epoch(), source.epoch()));
                }
            }
        }
        return news;
    }

    private static boolean settled(HandoffMachine target, HandoffOffer kept) {
        for (Peer peer : target.peers()) {
            if (peer.cell.equals(kept.source())) {
                return peer.settled(kept.sourceEpoch(), kept.seq());
            }
        }
        return false;
    }

    private List<PeerRestarting> epochsOfOthers(RestoredCell cell, boolean restartingOnly) {
        List<PeerRestarting> epochs = new ArrayList<>();
        for (RestoredCell other : world) {
            if (!other.cell().equals(cell.cell()) && (other.restarting() || !restartingOnly)) {
                epochs.add(new PeerRestarting(other.cell(), other.handoff().epoch()));
            }
        }
        return epochs;
    }
}
