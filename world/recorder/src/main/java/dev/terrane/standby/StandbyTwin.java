package dev.terrane.standby;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.CellReplay;
import dev.terrane.cell.ImageRefusedException;
import dev.terrane.recorder.Replay;
import dev.terrane.recorder.TwinFeed;
import dev.terrane.recorder.TwinFeed.Fed;
import org.jspecify.annotations.Nullable;

/** The standby's side: takes pieces, and is the cell, one tick behind and silent. One thread. */
public final class StandbyTwin {
    private final TwinFeed feed;
    private long stream;
    private long next;
    private boolean lost = true;
    private int differenceCount;

    public StandbyTwin(Replay.Game game) {
        this.feed = new TwinFeed(game);
    }

    /** What to answer; null: nothing. */
    public @Nullable Reply take(Piece piece) {
        if (piece.stream() < stream || lost && piece.stream() == stream && stream != 0) {
            return null; // of a stream that is over
        }
        if (piece.stream() > stream) {
            stream = piece.stream();
            next = 0;
            lost = false;
        }
        if (piece.number() != next) {
            return again("piece " + next + " is missing, " + piece.number() + " came");
        }
        next++;
        try {
            return switch (feed.take(piece.frame())) {
                case Fed.Opened _ -> null;
                case Fed.Based based -> new Reply.Follows(stream, based.tick());
                case Fed.Ticked ticked -> new Reply.Follows(stream, ticked.tick());
                case Fed.Differs differs -> {
                    differenceCount++;
                    yield again("tick " + differs.tick() + " went another way: " + differs.how());
                }
            };
        } catch (MalformedBytesException | ImageRefusedException e) {
            return again(String.valueOf(e.getMessage()));
        }
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
