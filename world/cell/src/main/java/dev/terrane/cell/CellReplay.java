package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.ecs.EntityStore;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CommandBodies;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A twin of a recorded cell: begins with a running image and carries the logged ticks out again. Nobody hears of it; what others answered is told to it from
 * the log. One thread.
 */
public final class CellReplay {
    private static final TickLog NO_LOG = new TickLog(-1, 0);

    private final LiveCell cell;
    private final int hashTicks;
    private TickLog log = NO_LOG;
    private int offered;

    /**
     * How a tick went.
     *
     * @param hash of the twin after it
     * @param offered messages that the twin offered to others, frames left out
     * @param failure what the tick threw, null when it did not
     */
    public record Step(long hash, int offered, @Nullable CellFailedException failure) {
        /** Whether it went as the log says. A failure is the same as any other failure in the same tick. */
        public boolean same(TickLog log) {
            return log.failed()
                    ? failure != null
                    : failure == null && hash == log.hash() && offered == log.answerCount();
        }
    }

    /**
     * @param spec with the epoch and incarnation of the recorded cell
     * @param hashTicks see {@link CellTap#hashTicks}
     * @param commands decodes payloads of commands that wait in the image
     * @param sent hears what the twin says to other cells
     * @throws ImageRefusedException if the image is of another build or schema
     * @throws dev.terrane.bytes.MalformedBytesException if it is damaged
     */
    public CellReplay(
            CellSpec spec,
            RunningImage base,
            List<PluginModule> plugins,
            int hashTicks,
            CommandBodies commands,
            BiConsumer<CellId, CellInput> sent) {
        this.hashTicks = hashTicks;
        CellPorts ports = new CellPorts(
                (to, _, message) -> {
                    sent.accept(to, message);
                    return answer();
                },
                (_, message) -> message instanceof CellFrame || answer() == Admission.ACCEPTED,
                CellListener.none(),
                Meters.none(),
                () -> 0);
        this.cell = LiveCell.resume(spec, base, plugins, ports, commands);
    }

    private Admission answer() {
        int at = offered++;
        return at < log.answerCount() ? log.answer(at) : Admission.ACCEPTED;
    }

    /** Carries out what the log says; ticks in their order. After a failure there is no other. */
    public Step step(TickLog next) {
        log = next;
        offered = 0;
        try {
            cell.replay(next);
        } catch (CellFailedException failure) {
            return new Step(0, offered, failure);
        }
        return new Step(cell.pulse(hashTicks), offered, null);
    }

    /** The tick after which the twin stands. */
    public long tick() {
        return cell.lastTick();
    }

    /** The twin as it is now; only after a tick at whose end bases are taken. */
    public RunningImage image() {
        return cell.runningImage();
    }

    /** The twin's entities, to be looked at. */
    public EntityStore entities() {
        return cell.entities();
    }
}
