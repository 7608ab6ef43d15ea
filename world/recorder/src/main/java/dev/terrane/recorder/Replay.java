package dev.terrane.recorder;

import dev.terrane.base.CellId;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.cell.CellReplay;
import dev.terrane.cell.CellReplay.Step;
import dev.terrane.cell.ImageRefusedException;
import dev.terrane.cell.PluginModule;
import dev.terrane.cell.TickLog;
import dev.terrane.cell.WorldSchema;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CommandBodies;
import dev.terrane.recorder.Recording.Stretch;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries recorded ticks out again and compares: the hash after each tick, how much was said, and everything wherever there is a base.
 *
 * <p>A hash tells only that something differs, and late: each entity takes part now and then. So when one does, ticks go on until the next base, where entities
 * are compared; and the ticks are carried out twice more side by side, which names the very tick if it is chance that they differ by.
 */
public final class Replay {
    private final Stretch stretch;
    private final Game game;
    private final LongConsumer progress;

    /**
     * The game that was played.
     *
     * @param schema of the plugins below
     * @param codec of the world's messages
     * @param commands decodes payloads of commands
     * @param plugins makes fresh ones, with the options that the recording names
     */
    public record Game(
            WorldSchema schema, CellInputCodec codec, CommandBodies commands, Supplier<List<PluginModule>> plugins) {}

    /** What came of it. @param baseCount bases that were compared */
    public record Result(
            CellId cell,
            long epoch,
            long fromTick,
            long toTick,
            int tickCount,
            int baseCount,
            @Nullable Divergence divergence) {
        public boolean same() {
            return divergence == null;
        }
    }

    /** @param progress hears of each tick that was carried out */
    public Replay(Stretch stretch, Game game, LongConsumer progress) {
        this.stretch = stretch;
        this.game = game;
        this.progress = progress;
    }

    /**
     * @throws dev.terrane.cell.ImageRefusedException if the plugins are not those that were recorded
     * @throws dev.terrane.bytes.MalformedBytesException if the recording is damaged in a way that checksums do not show
     */
    public Result run(long fromTick, long toTick) {
        int first = Recording.base(stretch, fromTick);
        CellReplay twin = twin(first, stretch.header().hashTicks());
        int ticks = 0;
        int bases = 0;
        Divergence divergence = null;
        for (int i = first + 1; i < stretch.frames().size() && divergence == null; i++) {
            Frame frame = stretch.frames().get(i);
            if (frame.tick() > toTick) {
                break;
            }
            if (frame.isBase()) {
                divergence = compareAt(frame, twin, first);
                bases++;
            } else {
                divergence = step(frame, twin, first, i);
                ticks++;
            }
        }
        return new Result(
                stretch.header().cell(), stretch.header().epoch(), fromTick, toTick, ticks, bases, divergence);
    }

    private CellReplay twin(int base, int hashTicks) {
        try {
            return open(base, hashTicks);
        } catch (MalformedBytesException | ImageRefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new MalformedBytesException(
                    "the recorded cell " + stretch.header().cell() + " cannot be made again: " + e.getMessage());
        }
    }

    private CellReplay open(int base, int hashTicks) {
        return new CellReplay(
                stretch.header().spec(game.schema()),
                RecordingReader.image(stretch.frames().get(base), stretch.header()),
                game.plugins().get(),
                hashTicks,
                game.commands(),
                (_, _) -> {});
    }

    private TickLog log(int index) {
        return RecordingReader.log(stretch.frames().get(index), game.codec());
    }

    private @Nullable Divergence step(Frame frame, CellReplay twin, int first, int index) {
        TickLog log = log(index);
        Step step = twin.step(log);
        progress.accept(frame.tick());
        if (step.same(log)) {
            return null;
        }
        Divergence.@Nullable Disagreement disagreement = sideBySide(first, index);
        int next = step.failure() == null ? goOn(twin, index) : -1;
        if (next < 0) {
            return new Divergence(frame.tick(), how(step, log), -1, List.of(), disagreement);
        }
        Frame base = stretch.frames().get(next);
        return new Divergence(frame.tick(), how(step, log), base.tick(), differences(base, twin), disagreement);
    }

    static String how(Step step, TickLog log) {
        if (step.failure() != null) {
            return "the replay failed, what was recorded did not: "
                    + step.failure().getMessage();
        }
        if (log.failed()) {
            return "what was recorded failed, the replay did not";
        }
        if (step.offered() != log.answerCount()) {
            return "messages to others: recorded %d, replayed %d".formatted(log.answerCount(), step.offered());
        }
        return "state hash: recorded %016x, replayed %016x".formatted(log.hash(), step.hash());
    }

    /** To the next base; -1 when there is none, or when the twin fails on its way. */
    private int goOn(CellReplay twin, int index) {
        for (int i = index + 1; i < stretch.frames().size(); i++) {
            if (stretch.frames().get(i).isBase()) {
                return i;
            }
            if (twin.step(log(i)).failure() != null) {
                return -1;
            }
        }
        return -1;
    }

    private @Nullable Divergence compareAt(Frame base, CellReplay twin, int first) {
        String part = twin.image().difference(RecordingReader.image(base, stretch.header()));
        if (part == null) {
            return null;
        }
        int index = stretch.frames().indexOf(base);
        return new Divergence(
                base.tick(),
                "all hashes are the same, but not the " + part,
                base.tick(),
                differences(base, twin),
                sideBySide(first, index - 1));
    }

    private List<FieldDifference> differences(Frame base, CellReplay twin) {
        var recorded = RecordingReader.image(base, stretch.header())
                .entities(game.schema().components());
        return FieldDifference.between(recorded, twin.entities());
    }

    /** Two replays, with everything hashed in each tick; null when they agree. */
    private Divergence.@Nullable Disagreement sideBySide(int first, int last) {
        CellReplay one = twin(first, 1);
        CellReplay other = twin(first, 1);
        for (int i = first + 1; i <= last; i++) {
            if (stretch.frames().get(i).isBase()) {
                continue;
            }
            TickLog log = log(i);
            Step a = one.step(log);
            Step b = other.step(log);
            if (a.failure() != null || b.failure() != null) {
                return null;
            }
            if (a.hash() != b.hash()) {
                return new Divergence.Disagreement(
                        log.tick(), FieldDifference.between(one.entities(), other.entities()));
            }
        }
        return null;
    }
}
