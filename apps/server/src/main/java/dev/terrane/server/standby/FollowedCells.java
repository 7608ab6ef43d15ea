package dev.terrane.server.standby;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.cell.CellReplay;
import dev.terrane.coordinator.CellGrant;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Tenure;
import dev.terrane.node.NodeMessage;
import dev.terrane.node.NodePost;
import dev.terrane.recorder.Replay;
import dev.terrane.standby.Piece;
import dev.terrane.standby.Reply;
import dev.terrane.standby.StandbyTwin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cells of other nodes that this node follows, to take them over when their owners are lost.
 *
 * <p>Each cell's twin belongs to one of a few threads: pieces are carried out there in the order in which they came, and so is a promotion, behind everything that came before it. {@link #follow} belongs to one thread,
 * {@link #received} to that of the links.
 */
public final class FollowedCells implements AutoCloseable {
    /** Pieces that may wait for a thread: some seconds of ticks of some hundred cells. When it is full the piece is lost, and the twin asks for a base. */
    private static final int WAITING_COUNT_MAX = 8_192;

    private static final long END_MILLIS_MAX = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(FollowedCells.class);

    private final NodeId self;
    private final NodePost post;
    private final Replay.Game game;
    private final List<ExecutorService> threads;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<CellId, Followed> cells = new HashMap<>();
    private final ExecutorService practice;
    /** In turn, so that each thread has as many. */
    private int dealtCount;

    private volatile Rehearsal rehearsal = (_, _) -> {};
    private final Meters.Count pieces;
    private final Meters.Count pieceBytes;
    private final Meters.Count lost;
    private final Meters.Count differences;

    /** Twin and everything else of it belong to its thread. */
    private static final class Followed {
        private final CellId cell;
        private final long epoch;
        private final NodeId owner;
        private final ExecutorService thread;
        private final StandbyTwin twin;
        private int differencesSeen;
        private @Nullable Piece header;
        private boolean practised;
        /** As of the last tick. Any thread reads. */
        private volatile int avatarCount;

        private Followed(Tenure tenure, NodeId owner, ExecutorService thread, Replay.Game game) {
            this.cell = tenure.cell();
            this.epoch = tenure.epoch();
            this.owner = owner;
            this.thread = thread;
            this.twin = new StandbyTwin(game);
        }
    }

    /** Takes over a copy of a copy, for practice: nobody may hear of it. On a thread that may work. */
    @FunctionalInterface
    public interface Rehearsal {
        void rehearse(CellGrant grant, CellReplay copy);
    }

    /** From now on takeovers are practised like this. */
    public void rehearseBy(Rehearsal how) {
        rehearsal = how;
    }

    /**
     * @param own among which the cells are dealt out
     * @param practice one thread for what may take its time
     */
    public FollowedCells(
            NodeId self,
            NodePost post,
            Replay.Game game,
            List<ExecutorService> own,
            ExecutorService practice,
            Meters meters) {
        this.self = self;
        this.post = post;
        this.game = game;
        this.threads = List.copyOf(own);
        this.practice = practice;
        this.pieces = meters.count("standby_pieces");
        this.pieceBytes = meters.count("standby_piece_bytes");
        this.lost = meters.count("standby_pieces_lost");
        this.differences = meters.count("standby_differences");
        meters.gauge("standby_cells", this::count);
        meters.gauge("standby_pieces_waiting", waiting::get);
    }

    /** The map has changed. Cells that are this node's own by now stay until they are promoted. */
    public void follow(ClusterMap map) {
        synchronized (cells) {
            for (Tenure tenure : map.cells()) {
                Followed known = cells.get(tenure.cell());
                NodeId owner = tenure.owner();
                boolean wanted = self.equals(tenure.standby()) && owner != null;
                if (owner != null && wanted && (known == null || known.epoch != tenure.epoch())) {
                    ExecutorService thread = threads.get(Math.floorMod(dealtCount++, threads.size()));
                    cells.put(tenure.cell(), new Followed(tenure, owner, thread, game));
                } else if (known != null
                        && !wanted
                        && (tenure.phase() == Tenure.Phase.FREE || owner != null && !owner.equals(self))) {
                    cells.remove(tenure.cell());
                }
            }
        }
    }

    private @Nullable Followed find(CellId cell, long epoch) {
        synchronized (cells) {
            Followed followed = cells.get(cell);
            return followed == null || followed.epoch != epoch ? null : followed;
        }
    }

    private int count() {
        synchronized (cells) {
            return cells.size();
        }
    }

    /** A piece has come. Must not wait. */
    public void received(NodeId from, NodeMessage.StandbyPiece message) {
        Followed followed = find(message.cell(), message.epoch());
        if (followed == null || !followed.owner.equals(from)) {
            return; // of an owner that is over, or one whose cell we shall hear of
        }
        pieces.one();
        pieceBytes.add(message.piece().frame().length);
        if (waiting.incrementAndGet() > WAITING_COUNT_MAX) {
            waiting.decrementAndGet();
            lost.one();
            return;
        }
        followed.thread.execute(() -> {
            waiting.decrementAndGet();
            take(followed, message.piece());
        });
    }

    private void take(Followed followed, Piece piece) {
        Reply reply;
        followed.header = piece.number() == 0 && !followed.practised ? piece : followed.header;
        try {
            reply = followed.twin.take(piece);
        } catch (RuntimeException | Error bug) {
            LOG.atError().setCause(bug).addKeyValue("cell", followed.cell).log("following the cell failed");
            reply = new Reply.Again(piece.stream(), bug.toString());
        }
        if (followed.twin.differenceCount() > followed.differencesSeen) {
            followed.differencesSeen = followed.twin.differenceCount();
            differences.one();
        }
        CellReplay copy = followed.twin.twin();
        followed.avatarCount = copy == null ? followed.avatarCount : copy.avatarCount();
        if (reply == null) {
            return;
        }
        post.tell(followed.owner, new NodeMessage.StandbyReply(followed.cell, followed.epoch, reply));
        post.flush();
        if (reply instanceof Reply.Again again) {
            LOG.atWarn()
                    .addKeyValue("cell", followed.cell)
                    .addKeyValue("epoch", followed.epoch)
                    .log("the copy asks for a base: {}", again.why());
        } else {
            practise(followed, piece);
        }
    }

    /** Code that has never run and meters that are made anew are slow, and a takeover is no time for that: each copy is taken over once for practice. The first piece of a stream is a header, the second a base. */
    private void practise(Followed followed, Piece base) {
        Piece header = followed.header;
        if (base.number() != 1 || header == null || followed.practised) {
            return;
        }
        followed.practised = true;
        followed.header = null;
        CellGrant grant = new CellGrant(followed.cell, self, followed.epoch + 1, Integer.MAX_VALUE);
        try {
            practice.execute(() -> practise(grant, header, base));
        } catch (RejectedExecutionException closing) {
            LOG.atDebug().addKeyValue("cell", followed.cell).log("no practice any more");
        }
    }

    /** On a thread of its own: copies follow meanwhile. */
    private void practise(CellGrant grant, Piece header, Piece base) {
        try {
            StandbyTwin copy = new StandbyTwin(game);
            copy.take(header);
            copy.take(base);
            CellReplay twin = copy.twin();
            if (twin != null && twin.promotable()) {
                rehearsal.rehearse(grant, twin);
            }
        } catch (RuntimeException | Error bug) { // it is only practice
            LOG.atWarn().setCause(bug).addKeyValue("cell", grant.cell()).log("practising with a copy failed");
        }
    }

    /**
     * The map says that these cells are ours now, as their copies. Those with most players come first.
     *
     * @param taker is given each cell as it is here, on the thread that owns it; null: there is none
     */
    public void promote(Collection<CellId> wanted, BiConsumer<CellId, @Nullable CellReplay> taker) {
        List<Followed> promoted = new ArrayList<>();
        List<CellId> unknown = new ArrayList<>();
        synchronized (cells) {
            for (CellId cell : wanted) {
                Followed followed = cells.remove(cell);
                if (followed == null) {
                    unknown.add(cell);
                } else {
                    promoted.add(followed);
                }
            }
        }
        promoted.sort(Comparator.comparingInt((Followed each) -> -each.avatarCount));
        promoted.forEach(each -> each.thread.execute(() -> taker.accept(each.cell, handOver(each))));
        unknown.forEach(cell -> taker.accept(cell, null));
    }

    /** Whoever waits for it has to hear something. */
    private static @Nullable CellReplay handOver(Followed followed) {
        try {
            return followed.twin.handOver();
        } catch (RuntimeException | Error bug) {
            LOG.atError()
                    .setCause(bug)
                    .addKeyValue("cell", followed.cell)
                    .addKeyValue("epoch", followed.epoch)
                    .log("the copy cannot be handed over");
            return null;
        }
    }

    @Override
    public void close() throws InterruptedException {
        threads.forEach(ExecutorService::shutdown);
        for (ExecutorService thread : threads) {
            thread.awaitTermination(END_MILLIS_MAX, TimeUnit.MILLISECONDS);
        }
        practice.shutdownNow();
    }
}
