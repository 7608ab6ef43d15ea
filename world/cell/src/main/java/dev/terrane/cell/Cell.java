package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.plugin.CellSystem;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import java.util.List;

/**
 * The only one who may change the entities of its region. Deterministic: the same messages taken in at the same ticks give the same
 * {@link #stateHash}.
 */
public sealed interface Cell permits LiveCell {

    /**
     * A cell without a past: its plugins fill the region in the first tick.
     *
     * @param plugins fresh instances that serve this cell only; exactly one of them sets a join handler
     * @throws IllegalArgumentException if the plugins do not fit together or into the schema
     */
    static Cell open(CellSpec spec, List<PluginModule> plugins, CellPorts ports) {
        return LiveCell.open(spec, plugins, ports);
    }

    CellId id();

    long epoch();

    /**
     * Hands a message over for one of the next ticks. Any thread. Never blocks.
     *
     * @param epoch the cell epoch the sender believes in, or {@link dev.terrane.protocol.cluster.CellPort#ANY_EPOCH}
     */
    Admission offer(long epoch, CellInput message);

    /**
     * Moves the cell one tick forward and sends what came of it.
     *
     * @param tick higher than the last one; all cells of a world count alike
     * @param simulatedAtMillis Unix time that this tick stands for
     * @throws CellFailedException when something in it threw: the cell is dead, its last image is what remains
     * @throws NotTheWriterException if another thread ticks it right now
     */
    void tick(long tick, long simulatedAtMillis);

    /** The tick's end takes an image and gives it to {@link CellListener#image}. Any thread; asking twice before it happens is asking once. */
    void requestImage();

    /** The state as of the last tick. Between ticks only, in place of the ticking thread. */
    CellImage image();

    /** Fingerprint of everything that decides what comes next. Between ticks only, in place of the ticking thread. */
    long stateHash();

    /** Works on the cell between ticks, as its writer: for tools and tests. What it asks for happens before the next tick. */
    void visit(CellSystem visitor);

    /** Whether it still ticks. Any thread. */
    Phase phase();

    /** The last tick, or -1 before the first. Any thread. */
    long lastTick();

    /** Of the last tick: what replication to clients took, in nanoseconds. Any thread. */
    long softNanos();

    /** Of the last tick: what systems took that run only while there is time, in nanoseconds. Any thread. */
    long opportunisticNanos();

    /** Entities alive after the last tick. Any thread. */
    int entityCount();

    /** Avatars among them, lingering ones included. Any thread. */
    int avatarCount();

    /** Avatars whose players are connected, as of the last tick. Any thread. */
    int playerCount();

    /** Entities still to be handed to another layer, by a Divide or a Merge. Any thread. */
    int movingCount();

    /** Messages that wait for the next tick. Any thread. */
    int waitingCount();

    /**
     * Whether a Merge is over: nobody lives here, nothing is on its way, and nobody else needs to know anything of this cell but its stored image. It
     * takes in nobody any more: joins and hand-offs are answered SEALED. Seal it, keep its last stored image, and take it away; to open it again, see
     * {@link WorldRestore#wake}. For this to come about, images of this cell and of those it exchanged entities with must be stored after
     * {@link #movingCount} became 0: ask for them. Any thread.
     */
    boolean drained();

    /** A cell's life: {@code RUNNING → SEALED} or {@code RUNNING → FAILED}, never back. */
    enum Phase {
        /** Takes messages and ticks. */
        RUNNING,
        /** Its last image is out; it refuses messages and ticks. */
        SEALED,
        /** Something threw in a tick. It refuses messages and ticks. */
        FAILED
    }
}
