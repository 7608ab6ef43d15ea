package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.CellInput.HandoffNumber;
import dev.terrane.protocol.cluster.Intent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Intents that wait to be carried out here, in order. Walk it with {@link #source} and {@link #intent}, {@link #keep} those that go on
 * waiting, then {@link #forgetOthers}.
 */
final class IntentQueue {
    private @Nullable CellId[] sources = new CellId[64];
    private @Nullable Intent[] intents = new Intent[64];
    /** The hand-off that may bring its target. */
    private @Nullable HandoffNumber[] afters = new HandoffNumber[64];
    /** So long that is waited for. */
    private long[] untilTicks = new long[64];

    private int count;
    private int kept;

    int count() {
        return count;
    }

    void add(CellId source, Intent intent, HandoffNumber after, long untilTick) {
        if (count == sources.length) {
            sources = Arrays.copyOf(sources, count * 2);
            intents = Arrays.copyOf(intents, count * 2);
            afters = Arrays.copyOf(afters, count * 2);
            untilTicks = Arrays.copyOf(untilTicks, count * 2);
        }
        sources[count] = source;
        afters[count] = after;
        untilTicks[count] = after.seq() == 0 ? 0 : untilTick;
        intents[count++] = intent;
    }

    CellId source(int index) {
        CellId source = sources[index];
        if (index >= count || source == null) {
            throw outside(index);
        }
        return source;
    }

    Intent intent(int index) {
        Intent intent = intents[index];
        if (index >= count || intent == null) {
            throw outside(index);
        }
        return intent;
    }

    HandoffNumber after(int index) {
        HandoffNumber after = afters[index];
        if (index >= count || after == null) {
            throw outside(index);
        }
        return after;
    }

    long untilTick(int index) {
        return untilTicks[index];
    }

    private IndexOutOfBoundsException outside(int index) {
        return new IndexOutOfBoundsException("intent " + index + " of " + count);
    }

    /** In rising order of {@code index} only. */
    void keep(int index) {
        sources[kept] = sources[index];
        afters[kept] = afters[index];
        untilTicks[kept] = untilTicks[index];
        intents[kept++] = intents[index];
    }

    void forgetOthers() {
        Arrays.fill(sources, kept, count, null);
        Arrays.fill(intents, kept, count, null);
        Arrays.fill(afters, kept, count, null);
        count = kept;
        kept = 0;
    }

    /** What that cell handed over so far may never come. */
    void expectNothingOf(CellId source) {
        for (int i = 0; i < count; i++) {
            if (source(i).equals(source)) {
                afters[i] = HandoffNumber.NONE;
                untilTicks[i] = 0;
            }
        }
    }
}
