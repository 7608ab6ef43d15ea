package dev.terrane.cell;

import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import java.util.Arrays;
import java.util.List;

/**
 * All that a cell consumed in one tick: enough, with its state before, to carry the tick out again. Filled by the tick, then handed over and not changed any
 * more.
 *
 * <p>What others answered to what the cell offered them is consumed, too: whoever is refused stays home.
 */
public final class TickLog {
    private static final byte[] NONE = {};
    private static final Admission[] ADMISSIONS = Admission.values();

    private final long tick;
    private final long simulatedAtMillis;
    private CellInput[] messages = new CellInput[16];
    private int messageCount;
    private byte[] answers = NONE;
    private int answerCount;
    private boolean imageTaken;
    private boolean failed;
    private long hash;

    public TickLog(long tick, long simulatedAtMillis) {
        this.tick = tick;
        this.simulatedAtMillis = simulatedAtMillis;
    }

    public long tick() {
        return tick;
    }

    public long simulatedAtMillis() {
        return simulatedAtMillis;
    }

    /** In the order of consumption, lane after lane. */
    public List<CellInput> messages() {
        return Arrays.asList(messages).subList(0, messageCount);
    }

    public void add(CellInput message) {
        if (messageCount == messages.length) {
            messages = Arrays.copyOf(messages, messageCount * 2);
        }
        messages[messageCount++] = message;
    }

    /** How many messages were offered to others, frames left out. */
    public int answerCount() {
        return answerCount;
    }

    /** To the i-th offer. */
    public Admission answer(int i) {
        return ADMISSIONS[answers[i]];
    }

    public void answered(Admission answer) {
        if (answerCount == answers.length) {
            answers = Arrays.copyOf(answers, Math.max(16, answerCount * 2));
        }
        answers[answerCount++] = (byte) answer.ordinal();
    }

    /** Whether the tick ended with an image for a checkpoint: the cell remembers that it did. */
    public boolean imageTaken() {
        return imageTaken;
    }

    /** Whether the tick threw. There is no hash then, and no tick behind it. */
    public boolean failed() {
        return failed;
    }

    /** See {@link Pulse}. */
    public long hash() {
        return hash;
    }

    public void end(boolean tookImage, long pulse) {
        imageTaken = tookImage;
        hash = pulse;
    }

    public void fail() {
        failed = true;
    }
}
