package dev.terrane.cell;

import dev.terrane.base.CellId;
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
    private int count;
    private int kept;

    int count() {
        return count;
    }

    void add(CellId source, Intent intent) {
        if (count == sources.length) {
            sources = Arrays.copyOf(sources, count * 2);
            intents = Arrays.copyOf(intents, count * 2);
        }
        sources[count] = source;
        intents[count++] = intent;
    }

    CellId source(int index) {
        CellId source = sources[index];
        if (index >= count || source == null) {
            throw new IndexOutOfBoundsException("intent " + index + " of " + count);
        }
        return source;
    }

    Intent intent(int index) {
        Intent intent = intents[index];
        if (index >= count || intent == null) {
            throw new IndexOutOfBoundsException("intent " + index + " of " + count);
        }
        return intent;
    }

    /** In rising order of {@code index} only. */
    void keep(int index) {
        sources[kept] = sources[index];
        intents[kept++] = intents[index];
    }

    void forgetOthers() {
        Arrays.fill(sources, kept, count, null);
        Arrays.fill(intents, kept, count, null);
        count = kept;
        kept = 0;
    }
}
