package dev.terrane.standby;

import dev.terrane.cell.CellTap;
import dev.terrane.cell.RunningDraft;
import dev.terrane.cell.TickLog;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.recorder.CellRecorder;
import dev.terrane.recorder.RecordingHeader;
import dev.terrane.recorder.RecordingWriter;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * The owner's side: what its cell consumes, as numbered pieces. Bounded everywhere: what finds no room between tick and sender, or on the link, is left out, and everything begins anew with a base.
 *
 * <p>The tick calls what a {@link CellTap} has. One other thread, the sender's, calls the rest.
 */
public final class StandbyStream implements CellTap, AutoCloseable {
    /** Nothing is written for its own sake: bases are sent when they are needed. */
    private static final int NO_BASES = Integer.MAX_VALUE;

    private final CellRecorder recorder;
    private final RecordingHeader header;
    private final RecordingWriter writer;
    private long stream;
    private long number;
    private boolean broken = true;
    private long sentTick = Long.MIN_VALUE;
    private volatile long stableTick = Long.MIN_VALUE;
    private boolean remembersFacts;

    /**
     * @param header of the cell; its {@code hashTicks} say how much is compared in each tick
     * @param codec of the world's messages
     */
    public StandbyStream(RecordingHeader header, CellInputCodec codec) {
        this.header = header;
        this.recorder = new CellRecorder(header.hashTicks(), NO_BASES);
        this.writer = new RecordingWriter(codec);
    }

    @Override
    public int hashTicks() {
        return recorder.hashTicks();
    }

    @Override
    public void ticked(TickLog log) {
        recorder.ticked(log);
    }

    @Override
    public boolean baseDue(long tick) {
        return recorder.baseDue(tick);
    }

    @Override
    public void base(RunningDraft draft) {
        recorder.base(draft);
    }

    @Override
    public void interrupted() {
        recorder.interrupted();
    }

    /**
     * Sends what waits.
     *
     * @param link takes a piece, or says that it has no room: then nothing more is sent before a base
     */
    public void send(Predicate<Piece> link) {
        recorder.drain(new CellRecorder.Reader() {
            @Override
            public void ticked(TickLog log) {
                if (!broken && offer(link, writer.tick(log))) {
                    sentTick = log.tick();
                }
            }

            @Override
            public void base(CellRecorder.Base base) {
                begin();
                if (offer(link, writer.header(header))
                        && offer(link, writer.base(base.draft().finish(), false))) {
                    sentTick = base.draft().tick();
                }
            }
        });
    }

    private void begin() {
        stream++;
        number = 0;
        broken = false;
        remembersFacts = false;
        stableTick = Long.MIN_VALUE;
    }

    private boolean offer(Predicate<Piece> link, RecordingWriter frame) {
        if (!link.test(new Piece(stream, number, Arrays.copyOf(frame.bytes(), frame.size())))) {
            breakOff();
            return false;
        }
        number++;
        return true;
    }

    private void breakOff() {
        broken = true;
        stableTick = Long.MIN_VALUE;
        recorder.wantBase();
    }

    /** Nobody is to follow: nothing more is wanted of the cell until {@link #resume}. */
    public void rest() {
        recorder.stop();
        broken = true;
        stableTick = Long.MIN_VALUE;
    }

    /** Somebody is to follow, from a base on. */
    public void resume() {
        recorder.resume();
    }

    /** The connection is another one: what was underway is lost. */
    public void reconnected() {
        breakOff();
    }

    public void on(Reply reply) {
        if (reply.stream() != stream || broken) {
            return; // about something that is over
        }
        switch (reply) {
            case Reply.Follows follows -> {
                remembersFacts |= follows.remembersFacts();
                stableTick = Math.max(stableTick, follows.tick());
            }
            case Reply.Again _ -> breakOff();
        }
    }

    /** Every tick up to this one is at the standby and was carried out there; {@link Long#MIN_VALUE}: it does not follow. Any thread. */
    public long stableTick() {
        return stableTick;
    }

    /** Whether a base is under way: sent, and not answered yet. The sender's. */
    public boolean isBeginning() {
        return !broken && stableTick == Long.MIN_VALUE;
    }

    /** Whether the standby could hand out again all facts that are not stored. The sender's. */
    public boolean remembersFacts() {
        return remembersFacts;
    }

    /** The last tick that was sent. */
    public long sentTick() {
        return sentTick;
    }

    @Override
    public void close() {
        writer.close();
    }
}
