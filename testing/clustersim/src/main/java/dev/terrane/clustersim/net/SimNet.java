package dev.terrane.clustersim.net;

import dev.terrane.base.NodeId;
import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.clustersim.time.Conductor;
import dev.terrane.clustersim.time.Host;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodeMessageCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All links. Both ends of a pair may dial; there is one link, with two lanes in each direction, each in order. A way that is cut keeps what is said on it until it is whole again, or until somebody has waited for too long.
 */
public final class SimNet {
    private static final long MILLI = 1_000_000;
    /** Above {@code LinkTimes}' default nothing is gained, and runs would take longer. */
    private static final long SILENCE_NANOS = 3_000 * MILLI;

    private final Conductor conductor;
    private final Rng rng;
    private final NodeMessageCodec codec;
    private final Weather weather;
    private final Censor censor;
    private final Ear heard;
    private final Map<NodeId, SimPost> ends = new TreeMap<>();
    /** Only looked up. */
    private final Map<Way, Link> links = new TreeMap<>();

    private final Set<Way> cut = new HashSet<>();
    private final ByteWriter writer = new ByteWriter(4_096);
    private long messageCount;
    private long lostCount;
    private long cutCount;
    private long troubledNanos = Long.MIN_VALUE / 2;

    /**
     * @param latencyNanos of a message, at least
     * @param jitterNanos more, at most
     */
    public record Weather(long latencyNanos, long jitterNanos) {}

    /** Is told what arrives at a host, before that one hears it. */
    @FunctionalInterface
    public interface Ear {
        void heard(Host at, NodeMessage message);
    }

    /** From one to the other. */
    record Way(NodeId from, NodeId to) implements Comparable<Way> {
        Way back() {
            return new Way(to, from);
        }

        Way pair() {
            return from.compareTo(to) < 0 ? this : back();
        }

        @Override
        public int compareTo(Way other) {
            int byFrom = from.compareTo(other.from);
            return byFrom != 0 ? byFrom : to.compareTo(other.to);
        }
    }

    /** Between two lives of two nodes. */
    private static final class Link {
        private final SimPost one;
        private final SimPost other;
        private boolean up = true;
        private final Map<NodeId, Boolean> known = new TreeMap<>();
        /** When the last message of each lane in each direction arrives. */
        private final Map<String, Long> arrivals = new TreeMap<>();

        private final Map<Way, List<Runnable>> stuck = new TreeMap<>();
        private final Map<Way, Long> delivered = new TreeMap<>();

        private Link(SimPost one, SimPost other) {
            this.one = one;
            this.other = other;
        }

        private List<Runnable> stuck(Way way) {
            return stuck.computeIfAbsent(way, _ -> new ArrayList<>());
        }

        private boolean isKnownBy(SimPost end) {
            return known.getOrDefault(end.node(), false);
        }
    }

    public SimNet(Conductor conductor, Rng rng, NodeMessageCodec codec, Weather weather, Censor censor, Ear heard) {
        this.heard = heard;
        this.conductor = conductor;
        this.rng = rng;
        this.codec = codec;
        this.weather = weather;
        this.censor = censor;
    }

    /** The post of a new life of a node. Nobody hears it before {@link SimPost#start}. */
    public SimPost join(NodeId node, long life, Host host) {
        SimPost post = new SimPost(this, node, life, host);
        ends.put(node, post);
        return post;
    }

    private @Nullable SimPost alive(NodeId node) {
        SimPost post = ends.get(node);
        return post != null && post.host().isAlive() && post.isStarted() ? post : null;
    }

    void dial(SimPost from, NodeId to) {
        conductor.in(latency(), from.host(), () -> tryToConnect(from, to));
    }

    private void tryToConnect(SimPost from, NodeId to) {
        if (!from.wants(to)) {
            return;
        }
        SimPost there = alive(to);
        Way way = new Way(from.node(), to);
        boolean passes = there != null && !there.host().isPaused() && !isCut(way) && !isCut(way.back());
        if (link(way) != null) {
            return; // dialled again when it is lost
        }
        if (passes && there != null) {
            Link fresh = new Link(from, there);
            links.put(way.pair(), fresh);
            connected(fresh, from, there);
            connected(fresh, there, from);
            return;
        }
        if (there == null && !isCut(way) && !isCut(way.back())) {
            conductor.in(latency(), from.host(), () -> from.hearer().absent(to)); // its machine says so
        }
        dialAgain(from, to);
    }

    private void dialAgain(SimPost from, NodeId to) {
        conductor.in(50 * MILLI + rng.nextInt(100) * MILLI, from.host(), () -> tryToConnect(from, to));
    }

    private void connected(Link link, SimPost end, SimPost peer) {
        conductor.in(latency(), end.host(), () -> {
            if (link.up) {
                link.known.put(end.node(), true);
                end.hearer().connected(peer.node(), peer.life());
            }
        });
    }

    private @Nullable Link link(Way way) {
        Link link = links.get(way.pair());
        return link == null || !link.up ? null : link;
    }

    Set<NodeId> linked(SimPost from) {
        Set<NodeId> linked = new TreeSet<>();
        for (NodeId other : ends.keySet()) {
            Link link = other.equals(from.node()) ? null : link(new Way(from.node(), other));
            if (link != null && link.isKnownBy(from)) {
                linked.add(other);
            }
        }
        return linked;
    }

    boolean tell(SimPost from, NodeId to, NodeMessage message) {
        if (!to.equals(from.node())) {
            Link link = link(new Way(from.node(), to));
            if (link == null || !link.isKnownBy(from)) {
                return false;
            }
        }
        for (NodeMessage each : censor.pass(from.node(), to, message)) {
            codec.write(each, writer.clear());
            from.leave(new SimPost.Letter(to, writer.toBytes(), isControl(each)));
        }
        return true;
    }

    /** As if one had told the other, who hears it in a moment. */
    public void pretend(NodeId from, NodeId to, NodeMessage message) {
        SimPost there = alive(to);
        if (there != null) {
            conductor.in(1_000, there.host(), () -> there.hearer().received(from, message));
        }
    }

    /** As {@code Lanes} of the real wire has it; maps are short here. */
    private static boolean isControl(NodeMessage message) {
        return switch (message) {
            case NodeMessage.ToCell _,
                    NodeMessage.ToGateway _,
                    NodeMessage.StandbyPiece _,
                    NodeMessage.StandbyReply _ -> false;
            case NodeMessage.Deliver _, NodeMessage.Delivered _, NodeMessage.NotDelivered _, NodeMessage.Answers _ ->
                false;
            case NodeMessage.Events _, NodeMessage.Nudge _ -> false;
            default -> true;
        };
    }

    void send(SimPost from, SimPost.Letter letter) {
        messageCount++;
        if (letter.to().equals(from.node())) {
            conductor.in(1_000, from.host(), () -> {
                NodeMessage message = read(letter);
                heard.heard(from.host(), message);
                from.hearer().received(from.node(), message);
            });
            return;
        }
        Way way = new Way(from.node(), letter.to());
        Link link = link(way);
        if (link == null || !link.isKnownBy(from)) {
            lostCount++;
            return;
        }
        carry(link, way, letter);
    }

    private void carry(Link link, Way way, SimPost.Letter letter) {
        SimPost there = link.one.node().equals(way.to()) ? link.one : link.other;
        String lane = way.from().name() + (letter.isControl() ? "/control" : "/data");
        long at = Math.max(conductor.nowNanos() + latency(), link.arrivals.getOrDefault(lane, 0L) + 1_000);
        link.arrivals.put(lane, at);
        conductor.at(at, null, () -> arrive(link, way, there, letter));
    }

    private void arrive(Link link, Way way, SimPost there, SimPost.Letter letter) {
        List<Runnable> stuck = link.stuck(way);
        if (link.up && (isCut(way) || !stuck.isEmpty())) {
            stuck.add(() -> deliver(link, way, there, letter));
            if (stuck.size() == 1) {
                conductor.in(SILENCE_NANOS, null, () -> {
                    if (!stuck.isEmpty()) {
                        troubledNanos = conductor.nowNanos();
                        lose(link);
                    }
                });
            }
        } else {
            deliver(link, way, there, letter);
        }
    }

    /** One after the other, however many at once. */
    private void deliver(Link link, Way way, SimPost there, SimPost.Letter letter) {
        long at = Math.max(conductor.nowNanos(), link.delivered.getOrDefault(way, 0L) + 1_000);
        link.delivered.put(way, at);
        conductor.at(at, there.host(), () -> {
            if (link.up) {
                NodeMessage message = read(letter);
                heard.heard(there.host(), message);
                there.hearer().received(way.from(), message);
            } else {
                lostCount++;
            }
        });
    }

    private NodeMessage read(SimPost.Letter letter) {
        return codec.read(letter.bytes(), 0, letter.bytes().length);
    }

    private long latency() {
        return weather.latencyNanos + Math.floorMod(rng.nextLong(), weather.jitterNanos + 1);
    }

    private boolean isCut(Way way) {
        return cut.contains(way);
    }

    /** The link of a pair is gone; both hear of it, one after the other. */
    public void lose(NodeId a, NodeId b) {
        troubledNanos = conductor.nowNanos();
        Link link = link(new Way(a, b));
        if (link != null) {
            lose(link);
        }
    }

    private void lose(Link link) {
        if (link.up) {
            cutCount++;
            link.up = false;
            link.stuck.values().forEach(List::clear);
            lost(link, link.one, link.other);
            lost(link, link.other, link.one);
            dialAgain(link.one, link.other.node());
            dialAgain(link.other, link.one.node());
        }
    }

    private void lost(Link link, SimPost end, SimPost peer) {
        conductor.in(latency(), end.host(), () -> {
            if (link.known.getOrDefault(end.node(), false)) {
                end.hearer().lost(peer.node(), peer.life());
                if (end.wants(peer.node())) {
                    dial(end, peer.node());
                }
            }
        });
    }

    /** Its process is gone, and whoever was linked with it hears so. */
    public void gone(NodeId node) {
        for (NodeId other : ends.keySet()) {
            if (!other.equals(node)) {
                Link link = link(new Way(node, other));
                if (link != null) {
                    lose(link);
                }
            }
        }
    }

    /** Nothing arrives on that way any more. */
    public void cut(NodeId from, NodeId to) {
        cut.add(new Way(from, to));
    }

    /** It does again, what was said meanwhile, too. */
    public void heal(NodeId from, NodeId to) {
        Way way = new Way(from, to);
        if (cut.remove(way)) {
            troubledNanos = conductor.nowNanos();
            Link link = link(way);
            if (link != null) {
                conductor.in(latency(), null, () -> {
                    if (!isCut(way)) {
                        List<Runnable> late = List.copyOf(link.stuck(way));
                        link.stuck(way).clear();
                        late.forEach(Runnable::run);
                    }
                });
            }
        }
    }

    /** When something was cut or lost last, or healed, in true time; the end of a process does not count. */
    public long troubledNanos() {
        return cut.isEmpty() ? troubledNanos : conductor.nowNanos();
    }

    public boolean passes(NodeId from, NodeId to) {
        return !isCut(new Way(from, to));
    }

    /** Of messages told: how many, and how many of them were lost. */
    public long messageCount() {
        return messageCount;
    }

    public long lostCount() {
        return lostCount;
    }

    /** Links that were lost. */
    public long cutCount() {
        return cutCount;
    }
}
