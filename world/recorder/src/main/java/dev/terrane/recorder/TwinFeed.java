package dev.terrane.recorder;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.Cell;
import dev.terrane.cell.CellPorts;
import dev.terrane.cell.CellReplay;
import dev.terrane.cell.CellSpec;
import dev.terrane.cell.TickLog;
import org.jspecify.annotations.Nullable;

/** Carries frames out as they come: a replay without an end. Frames are whole and in order; who sees to that is above. One thread. */
public final class TwinFeed {
    private final Replay.Game game;
    private @Nullable RecordingHeader header;
    private @Nullable CellReplay twin;

    public TwinFeed(Replay.Game game) {
        this.game = game;
    }

    /** What became of a frame. */
    public sealed interface Fed {
        /** Whose frames follow. */
        record Opened(RecordingHeader header) implements Fed {}

        /** The twin stands where the cell stood after this tick. */
        record Based(long tick) implements Fed {}

        /** The twin has done the same. */
        record Ticked(long tick) implements Fed {}

        /** The twin has done something else, and is of no use without another base. */
        record Differs(long tick, String how) implements Fed {}
    }

    /**
     * @param frame as {@link RecordingWriter} has made it
     * @throws MalformedBytesException if it is none, or follows nothing
     * @throws dev.terrane.cell.ImageRefusedException if it is of another build or of other plugins
     */
    public Fed take(byte[] frame) {
        Frame next = RecordingReader.single(frame);
        if (next.kind() == RecordingFormat.HEADER) {
            RecordingHeader opened = RecordingHeader.read(next.body());
            header = opened;
            twin = null;
            return new Fed.Opened(opened);
        }
        RecordingHeader present = header;
        if (present == null) {
            throw new MalformedBytesException("a frame of tick " + next.tick() + " before anybody said whose it is");
        }
        if (next.isBase()) {
            twin = new CellReplay(
                    present.spec(game.schema()),
                    RecordingReader.image(next, present),
                    game.plugins().get(),
                    present.hashTicks(),
                    game.commands(),
                    (_, _) -> {});
            return new Fed.Based(next.tick());
        }
        CellReplay current = twin;
        if (current == null) {
            throw new MalformedBytesException("tick " + next.tick() + " of " + present.cell() + " without a base");
        }
        TickLog log = RecordingReader.log(next, game.codec());
        CellReplay.Step step = current.step(log);
        if (step.same(log)) {
            return new Fed.Ticked(next.tick());
        }
        twin = null;
        return new Fed.Differs(next.tick(), Replay.how(step, log));
    }

    /**
     * The twin becomes the cell; see {@link CellReplay#promote}. Another base is needed before anything else can be taken.
     *
     * @throws IllegalStateException if there is no twin, or it is not promotable
     */
    public Cell promote(long epoch, int incarnation, CellPorts ports) {
        CellReplay current = twin;
        RecordingHeader present = header;
        if (current == null || present == null) {
            throw new IllegalStateException("there is no twin that could be promoted");
        }
        twin = null;
        CellSpec was = present.spec(game.schema());
        CellSpec next = new CellSpec(was.cell(), epoch, incarnation, was.world(), was.settings());
        return current.promote(next, game.plugins().get(), ports);
    }

    /** The cell as it is here; null before the first base and after a difference. */
    public @Nullable CellReplay twin() {
        return twin;
    }
}
