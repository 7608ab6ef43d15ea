package dev.terrane.server.standby;

import dev.terrane.base.CellId;
import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.base.Threads;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.CellTap;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.recorder.RecordingHeader;
import dev.terrane.standby.OutputGate;
import dev.terrane.standby.Reply;
import dev.terrane.standby.StandbyStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what this node's cells consume to the nodes that follow them.
 *
 * <p>Taps belong to ticks. Everything else is done by one thread: it sends after each round of a worker ({@link #poke}) and hears the answers. {@link #follow}, {@link #received} and {@link #linkChanged} may be called by any.
 */
public final class StandbyStreams implements AutoCloseable {
    /** Nobody has poked for so long: look all the same. */
    private static final long LOOK_NANOS = 20_000_000;

    private static final long END_MILLIS_MAX = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(StandbyStreams.class);

    private final NodePost post;
    private final News news;
    private final Clock clock;
    private final Function<CellSpec, RecordingHeader> headers;
    private final CellInputCodec codec;
    private final Map<CellId, OwnStream> streams = new ConcurrentHashMap<>();
    /** Who is to follow each cell, as the map says: a cell may come later than its map. The sender's own. */
    private final Map<CellId, OwnStream.Aim> aims = new HashMap<>();

    private final ConcurrentLinkedQueue<Runnable> work = new ConcurrentLinkedQueue<>();
    private final Meters.Count sentBytes;
    private final Meters.Count bases;
    private final Meters meters;
    private final Threads.Strand thread;
    private volatile boolean closing;

    /** Tells the coordinators how standbys do. Called by the sender's thread; must not block. */
    public interface News {
        /**
         * It is whole.
         *
         * @param standbyEntry of the log, by which that standby was chosen
         */
        void ready(CellId cell, long epoch, NodeId standby, long standbyEntry);

        /** It lives, but does not follow, and the cell's words wait for it: the cell had better have none for now. */
        void stuck(CellId cell, long epoch);
    }

    /** @param headers what a copy elsewhere has to know of a cell */
    public StandbyStreams(
            NodePost post,
            News news,
            Clock clock,
            Function<CellSpec, RecordingHeader> headers,
            CellInputCodec codec,
            Meters meters) {
        this.post = post;
        this.news = news;
        this.clock = clock;
        this.headers = headers;
        this.codec = codec;
        this.meters = meters;
        this.sentBytes = meters.count("standby_sent_bytes");
        this.bases = meters.count("standby_streams_begun");
        meters.gauge("standby_followed_cells", this::followedCount);
        this.thread = clock.threads().strand("standby-sender", this::run);
    }

    public void start() {
        thread.start();
    }

    /** What a cell's own ways out are made of: nothing but frames leaves before its standby has the tick, when it has one. */
    public CellPorts gated(CellPorts real) {
        OutputGate[] gate = new OutputGate[1];
        gate[0] = new OutputGate(new CellPorts(
                real.cells(),
                real.gateways(),
                real.listener(),
                real.meters(),
                real.stopwatchNanos(),
                spec -> tap(spec, real.taps().open(spec), Objects.requireNonNull(gate[0]))));
        return gate[0].ports();
    }

    private CellTap tap(CellSpec spec, @Nullable CellTap recorder, OutputGate gate) {
        StandbyStream stream = new StandbyStream(headers.apply(spec), codec);
        stream.rest();
        OwnStream own = new OwnStream(spec.cell(), spec.epoch(), stream, gate, clock.nanos());
        gauge("standby_held_messages", spec.cell(), OwnStream::heldCount);
        gauge("standby_lag_ticks", spec.cell(), OwnStream::lagTicks);
        work.add(() -> {
            OwnStream former = streams.put(spec.cell(), own);
            if (former != null) {
                former.stream.close();
            }
            OwnStream.Aim aim = aims.get(spec.cell());
            if (aim != null && aim.epoch() == own.epoch) {
                own.aim(aim);
            }
        });
        return SharedTap.of(recorder, stream);
    }

    /** By name: a gauge is kept for good, and would keep a cell that is long gone. */
    private void gauge(String name, CellId cell, ToLongFunction<OwnStream> read) {
        meters.gauge(
                name,
                () -> {
                    OwnStream own = streams.get(cell);
                    return own == null ? 0 : read.applyAsLong(own);
                },
                "cell",
                cell.toString());
    }

    /** Cells whose words are seen to here. Any thread. */
    int count() {
        return streams.size();
    }

    private int followedCount() {
        int count = 0;
        for (OwnStream own : streams.values()) {
            count += own.stream.stableTick() == Long.MIN_VALUE ? 0 : 1;
        }
        return count;
    }

    /** Once a standby follows: said on the sender's thread, once, unless the cell is given away or followed by another before. */
    public void whenFollowed(CellId cell, long epoch, Runnable then) {
        ask(cell, epoch, own -> own.whenFollowed(then));
    }

    /**
     * Once the standby has this tick: said on the sender's thread, once, unless the cell is given away or followed by another before.
     *
     * @param broken said instead when it has to begin anew with a base
     */
    public void whenStable(CellId cell, long epoch, long tick, Runnable then, Runnable broken) {
        ask(cell, epoch, own -> own.await(new OwnStream.Awaited(tick, then, broken)));
    }

    private void ask(CellId cell, long epoch, Consumer<OwnStream> question) {
        work.add(() -> {
            OwnStream own = streams.get(cell);
            if (own != null && own.epoch == epoch) {
                question.accept(own);
            }
        });
        poke();
    }

    /** The map has changed. */
    public void follow(NodeId self, ClusterMap map) {
        work.add(() -> {
            aims.clear();
            for (Tenure tenure : map.cells()) {
                boolean ours = self.equals(tenure.owner());
                OwnStream.Aim aim = ours
                        ? new OwnStream.Aim(tenure.epoch(), tenure.standby(), tenure.standbyEntry())
                        : OwnStream.Aim.nobody(tenure.epoch());
                aims.put(tenure.cell(), aim);
                OwnStream own = streams.get(tenure.cell());
                if (own != null && own.epoch == tenure.epoch()) {
                    own.whole = tenure.isReady();
                    if (ours) {
                        own.aim(aim);
                    } else {
                        own.leave(clock.nanos());
                    }
                } else if (own != null && own.epoch < tenure.epoch()) {
                    streams.remove(tenure.cell());
                    own.stream.close();
                }
            }
        });
        poke();
    }

    /** A link to that node has come or gone: what was underway is lost. */
    public void linkChanged(NodeId peer) {
        work.add(() -> streams.values().forEach(own -> {
            if (peer.equals(own.target)) {
                own.stream.reconnected();
            }
        }));
        poke();
    }

    /** An answer of a standby. */
    public void received(NodeId from, NodeMessage.StandbyReply message) {
        work.add(() -> {
            OwnStream own = streams.get(message.cell());
            if (own != null && own.epoch == message.epoch() && from.equals(own.target)) {
                hear(own, message.reply());
            }
        });
        poke();
    }

    private void hear(OwnStream own, Reply reply) {
        own.stream.on(reply);
        own.stable(clock.nanos());
        NodeId target = own.target;
        if (target != null && own.isWholeNow()) {
            news.ready(own.cell, own.epoch, target, own.standbyEntry);
        }
    }

    /** Something was ticked, or has come. Any thread; never waits. */
    public void poke() {
        thread.wake();
    }

    private void run() {
        while (!closing) {
            try {
                for (Runnable next = work.poll(); next != null; next = work.poll()) {
                    next.run();
                }
                boolean any = false;
                for (OwnStream own : streams.values()) {
                    any |= send(own);
                    if (own.isOver(clock.nanos())) {
                        streams.remove(own.cell, own);
                        own.stream.close();
                    }
                }
                if (any) {
                    post.flush();
                }
            } catch (RuntimeException | Error bug) {
                LOG.atError().setCause(bug).log("sending to standbys failed");
            }
            clock.threads().park(LOOK_NANOS);
        }
        streams.values().forEach(own -> own.stream.close());
    }

    private boolean send(OwnStream own) {
        NodeId target = own.target;
        if (target == null) {
            return false;
        }
        long before = own.stream.sentTick();
        long streamBefore = own.streamSeen;
        own.stream.send(piece -> {
            boolean left = post.tell(target, new NodeMessage.StandbyPiece(own.cell, own.epoch, piece));
            if (left) {
                sentBytes.add(piece.frame().length);
            }
            own.streamSeen = piece.stream();
            return left;
        });
        own.sent();
        if (own.streamSeen != streamBefore) {
            bases.one();
        }
        own.stable(clock.nanos());
        if (own.isStuck()) {
            LOG.atWarn()
                    .addKeyValue("cell", own.cell)
                    .addKeyValue("epoch", own.epoch)
                    .addKeyValue("standby", target)
                    .log("the standby does not follow, and what the cell says waits for it: asks for none");
            news.stuck(own.cell, own.epoch);
        }
        return own.stream.sentTick() != before;
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        poke();
        thread.join(END_MILLIS_MAX);
    }
}
