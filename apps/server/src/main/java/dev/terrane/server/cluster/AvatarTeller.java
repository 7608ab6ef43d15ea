package dev.terrane.server.cluster;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.NodeId;
import dev.terrane.cell.Passage;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.NodeInfo;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessage.AvatarSeen;
import dev.terrane.node.NodeMessage.AvatarSeen.What;
import dev.terrane.node.NodePost;
import dev.terrane.server.world.AvatarBook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tells coordinators, gateways and services where this node's avatars are: everything when a link is new, then what changes, a few times a second. Any thread; guarded by itself. */
final class AvatarTeller implements AvatarBook {
    /** Beats, three seconds of them: most hand-offs that were lost have come again by then. */
    static final int DEPARTED_TELLS = 60;

    private final NodePost post;
    private final Consumer<Passage> memory;
    private final Map<CharacterId, AvatarSeen> here = new HashMap<>();
    /** Who left lately: whoever is not named among everything is gone, and these are only on their way. Oldest first. */
    private final Map<CharacterId, Departed> departed = new LinkedHashMap<>();

    /** In which life each heard everything; 0: none that the map names. A new life may have listened late. */
    private final Map<NodeId, Long> informed = new HashMap<>();

    private List<AvatarSeen> news = new ArrayList<>();
    private long tellCount;
    /** Of the map by which {@link #here} was last cleared. */
    private long clearedVersion;

    private record Departed(AvatarSeen seen, long tellCount) {}

    AvatarTeller(NodePost post) {
        this(post, _ -> {});
    }

    /** @param memory for those who look back; must not block */
    AvatarTeller(NodePost post, Consumer<Passage> memory) {
        this.post = post;
        this.memory = memory;
    }

    @Override
    public void passed(Passage passage) {
        memory.accept(passage);
    }

    @Override
    public synchronized void arrived(CellEpoch by, CharacterId character, long entity, int ownership) {
        AvatarSeen seen = new AvatarSeen(What.HERE, character, by.cell(), entity, ownership, by);
        here.put(character, seen);
        departed.remove(character);
        news.add(seen);
    }

    @Override
    public synchronized void leftTowards(CellEpoch by, CellId to, CharacterId character, long entity, int ownership) {
        AvatarSeen left = new AvatarSeen(What.LEFT, character, to, entity, ownership, by);
        AvatarSeen before = here.get(character);
        // Between two cells of this node, the one may have reported its arrival before the other its leave.
        if (before == null || before.ownership() < ownership) {
            here.remove(character);
            departed.remove(character);
            departed.put(character, new Departed(left, tellCount));
        }
        news.add(left);
    }

    @Override
    public synchronized void gone(CellEpoch by, CharacterId character, long entity, int ownership) {
        AvatarSeen before = here.get(character);
        if (before != null && before.entity() == entity && before.ownership() <= ownership) {
            here.remove(character);
        }
        news.add(new AvatarSeen(What.GONE, character, by.cell(), entity, ownership, by));
    }

    /** What was said of cells that have gone on under a later epoch: who is in them is for others to report, or has been reported again. */
    private void clear(ClusterMap map) {
        if (map.version() != clearedVersion) {
            clearedVersion = map.version();
            here.values()
                    .removeIf(seen -> map.cell(seen.cell()).epoch() > seen.by().epoch());
        }
    }

    /** The link is over: with the next one everything is told. */
    synchronized void lost(NodeId peer) {
        informed.remove(peer);
    }

    /** Tells what is new. */
    synchronized void tell(ClusterMap map, Collection<NodeId> coordinators) {
        clear(map);
        Map<NodeId, Long> interested = new HashMap<>();
        coordinators.forEach(coordinator -> interested.put(coordinator, 0L));
        for (ClusterMap.Member member : map.nodes()) {
            if (member.info().does(NodeInfo.Role.GATEWAY) || member.info().does(NodeInfo.Role.SERVICE)) {
                interested.put(member.node(), member.info().life());
            }
        }
        interested.forEach(this::tell);
        news = new ArrayList<>();
        tellCount++;
        departed.values().removeIf(each -> tellCount - each.tellCount > DEPARTED_TELLS);
    }

    private List<AvatarSeen> everything() {
        List<AvatarSeen> all = new ArrayList<>(here.values());
        departed.values().forEach(each -> all.add(each.seen));
        return all;
    }

    private void tell(NodeId node, long life) {
        if (!Long.valueOf(life).equals(informed.get(node))) {
            if (post.tell(node, new NodeMessage.AvatarNews(true, everything()))) {
                informed.put(node, life);
            }
        } else if (!news.isEmpty() && !post.tell(node, new NodeMessage.AvatarNews(false, news))) {
            informed.remove(node);
        }
    }
}
