package dev.terrane.server.services;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.Clock;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.coordinator.Tenure;
import dev.terrane.directory.Claim;
import dev.terrane.directory.Directory;
import dev.terrane.node.NodeMessage.AvatarNews;
import dev.terrane.node.NodeMessage.AvatarSeen;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where avatars live, as the sims have said, kept at a node that is none: late by what is under way. Finding somebody at the wrong place costs a second delivery; that somebody is nowhere is said only when all sims have said
 * everything and who owns what has been quiet for a moment. Any thread.
 */
final class AvatarReplica {
    /** By then a cell that has an owner again has said whom it holds, and what was on its way to it has come. */
    static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Clock clock;
    private final Directory directory = new Directory();
    /** Of each sim what it has said is with it. */
    private final Map<NodeId, Map<CharacterId, AvatarSeen>> here = new HashMap<>();
    /** Sims that have said everything since their link is up. */
    private final Set<NodeId> complete = new HashSet<>();
    /** Cells in doubt that have an owner, and since when. */
    private final Map<CellId, Long> settling = new TreeMap<>();

    private ClusterMap map = ClusterMap.EMPTY;
    private long changedNanos;

    AvatarReplica(Clock clock) {
        this.clock = clock;
        this.changedNanos = clock.nanos();
    }

    /** A link is up or over: news may be missing until the sim has said everything again. */
    synchronized void doubt(NodeId peer) {
        complete.remove(peer);
        changedNanos = clock.nanos();
    }

    synchronized void heard(NodeId by, AvatarNews news) {
        Map<CharacterId, AvatarSeen> before = here.computeIfAbsent(by, _ -> new HashMap<>());
        if (news.isEverything()) {
            Set<CharacterId> named = new HashSet<>();
            news.avatars().forEach(seen -> named.add(seen.character()));
            for (AvatarSeen seen : List.copyOf(before.values())) {
                // A cell that has gone on since is in doubt until its owner has spoken.
                if (!named.contains(seen.character())
                        && seen.by().epoch() == map.cell(seen.cell()).epoch()) {
                    directory.gone(seen.character(), seen.entity(), seen.ownership());
                }
            }
            before.clear();
            complete.add(by);
            changedNanos = clock.nanos();
        }
        news.avatars().forEach(seen -> heard(before, seen));
    }

    private void heard(Map<CharacterId, AvatarSeen> hereOfIt, AvatarSeen seen) {
        boolean isFormer = seen.by().epoch() < map.cell(seen.by().cell()).epoch();
        if (isFormer && seen.what() != AvatarSeen.What.LEFT) {
            return; // by a sim that has not heard that its cell went on since
        }
        switch (seen.what()) {
            case HERE -> {
                directory.arrived(seen.character(), seen.cell(), seen.entity(), seen.ownership());
                hereOfIt.put(seen.character(), seen);
            }
            case LEFT -> {
                directory.leftTowards(seen.character(), seen.cell(), seen.entity(), seen.ownership());
                hereOfIt.remove(seen.character());
            }
            case GONE -> {
                directory.gone(seen.character(), seen.entity(), seen.ownership());
                hereOfIt.remove(seen.character());
            }
        }
    }

    synchronized void follow(ClusterMap next) {
        Map<CellId, Tenure> before = new HashMap<>();
        map.cells().forEach(tenure -> before.put(tenure.cell(), tenure));
        for (Tenure tenure : next.cells()) {
            follow(before.get(tenure.cell()), tenure);
        }
        for (ClusterMap.Member member : map.nodes()) {
            if (next.node(member.node()) == null) {
                here.remove(member.node());
                complete.remove(member.node());
            }
        }
        map = next;
    }

    private void follow(@Nullable Tenure before, Tenure now) {
        if (before != null && Objects.equals(before.owner(), now.owner()) && now.begunEpoch() == before.begunEpoch()) {
            return;
        }
        changedNanos = clock.nanos();
        if (before != null && before.epoch() > 0) {
            if (now.begunEpoch() > before.begunEpoch()) {
                directory.restarting(now.cell());
            } else {
                directory.continuing(now.cell());
            }
            settling.remove(now.cell());
            if (now.isHeld()) {
                settling.put(now.cell(), changedNanos);
            }
        }
    }

    /** The cell that has the avatar, or that it is on its way to; empty when that is not known. */
    synchronized Optional<CellId> find(CharacterId character) {
        return directory.find(character).map(Claim.Located::cell);
    }

    /** Whether it is sure that there is no avatar. */
    synchronized boolean isNowhere(CharacterId character) {
        long now = clock.nanos();
        settling.entrySet().removeIf(each -> {
            boolean isOver = now - each.getValue() >= QUIET_NANOS;
            if (isOver) {
                directory.settled(each.getKey());
            }
            return isOver;
        });
        return !directory.knows(character)
                && map.version() > 0
                && now - changedNanos >= QUIET_NANOS
                && map.cells().stream().noneMatch(tenure -> tenure.phase() == Tenure.Phase.ORPHANED)
                && map.nodes().stream()
                        .filter(member -> member.info().does(NodeInfo.Role.SIM))
                        .allMatch(member -> complete.contains(member.node()));
    }
}
