package dev.terrane.interest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.bytes.ByteReader;
import dev.terrane.protocol.client.EntityLayout;
import dev.terrane.protocol.client.EventValues;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.client.SliceListener;
import dev.terrane.protocol.client.SliceState;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.SliceAudience;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a gateway would know: applies frames the way a gateway does, and refuses what a gateway could not apply. */
final class Mirror implements SliceListener {
    final WireLayout layout;
    final SortedSet<Integer> watched = new TreeSet<>();
    final SortedMap<Integer, SortedMap<Integer, Part>> chunks = new TreeMap<>();
    final List<String> heard = new ArrayList<>();
    long bytesReceived;

    static final class Part {
        final SliceState state;
        int seq;
        long audience;

        Part(WireLayout layout) {
            this.state = new SliceState(layout);
        }
    }

    Mirror(WireLayout layout) {
        this.layout = layout;
    }

    void forget(int chunk) {
        watched.remove(chunk);
        chunks.remove(chunk);
    }

    void apply(CellFrame frame) {
        heard.clear();
        for (int i = 0; i < frame.sliceCount(); i++) {
            assertThat(watched).as("a chunk that nobody asked for").contains(frame.chunk()[i]);
            Part part = chunks.computeIfAbsent(frame.chunk()[i], chunk -> new TreeMap<>())
                    .computeIfAbsent(frame.part()[i], number -> new Part(layout));
            ByteReader in = new ByteReader(frame.bytes(), frame.offset()[i], frame.length()[i]);
            bytesReceived += frame.length()[i];
            if (frame.baseSeq()[i] < 0) {
                part.state.clear();
                part.audience = frame.audience(i);
                part.state.applyKeyframe(in, this);
            } else {
                assertThat(frame.baseSeq()[i]).as("base of a delta").isEqualTo(part.seq);
                assertThat(frame.seq()[i]).isEqualTo(part.seq + 1);
                assertThat(frame.audience(i)).isEqualTo(part.audience);
                part.state.applyDelta(in, this);
            }
            part.seq = frame.seq()[i];
            assertThat(frame.entityCount()[i]).isEqualTo(part.state.entityCount());
        }
    }

    /** Entity → where it is, or an assertion error if it is in two places. */
    SortedMap<Long, Seen> seen() {
        SortedMap<Long, Seen> all = new TreeMap<>();
        chunks.forEach((chunk, parts) -> parts.values().forEach(part -> {
            for (int slot = 0; slot < part.state.slotLimit(); slot++) {
                long entity = part.state.entity(slot);
                if (entity != 0) {
                    Seen before = all.put(entity, new Seen(chunk, part.state, slot));
                    assertThat(before).as("entity " + entity + " seen twice").isNull();
                }
            }
        }));
        return all;
    }

    /** What the driver of this avatar may be sent: entity → field → value as text; an assertion error if two slices tell him the same. */
    SortedMap<Long, SortedMap<String, String>> seenBy(long avatar, int squad, int team) {
        SortedMap<Long, SortedMap<String, String>> all = new TreeMap<>();
        chunks.forEach((chunk, parts) -> parts.values().forEach(part -> {
            if (SliceAudience.includes(part.audience, avatar, squad, team)) {
                addValues(part.state, all);
            }
        }));
        return all;
    }

    private void addValues(SliceState state, SortedMap<Long, SortedMap<String, String>> into) {
        for (int slot = 0; slot < state.slotLimit(); slot++) {
            long entity = state.entity(slot);
            if (entity != 0) {
                SortedMap<String, String> known = into.computeIfAbsent(entity, _ -> new TreeMap<>());
                values(state, slot)
                        .forEach((field, value) -> assertThat(known.put(field, value))
                                .as("%s, told before", field)
                                .isNull());
            }
        }
    }

    private SortedMap<String, String> values(SliceState state, int slot) {
        SortedMap<String, String> values = new TreeMap<>();
        EntityLayout entity = state.layout(slot);
        for (int i = 0; i < entity.fieldCount(); i++) {
            boolean text = entity.code(i) == FieldCode.TEXT;
            values.put(
                    layout.publicField(entity.flatIndex(i)).name(),
                    text ? state.text(slot, i) : String.valueOf(state.bits(slot, i)));
        }
        return values;
    }

    Seen find(long entity) {
        Seen seen = seen().get(entity);
        if (seen == null) {
            throw new AssertionError("entity " + entity + " is not seen");
        }
        return seen;
    }

    record Seen(int chunk, SliceState state, int slot) {}

    @Override
    public void entered(SliceState slice, int slot) {
        heard.add("entered " + slice.entity(slot));
    }

    @Override
    public void left(SliceState slice, int slot, LeftReason reason) {
        heard.add("left " + slice.entity(slot) + " " + reason);
    }

    @Override
    public void changed(SliceState slice, int slot, long fieldMask) {
        heard.add("changed " + slice.entity(slot) + " " + Long.toBinaryString(fieldMask));
    }

    @Override
    public void event(SliceState slice, EventValues event) {
        heard.add("event " + event.type().name() + " " + event.bits(0));
    }
}
