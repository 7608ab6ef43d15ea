package dev.terrane.server.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Tenure;
import dev.terrane.directory.Claim;
import dev.terrane.directory.Directory;
import dev.terrane.node.NodeMessage.AvatarNews;
import dev.terrane.node.NodeMessage.AvatarSeen;
import dev.terrane.node.NodeMessage.Claimed;
import dev.terrane.node.NodeMessage.Claimed.Verdict;
import dev.terrane.node.NodeMessage.Crowd;
import dev.terrane.node.NodeMessage.Crowds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where avatars live, as the sims have said: every coordinator knows it, whoever leads answers.
 *
 * <p>What is not known for certain is answered by "not yet": while a sim has not said everything since its link is up, while a cell looks for an owner or has not said yet that it runs, and for a moment after leadership has
 * changed, since claims that the last leader has granted are on their way then. None of that lasts: see the limits. Any thread; each call is short.
 */
final class Whereabouts {
    /** For a sim that does not say where its avatars are nobody is kept from playing longer than this. */
    static final long NEWS_NANOS_MAX = TimeUnit.SECONDS.toNanos(3);
    /** After this, whoever was granted a claim by the last leader has arrived, or asks again. */
    static final long LEADER_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** So long after its owner has first said that it runs, a cell has said whom it holds, and what was on its way to it has come. */
    static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(2);
    /**
     * A cell that has an owner, and of which its owner has not said by then that it runs, cannot be started: its players are let in anew, instead of never. While the store is away for all, nobody is let in anyway; what this
     * must outlast is a start from a store that is back.
     */
    static final long START_NANOS_MAX = TimeUnit.MINUTES.toNanos(5);
    /**
     * A claim that was neither used nor given back by then was lost, as its answer or its join was, with a link, a gateway or a session: gateways do not wait for a join's answer any longer either. Who asks again
     * for the same cell is granted it anew. Should the first join come after all, the cell has both: it knows who was let in later, and whom it has given away lately.
     */
    static final long CLAIM_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(3);
    /** A claim that was neither used nor given back by then lapses, whichever cell it was for: whoever made it is gone. */
    static final long CLAIM_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

    /**
     * Offers come again twice a second for as long as both cells live: whoever was given away and is nowhere after this time is no more, and what was said of his end is lost. Until then
     * his player waits.
     */
    static final long TRAVEL_NANOS_MAX = TimeUnit.SECONDS.toNanos(30);

    static final int CLAIM_COUNT_MAX = 65_536;
    private static final int TICKET_BITS = 40;

    private final Directory directory = new Directory();
    private final Map<NodeId, Sim> sims = new TreeMap<>();
    private final Map<CharacterId, NodeId> lastBy = new HashMap<>();
    private final Map<CharacterId, Pending> claims = new HashMap<>();
    private final Map<CharacterId, Journey> travelling = new HashMap<>();
    /** Cells in doubt that have an owner. */
    private final Map<CellId, Settling> settling = new TreeMap<>();

    private ClusterMap map = ClusterMap.EMPTY;
    /** 0: somebody else leads. */
    private long ledTerm;

    private long ledSinceNanos;

    /** One that is registered or linked. */
    private static final class Sim {
        private final Map<CharacterId, AvatarSeen> here = new HashMap<>();
        /** In cells under epochs that we have not heard of. */
        private final Map<CharacterId, AvatarSeen> early = new HashMap<>();

        private boolean isLinked;
        private boolean isComplete;
        private long life;
        private long waitedSinceNanos;

        private Sim(long nowNanos) {
            waitedSinceNanos = nowNanos;
        }

        private void doubt(long nowNanos) {
            waitedSinceNanos = isComplete ? nowNanos : waitedSinceNanos;
            isComplete = false;
        }
    }

    /** @param runsSinceNanos when its owner first said that it runs; null: not yet */
    private record Settling(long ownedSinceNanos, @Nullable Long runsSinceNanos) {}

    private record Journey(AvatarSeen seen, long sinceNanos) {}

    private record Pending(long ticket, CellId entrance, long sinceNanos) {}

    /** Its link is new: until it has said everything again, news may be missing. */
    synchronized void linked(NodeId node, long life, long nowNanos) {
        Sim sim = sims.computeIfAbsent(node, _ -> new Sim(nowNanos));
        if (sim.life != life) {
            forgetAll(node, sim); // With its life before, its cells were lost: those are in doubt.
            sim.life = life;
        }
        sim.isLinked = true;
        sim.doubt(nowNanos);
    }

    synchronized void unlinked(NodeId node, long nowNanos) {
        Sim sim = sims.get(node);
        if (sim != null) {
            sim.isLinked = false;
            sim.doubt(nowNanos);
            if (map.node(node) == null) {
                forgetAll(node, sim);
                sims.remove(node);
            }
        }
    }

    synchronized void heard(NodeId by, AvatarNews news, long nowNanos) {
        Sim sim = sims.computeIfAbsent(by, _ -> new Sim(nowNanos));
        if (news.isEverything()) {
            Set<CharacterId> named = new HashSet<>();
            news.avatars().forEach(seen -> named.add(seen.character()));
            for (AvatarSeen before : List.copyOf(sim.here.values())) {
                if (!named.contains(before.character())) {
                    gone(sim, by, before);
                }
            }
            sim.early.clear();
            sim.isComplete = true;
        }
        for (AvatarSeen seen : news.avatars()) {
            heard(sim, by, seen, nowNanos);
        }
    }

    /**
     * Which of its cells run. Of whom they hold it has told before, on the same lane: a cell settles when it is said again, long enough after the first time, and so after everything that its sim knew then, even if that
     * stood still in between.
     */
    synchronized void heard(NodeId by, Crowds crowds, long nowNanos) {
        for (Crowd crowd : crowds.cells()) {
            CellId cell = crowd.load().cell();
            Settling doubted = settling.get(cell);
            Tenure tenure = map.cell(cell);
            if (doubted != null && by.equals(tenure.owner()) && crowd.epoch() == tenure.epoch()) {
                if (doubted.runsSinceNanos == null) {
                    settling.put(cell, new Settling(doubted.ownedSinceNanos, nowNanos));
                } else if (nowNanos - doubted.runsSinceNanos >= SETTLED_NANOS) {
                    settle(cell);
                }
            }
        }
    }

    private void settle(CellId cell) {
        directory.settled(cell);
        settling.remove(cell);
    }

    private void heard(Sim sim, NodeId by, AvatarSeen seen, long nowNanos) {
        CharacterId character = seen.character();
        long known = map.cell(seen.by().cell()).epoch();
        // It stood still and has not heard that its cells went on since.
        boolean isFormer = seen.by().epoch() < known;
        switch (seen.what()) {
            case HERE -> {
                if (seen.by().epoch() > known) {
                    sim.early.put(character, seen);
                } else if (!isFormer) {
                    here(sim, by, seen);
                }
            }
            case LEFT -> {
                sim.early.remove(character);
                if (isFormer && isOverruled(by, character)) {
                    return;
                }
                directory.leftTowards(character, seen.cell(), seen.entity(), seen.ownership());
                sim.here.remove(character);
                travelling.put(character, new Journey(seen, nowNanos));
            }
            case GONE -> {
                sim.early.remove(character);
                if (!isFormer) {
                    directory.gone(character, seen.entity(), seen.ownership());
                    forget(sim, by, character);
                }
            }
        }
    }

    private void here(Sim sim, NodeId by, AvatarSeen seen) {
        CharacterId character = seen.character();
        directory.arrived(character, seen.cell(), seen.entity(), seen.ownership());
        sim.here.put(character, seen);
        lastBy.put(character, by);
        claims.remove(character);
        travelling.computeIfPresent(
                character, (_, journey) -> journey.seen.ownership() > seen.ownership() ? journey : null);
    }

    /** What it said of this cell before we heard that it is its own. */
    private void hearEarly(NodeId by, Tenure now) {
        Sim sim = sims.get(by);
        if (sim == null) {
            return;
        }
        for (AvatarSeen told : List.copyOf(sim.early.values())) {
            if (told.cell().equals(now.cell()) && told.by().epoch() <= now.epoch()) {
                sim.early.remove(told.character());
                if (told.by().epoch() == now.epoch()) {
                    here(sim, by, told);
                }
            }
        }
    }

    /**
     * Whether another sim has the avatar in a cell of its own and has said so since: whoever stood still, and has not heard yet that its cells went on elsewhere, gives away what is not its to give. The avatar
     * would be waited for in vain.
     */
    private boolean isOverruled(NodeId by, CharacterId character) {
        NodeId last = lastBy.get(character);
        Sim there = last == null || last.equals(by) ? null : sims.get(last);
        AvatarSeen seen = there == null ? null : there.here.get(character);
        return seen != null && last != null && last.equals(map.cell(seen.cell()).owner());
    }

    /** It was there once and is not named any more. Where another sim has spoken of it since, that is true. */
    private void gone(Sim sim, NodeId by, AvatarSeen before) {
        // A cell that has gone on since is in doubt until its owner has spoken.
        boolean isNow = before.by().epoch() == map.cell(before.cell()).epoch();
        if (isNow && by.equals(lastBy.get(before.character()))) {
            directory.gone(before.character(), before.entity(), before.ownership());
        }
        forget(sim, by, before.character());
    }

    private void forget(Sim sim, NodeId by, CharacterId character) {
        sim.here.remove(character);
        lastBy.remove(character, by);
    }

    /** Who owns what has changed. */
    synchronized void follow(ClusterMap next, long nowNanos) {
        if (next.version() <= map.version()) {
            return;
        }
        for (ClusterMap.Member member : next.nodes()) {
            if (member.info().does(NodeInfo.Role.SIM)) {
                sims.computeIfAbsent(member.node(), _ -> new Sim(nowNanos));
            }
        }
        for (ClusterMap.Member member : map.nodes()) {
            if (next.node(member.node()) == null) {
                forgetLost(member.node());
            }
        }
        Map<CellId, Tenure> before = new HashMap<>();
        map.cells().forEach(tenure -> before.put(tenure.cell(), tenure));
        for (Tenure tenure : next.cells()) {
            follow(before.get(tenure.cell()), tenure, nowNanos);
        }
        map = next;
    }

    /** Its cells are lost to it: those are in doubt, whatever it has said of them. */
    private void forgetLost(NodeId node) {
        Sim sim = sims.get(node);
        if (sim != null) {
            forgetAll(node, sim);
            if (!sim.isLinked) {
                sims.remove(node);
            }
        }
    }

    private void forgetAll(NodeId node, Sim sim) {
        sim.here.keySet().forEach(character -> lastBy.remove(character, node));
        sim.here.clear();
        sim.early.clear();
    }

    private void follow(@Nullable Tenure before, Tenure now, long nowNanos) {
        if (before != null && before.epoch() > 0) { // else nobody has lived there yet
            doubt(before, now, nowNanos);
        }
        if (now.owner() != null && (before == null || now.epoch() > before.epoch())) {
            hearEarly(now.owner(), now);
        }
    }

    private void doubt(Tenure before, Tenure now, long nowNanos) {
        // Promoted or moved it goes on, too, but it is its new owner who knows whom it holds.
        boolean isAnothers = !Objects.equals(before.owner(), now.owner());
        if (isAnothers || now.begunEpoch() > before.begunEpoch()) {
            if (now.begunEpoch() > before.begunEpoch()) {
                directory.restarting(now.cell());
            } else {
                directory.continuing(now.cell());
            }
            settling.remove(now.cell());
            if (now.isHeld()) {
                settling.put(now.cell(), new Settling(nowNanos, null));
            }
        }
    }

    /** @param term 0: somebody else leads */
    synchronized void lead(long term, long nowNanos) {
        if (term != ledTerm) {
            ledTerm = term;
            ledSinceNanos = nowNanos;
        }
    }

    /** Null while somebody else leads: only whoever leads answers. */
    synchronized @Nullable Claimed claim(long request, CharacterId character, CellId entrance, long nowNanos) {
        if (ledTerm == 0) {
            return null;
        }
        if (!isSure(nowNanos) || claims.size() >= CLAIM_COUNT_MAX) {
            return new Claimed(request, Verdict.NOT_YET, entrance, 0, 0);
        }
        forgetUnused(character, entrance, nowNanos);
        return switch (directory.claim(character, entrance)) {
            case Claim.Located(CellId cell, long entity) -> new Claimed(request, Verdict.LOCATED, cell, entity, 0);
            // Nobody is sent to a cell for an avatar that has not come there: the cell may be another's by now.
            case Claim.Spawning(), Claim.Travelling _ -> new Claimed(request, Verdict.NOT_YET, entrance, 0, 0);
            case Claim.Yours(long ticket) -> {
                claims.put(character, new Pending(ticket, entrance, nowNanos));
                yield new Claimed(request, Verdict.YOURS, entrance, 0, ledTerm << TICKET_BITS | ticket);
            }
        };
    }

    private void forgetUnused(CharacterId character, CellId entrance, long nowNanos) {
        Pending pending = claims.get(character);
        boolean isUnused = pending != null
                && pending.entrance.equals(entrance)
                && nowNanos - pending.sinceNanos >= CLAIM_AGAIN_NANOS;
        // A cell that has just changed hands says itself, in a moment, whether the first join has come.
        if (pending != null && isUnused && map.cell(entrance).isHeld() && !settling.containsKey(entrance)) {
            directory.abandon(character, pending.ticket);
            claims.remove(character);
        }
    }

    private boolean isSure(long nowNanos) {
        if (nowNanos - ledSinceNanos < LEADER_PAUSE_NANOS) {
            return false;
        }
        for (ClusterMap.Member member : map.nodes()) {
            Sim sim = sims.get(member.node());
            boolean isAwaited = sim != null && !sim.isComplete && nowNanos - sim.waitedSinceNanos < NEWS_NANOS_MAX;
            if (isAwaited && member.info().does(NodeInfo.Role.SIM)) {
                return false;
            }
        }
        return true;
    }

    /** Tickets of other leaderships mean nothing here. */
    synchronized void abandon(CharacterId character, long ticket) {
        if (ledTerm != 0 && ticket >>> TICKET_BITS == ledTerm) {
            long own = ticket & (1L << TICKET_BITS) - 1;
            directory.abandon(character, own);
            claims.computeIfPresent(character, (_, pending) -> pending.ticket == own ? null : pending);
        }
    }

    /** What time has decided: cells that do not start are waited for no longer, claims lapse. */
    synchronized void look(long nowNanos) {
        for (Map.Entry<CellId, Settling> entry : List.copyOf(settling.entrySet())) {
            if (nowNanos - entry.getValue().ownedSinceNanos >= START_NANOS_MAX) {
                settle(entry.getKey());
            }
        }
        if (isSure(nowNanos)) {
            travelling.values().removeIf(journey -> isOver(journey, nowNanos));
        }
        List<CharacterId> lapsed = new ArrayList<>();
        claims.forEach((character, pending) -> {
            if (nowNanos - pending.sinceNanos >= CLAIM_NANOS_MAX) {
                directory.abandon(character, pending.ticket);
                lapsed.add(character);
            }
        });
        lapsed.forEach(claims::remove);
    }

    private boolean isOver(Journey journey, long nowNanos) {
        AvatarSeen seen = journey.seen;
        boolean mayStillCome = nowNanos - journey.sinceNanos < TRAVEL_NANOS_MAX
                || settling.containsKey(seen.cell())
                || !map.cell(seen.cell()).isHeld();
        if (!mayStillCome) {
            directory.lost(seen.character(), seen.entity(), seen.ownership());
        }
        return !mayStillCome;
    }

    /** Avatars that live, travel, are claimed or in doubt. */
    int size() {
        return directory.size();
    }
}
