package dev.terrane.standby;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellReplay;
import dev.terrane.cell.ImageRefusedException;
import dev.terrane.recorder.Replay;
import dev.terrane.recorder.TwinFeed;
import dev.terrane.recorder.TwinFeed.Fed;
import org.jspecify.annotations.Nullable;

/** The standby's side: takes pieces, and is the cell, one tick behind and silent, until it is to be the cell itself. One thread. */
public final class StandbyTwin {
    private final Replay.Game game;
    private TwinFeed feed;
    /** While a stream begins anew: what the one before led to. Nothing later has left the owner, so it is as good as ever. */
    private @Nullable TwinFeed former;

    private long stream;
    private long next;
    private boolean lost = true;
    private int differenceCount;

    public StandbyTwin(Replay.Game game) {
        this.game = game;
        this.feed = new TwinFeed(game);
    }

    /** What to answer; null: nothing. */
    public @Nullable Reply take(Piece piece) {
        if (piece.stream() < stream || lost && piece.stream() == stream && stream != 0) {
            return null; // of a stream that is over
        }
        if (piece.stream() > stream) {
            begin(piece.stream());
        }
        if (piece.number() != next) {
            return again("piece " + next + " is missing, " + piece.number() + " came");
        }
        next++;
        try {
            return switch (feed.take(piece.frame())) {
                case Fed.Opened _ -> null;
                case Fed.Based based -> follows(based.tick());
                case Fed.Ticked ticked -> follows(ticked.tick());
                case Fed.Differs differs -> {
                    differenceCount++;
                    yield again("tick " + differs.tick() + " went another way: " + differs.how());
                }
            };
        } catch (MalformedBytesException | ImageRefusedException e) {
            feed = new TwinFeed(game); // it may have been taken in by halves
            return again(String.valueOf(e.getMessage()));
        }
    }

    private void begin(long newStream) {
        if (promotable(feed) != null) {
            former = feed;
        }
        feed = new TwinFeed(game);
        stream = newStream;
        next = 0;
        lost = false;
    }

    private Reply follows(long tick) {
        former = null;
        CellReplay twin = feed.twin();
        return new Reply.Follows(stream, tick, twin != null && twin.remembersFacts());
    }

    private static @Nullable CellReplay promotable(@Nullable TwinFeed feed) {
        CellReplay twin = feed == null ? null : feed.twin();
        return twin != null && twin.promotable() ? twin : null;
    }

    /**
     * The tick after which {@link #promote} would go on: that of the last {@link Reply.Follows}, also when a connection was lost since; {@link Long#MIN_VALUE}:
     * there is nothing to promote, the cell has to start from its checkpoint.
     */
    public long promotableTick() {
        CellReplay twin = best();
        return twin == null ? Long.MIN_VALUE : twin.tick();
    }

    /** See {@link CellReplay#remembersFacts}. */
    public boolean remembersFacts() {
        CellReplay twin = best();
        return twin != null && twin.remembersFacts();
    }

    private @Nullable CellReplay best() {
        CellReplay twin = promotable(feed);
        return twin == null ? promotable(former) : twin;
    }

    /**
     * The twin becomes the cell; what the caller has to do then says {@link CellReplay#promote}. Pieces of the former owner are refused from now on.
     *
     * @throws IllegalStateException if there is nothing to promote
     */
    public Cell promote(long epoch, int incarnation, CellPorts ports) {
        TwinFeed chosen = promotable(feed) == null && former != null ? former : feed;
        Cell cell = chosen.promote(epoch, incarnation, ports);
        end();
        return cell;
    }

    /**
     * As {@link #promote}, for whoever does the last step himself: the twin at {@link #promotableTick}, or null if there is none. It need not follow at the moment: when its
     * connection was lost, or a base is underway, the owner has let nothing out since.
     */
    public @Nullable CellReplay handOver() {
        CellReplay twin = best();
        end();
        return twin;
    }

    private void end() {
        feed = new TwinFeed(game);
        former = null;
        lost = true;
        stream = Long.MAX_VALUE;
    }

    private Reply again(String why) {
        lost = true;
        return new Reply.Again(stream, why);
    }

    /** The cell as it is here; null while it does not follow. */
    public @Nullable CellReplay twin() {
        return lost ? null : feed.twin();
    }

    /** How often it did something else than its owner: a game that is not deterministic. */
    public int differenceCount() {
        return differenceCount;
    }
}
