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

    /** Whether it can become the cell: not after a failure, and only once. */
    public boolean promotable() {
        return cell.phase() == Cell.Phase.RUNNING;
    }

    /**
     * Whether it could hand out again all facts that are on their way to the store: false for a short while after a base that told of some. Until then it is not called whole; promoted
     * all the same, the cell goes on only if they turn out to be stored, else it fails and has to start from its checkpoint.
     */
    public boolean remembersFacts() {
        return cell.remembersUnstored();
    }

    /**
     * The twin becomes the cell, under a later grant, and goes on after {@link #tick} with all that it is: entities, chance, sessions, inputs that wait, timers, mail,
     * copies of whom it handed over. Whoever watched it watches anew. It reports its avatars at once, as a restored one. Afterwards the twin is of
     * no use.
     *
     * <p>It is right only if nothing that the former owner said after this tick was heard by anybody: see {@code OutputGate} in {@code dev.terrane.standby}. Whoever
     * promotes then does this, in any order but the last two: tells every other cell of the world
     * {@link dev.terrane.protocol.cluster.CellInput.PeerContinues} and every gateway {@link dev.terrane.protocol.cluster.CellOutput.CellUp}; tells the cell anew which layers
     * there are, and the pace; raises the fence in the store to the new epoch, looks up how far the former owner's facts are stored, at least as far as its
     * checkpoint, and offers {@link dev.terrane.protocol.cluster.CellInput.FactsStored} with that tick, or with -1. Until then the cell plays, but takes no command on and keeps
     * nothing durable. After that it should be asked for an image. It then hands out again, under its own epoch, what is not stored ({@link CellListener#facts}), and takes commands on when that is. Commands
     * delivered to the former owner are to be looked up by key only then: those without an outcome have not happened and are delivered again.
     *
     * @param next of the same cell, under a higher epoch and another incarnation
     * @param plugins fresh instances
     * @throws IllegalStateException if it is not {@link #promotable}
     */
    public Cell promote(CellSpec next, List<PluginModule> plugins, CellPorts ports) {
        if (!promotable()) {
            throw new IllegalStateException("the twin of " + cell.id() + " at tick " + cell.lastTick()
                    + " has failed, or was promoted before; start the cell from its checkpoint");
        }
        return LiveCell.promote(cell, next, plugins, ports);
    }

    /** The tick after which the twin stands. */
    public long tick() {
        return cell.lastTick();
    }

    /** Players in it. */
    public int avatarCount() {
        return cell.avatarCount();
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
