package dev.terrane.link;

import dev.terrane.base.NodeId;
import dev.terrane.bytes.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One end of one connection between two nodes: greets, checks, numbers, and ends with a reason.
 *
 * <pre>
 *   GREETING ── their HELLO fits ──► AWAITING ── their ACCEPT ──► OPEN ── CLOSE, fault, silence ──► ENDED
 *       └───── their HELLO fits, and our name is the smaller: we send ACCEPT ─────► OPEN
 * </pre>
 *
 * Both greet at once. The node with the smaller name decides which connection of a pair is used, and so a pair that dials each
 * other at once agrees without asking twice.
 *
 * <ul>
 *   <li>GREETING: our HELLO is said, theirs has not come.
 *   <li>AWAITING: theirs fits; the node with the smaller name has not accepted yet.
 *   <li>OPEN: messages go both ways.
 *   <li>ENDED: nothing is heard any more; the reason may still be underway.
 * </ul>
 *
 * <p><b>Threading.</b> {@link #offer}, {@link #flush} and what only tells a number may be called by any thread; everything else by the one
 * that drives the connection.
 */
public final class LinkMachine {
    private enum State {
        GREETING,
        AWAITING,
        OPEN,
        ENDED
    }

    /** The other's text goes into our log. */
    private static final Pattern UNPRINTABLE = Pattern.compile("\\p{C}");

    private final LinkHello self;
    private final NodeId certified;
    private final LinkTimes times;
    private final LinkHost host;
    private final Outbound outbound;
    private final FrameReader reader;
    private final long begunNanos;
    private State state = State.GREETING;
    private boolean over;
    private boolean senseless;
    private @Nullable LinkHello peer;
    private volatile long lastHeardNanos;
    private long lastBeatNanos;

    /**
     * @param certified whom the other's certificate names
     * @param nowNanos when the connection was made
     */
    public LinkMachine(
            LinkHello self, NodeId certified, LinkLimits limits, LinkTimes times, LinkHost host, long nowNanos) {
        this.self = self;
        this.certified = certified;
        this.times = times;
        this.host = host;
        this.outbound = new Outbound(limits);
        this.reader = new FrameReader(limits, this::onFrame);
        this.begunNanos = nowNanos;
        this.lastHeardNanos = nowNanos;
        this.lastBeatNanos = nowNanos;
        outbound.say(Frames.HELLO, self.encode());
    }

    /** Copies a message into its lane's queue. It leaves with the next {@link #flush}. Any thread; never waits. */
    public Offered offer(Lane lane, byte[] message, int offset, int length) {
        return outbound.offer(lane, message, offset, length);
    }

    /**
     * What was offered up to now may be taken. Any thread.
     *
     * @return whether there is anything to take
     */
    public boolean flush() {
        return outbound.flush();
    }

    /** How long the frame is that has to be written next; 0 when there is none. */
    public int nextBytes() {
        return outbound.nextBytes();
    }

    /** Moves whole frames into {@code into}, control lane first, until the next one does not fit; returns how many bytes. */
    public int take(byte[] into) {
        return outbound.take(into);
    }

    /** What waits in a lane's queue. Any thread. */
    public int queueBytes(Lane lane) {
        return outbound.queueBytes(lane);
    }

    /** When the last byte came from the other node, or the connection was made. Any thread. */
    public long lastHeardNanos() {
        return lastHeardNanos;
    }

    /** Whether an offer to the control lane was refused for want of room: the link ends with the next {@link #onTimer}. Any thread. */
    public boolean overflown() {
        return outbound.overflown();
    }

    public boolean ended() {
        return state == State.ENDED;
    }

    /** Whether the other node has said that it is over: nothing more is to be heard. */
    public boolean over() {
        return over;
    }

    /** The node at the other end, as its certificate names it. */
    public NodeId peer() {
        return certified;
    }

    /** Takes bytes as they come. They are not kept. */
    public void receive(byte[] bytes, int offset, int length, long nowNanos) {
        if (state == State.ENDED) {
            senseless = senseless || reader.feed(bytes, offset, length) != null;
            return;
        }
        lastHeardNanos = nowNanos;
        Refusal fault = reader.feed(bytes, offset, length);
        if (fault != null) {
            senseless = true;
            end(fault);
        }
    }

    /** To be called a few times per heartbeat. */
    public void onTimer(long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        if (outbound.overflown()) {
            close(
                    LinkEnd.CONTROL_FULL,
                    "the control lane is full; the other node reads too slowly or too much was sent");
        } else if (state != State.OPEN) {
            if (nowNanos - begunNanos > times.greetingNanosMax()) {
                close(LinkEnd.LATE, "the greeting was not over within " + millis(times.greetingNanosMax()) + " ms");
            }
        } else if (nowNanos - lastHeardNanos > times.silenceNanosMax()) {
            close(LinkEnd.SILENT, "nothing was heard for " + millis(nowNanos - lastHeardNanos) + " ms");
        } else if (nowNanos - lastBeatNanos >= times.heartbeatNanos()) {
            lastBeatNanos = nowNanos;
            outbound.beat();
        }
    }

    /** Ends the connection and tells the other node why. */
    public void close(LinkEnd why, String text) {
        if (state != State.ENDED) {
            state = State.ENDED;
            host.ended(new LinkLoss(why, text, false, outbound.seal(why, text)));
        }
    }

    /** The socket is gone. */
    public void onReset(LinkEnd why, String text) {
        gone(new LinkLoss(why, text, false, 0));
    }

    /** The life of the other node, once it has greeted. */
    long peerLife() {
        LinkHello greeted = peer;
        return greeted == null ? 0 : greeted.life();
    }

    private boolean onFrame(int type, Lane lane, byte[] bytes, int offset, int length) {
        if (state == State.ENDED) {
            over |= type == Frames.CLOSE;
            return !over;
        }
        try {
            switch (type) {
                case Frames.HELLO -> onHello(bytes, offset, length);
                case Frames.ACCEPT -> onAccept(bytes, offset, length);
                case Frames.HEARTBEAT -> onHeartbeat(length);
                case Frames.CLOSE -> onClose(bytes, offset, length);
                default -> host.received(lane, bytes, offset, length);
            }
        } catch (MalformedBytesException malformed) {
            close(LinkEnd.MALFORMED, String.valueOf(malformed.getMessage()));
        }
        return state != State.ENDED;
    }

    private void onHello(byte[] bytes, int offset, int length) {
        if (state != State.GREETING) {
            close(LinkEnd.MALFORMED, "a second greeting");
            return;
        }
        LinkHello hello = LinkHello.decode(bytes, offset, length, self.versions());
        Refusal refusal = judge(hello);
        if (refusal != null) {
            end(refusal);
            return;
        }
        peer = hello;
        if (self.node().compareTo(hello.node()) > 0) {
            state = State.AWAITING;
            return;
        }
        LinkLoss refused = host.admit(hello);
        if (refused != null) {
            close(refused.why(), refused.text());
            return;
        }
        byte[] version = new byte[Integer.BYTES];
        Frames.putI32(version, 0, versionWith(hello));
        outbound.say(Frames.ACCEPT, version);
        open(hello);
    }

    private void onAccept(byte[] bytes, int offset, int length) {
        LinkHello greeted = peer;
        if (state != State.AWAITING || greeted == null) {
            close(LinkEnd.MALFORMED, "an acceptance that nobody awaits");
        } else if (length != Integer.BYTES || Frames.i32(bytes, offset) != versionWith(greeted)) {
            close(LinkEnd.MALFORMED, "an acceptance of another version than " + versionWith(greeted));
        } else {
            open(greeted);
        }
    }

    private void onHeartbeat(int length) {
        if (state != State.OPEN || length != 0) {
            close(LinkEnd.MALFORMED, "a heartbeat of " + length + " bytes while " + state);
        }
    }

    private void onClose(byte[] bytes, int offset, int length) {
        if (length == 0) {
            close(LinkEnd.MALFORMED, "a closing without a reason");
            return;
        }
        int textBytes = Math.min(length - 1, Outbound.TEXT_BYTES_MAX);
        String text = new String(bytes, offset + 1, textBytes, StandardCharsets.UTF_8);
        over = true;
        gone(new LinkLoss(LinkEnd.of(bytes[offset]), UNPRINTABLE.matcher(text).replaceAll("?"), true, 0));
    }

    private void open(LinkHello hello) {
        state = State.OPEN;
        reader.open();
        outbound.open();
        host.opened(new LinkInfo(hello.life(), hello.roles(), versionWith(hello)));
    }

    private int versionWith(LinkHello hello) {
        return self.versions().common(hello.versions());
    }

    private @Nullable Refusal judge(LinkHello hello) {
        if (!hello.cluster().equals(self.cluster())) {
            return new Refusal(
                    LinkEnd.CLUSTER,
                    "node %s belongs to cluster %s, node %s to %s"
                            .formatted(hello.node(), hello.cluster(), self.node(), self.cluster()));
        }
        if (versionWith(hello) == VersionWindow.NONE) {
            return new Refusal(
                    LinkEnd.VERSION,
                    "node %s speaks versions %s, node %s speaks %s"
                            .formatted(hello.node(), hello.versions(), self.node(), self.versions()));
        }
        if (!hello.node().equals(certified)) {
            return new Refusal(
                    LinkEnd.IDENTITY,
                    "it says it is node %s, its certificate names %s".formatted(hello.node(), certified));
        }
        if (hello.node().equals(self.node())) {
            return new Refusal(LinkEnd.IDENTITY, "node " + self.node() + " was met by a node of its own name");
        }
        return null;
    }

    private void end(Refusal refusal) {
        close(refusal.why(), refusal.text());
    }

    private void gone(LinkLoss loss) {
        if (state != State.ENDED) {
            state = State.ENDED;
            host.ended(new LinkLoss(loss.why(), loss.text(), loss.byPeer(), outbound.abandon()));
        }
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
