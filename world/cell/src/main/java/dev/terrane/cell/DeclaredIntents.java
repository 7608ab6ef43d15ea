package dev.terrane.cell;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.RecordBytes;
import dev.terrane.plugin.WorldPlugin;
import dev.terrane.protocol.cluster.IntentBodies;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The intents that a world's plugins list, numbered in the order of their declaration. Immutable; any thread may use it. */
public final class DeclaredIntents implements IntentBodies {
    private final List<RecordBytes> codecs = new ArrayList<>();
    private final Map<Class<?>, Integer> numbers = new HashMap<>();

    private DeclaredIntents(Collection<Class<? extends Record>> intents) {
        for (Class<? extends Record> intent : intents) {
            numbers.put(intent, codecs.size());
            codecs.add(RecordBytes.of(intent));
        }
    }

    /** @throws IllegalArgumentException naming the intent and the member that cannot travel */
    public static DeclaredIntents of(List<WorldPlugin> plugins) {
        List<Class<? extends Record>> all = new ArrayList<>();
        plugins.forEach(plugin -> all.addAll(plugin.intents()));
        return new DeclaredIntents(all);
    }

    static DeclaredIntents inOrder(Collection<Class<? extends Record>> intents) {
        return new DeclaredIntents(intents);
    }

    @Override
    public void write(Record body, ByteWriter out) {
        Integer number = numbers.get(body.getClass());
        if (number == null) {
            throw new IllegalArgumentException("no plugin lists the intent "
                    + body.getClass().getName() + "; add it to its plugin's WorldPlugin.intents()");
        }
        out.varuint(number);
        codecs.get(number).write(body, out);
    }

    @Override
    public Record read(ByteReader in) {
        int number = in.varuint();
        if (number < 0 || number >= codecs.size()) {
            throw in.malformed("intent " + Integer.toUnsignedString(number) + " of " + codecs.size());
        }
        return codecs.get(number).read(in);
    }
}
