package dev.terrane.protocol.client;

import static dev.terrane.protocol.client.Json.object;

import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What the decoders of this side make of bytes, in the words that the golden files share with other languages. */
final class Described {
    // ---- a connection, as snapshots build on one another
    private final SnapshotReader heads = new SnapshotReader(GoldenWorld.HZ);
    private final SnapshotRecords records = new SnapshotRecords();
    private final SelfValues self = new SelfValues(GoldenWorld.LAYOUT);
    private final Map<Integer, SliceState> slices = new TreeMap<>();
    private final Map<Integer, Integer> seqs = new TreeMap<>();

    static Object schema(WireSchema schema) {
        return object("components", records(schema.components()), "events", records(schema.events()));
    }

    private static List<Object> records(List<WireRecord> records) {
        List<Object> all = new ArrayList<>();
        for (WireRecord each : records) {
            List<Object> fields = new ArrayList<>();
            for (WireField field : each.fields()) {
                fields.add(object(
                        "name", field.name(),
                        "kind", field.kind().name().toLowerCase(Locale.ROOT),
                        "ownerOnly", field.ownerOnly(),
                        "step", field.step()));
            }
            all.add(object("name", each.name(), "version", each.version(), "fields", fields));
        }
        return all;
    }

    static Map<String, Object> state(SliceState state) {
        Map<String, Object> slots = object();
        for (int slot = 0; slot < state.slotLimit(); slot++) {
            if (state.entity(slot) != 0) {
                slots.put(String.valueOf(slot), entity(state, slot));
            }
        }
        return slots;
    }

    private static Object entity(SliceState state, int slot) {
        EntityLayout layout = state.layout(slot);
        Map<String, Object> components = object();
        for (int c = 0; c < GoldenWorld.SCHEMA.components().size(); c++) {
            Map<String, Object> fields = object();
            for (int flat = GoldenWorld.LAYOUT.firstFlatIndex(c);
                    (layout.componentMask() >>> c & 1) != 0 && flat < GoldenWorld.LAYOUT.firstFlatIndex(c + 1);
                    flat++) {
                int i = layout.indexOf(flat);
                fields.put(
                        GoldenWorld.LAYOUT.publicField(flat).name(),
                        value(layout.code(i), state.bits(slot, i), layout.step(i), state.text(slot, i)));
            }
            if (!fields.isEmpty()) {
                components.put(GoldenWorld.SCHEMA.components().get(c).name(), fields);
            }
        }
        return object("id", state.entity(slot), "ownership", state.ownership(slot), "components", components);
    }

    /** Collects what a slice's listener hears. */
    static final class Log implements SliceListener {
        final List<Object> lines = new ArrayList<>();

        @Override
        public void entered(SliceState slice, int slot) {
            lines.add(List.of("entered", slot, slice.entity(slot)));
        }

        @Override
        public void changed(SliceState slice, int slot, long fieldMask) {
            List<Object> indices = new ArrayList<>();
            for (long rest = fieldMask; rest != 0; rest &= rest - 1) {
                indices.add(Long.numberOfTrailingZeros(rest));
            }
            lines.add(List.of("changed", slot, indices));
        }

        @Override
        public void left(SliceState slice, int slot, LeftReason reason) {
            lines.add(List.of("left", slot, reason.name().toLowerCase(Locale.ROOT)));
        }

        @Override
        public void event(SliceState slice, EventValues event) {
            lines.add(List.of("event", event.type().name(), fields(event)));
        }
    }

    static Map<String, Object> fields(EventValues event) {
        Map<String, Object> fields = object();
        for (int i = 0; i < event.type().fields().size(); i++) {
            WireField field = event.type().fields().get(i);
            fields.put(field.name(), value(FieldCode.of(field), event.bits(i), field.step(), event.text(i)));
        }
        return fields;
    }

    /** The next snapshot of a connection. */
    Map<String, Object> snapshot(byte[] bytes) {
        ServerMessage.ServerSnapshot read = heads.read(bytes, 0, bytes.length);
        Map<String, Object> json = object(
                "tick", read.tick(),
                "ackSeq", read.ackSeq(),
                "serverTime", read.serverTimeMillis(),
                "cellEpoch", read.cellEpoch(),
                "dilation", read.dilation(),
                "shed", read.shed(),
                "avatar", read.avatar(),
                "ownership", read.ownership(),
                "regionA", read.regionA(),
                "regionB", read.regionB(),
                "layer", read.layer(),
                "keyframe", read.keyframe());
        List<Object> described = new ArrayList<>();
        records.wrap(read.bytes(), read.payloadOffset(), read.payloadLength());
        while (records.next()) {
            described.add(record());
        }
        json.put("records", described);
        return json;
    }

    private Object record() {
        Log log = new Log();
        return switch (records.kind()) {
            case DELTA -> {
                int number = records.number();
                int seq = Objects.requireNonNull(seqs.get(number));
                if (!records.appliesTo(seq)) {
                    throw new AssertionError("the delta does not apply to version " + seq);
                }
                seqs.put(number, records.seqAfter(seq));
                Objects.requireNonNull(slices.get(number)).applyChanges(records.parts(), records.body(), log);
                yield object(
                        "kind",
                        "delta",
                        "number",
                        number,
                        "seq",
                        records.seqAfter(seq),
                        "age",
                        records.age(),
                        "log",
                        log.lines);
            }
            case KEYFRAME -> {
                SliceState slice = new SliceState(GoldenWorld.LAYOUT);
                slice.applyKeyframe(records.body(), log);
                slices.put(records.number(), slice);
                seqs.put(records.number(), records.seq());
                yield object(
                        "kind",
                        "keyframe",
                        "address",
                        address() + "." + records.part(),
                        "number",
                        records.number(),
                        "seq",
                        records.seq(),
                        "age",
                        records.age(),
                        "log",
                        log.lines);
            }
            case FORGET -> object("kind", "forget", "chunk", address());
            case SELF -> object("kind", "self", "components", self(self.read(records.body())));
            case SELF_CHANGES -> object("kind", "self-changes", "components", self(self.change(records.body())));
            case INPUT_MARGIN ->
                object("kind", "input-margin", "millis", records.body().varint());
            case OWN_EVENTS -> {
                EventValues event = new EventValues(GoldenWorld.LAYOUT);
                List<Object> events = new ArrayList<>();
                while (records.body().remaining() > 0) {
                    event.read(records.body());
                    events.add(List.of(event.type().name(), fields(event)));
                }
                yield object("kind", "events", "events", events);
            }
        };
    }

    private String address() {
        return records.regionA() + "," + records.regionB() + "#" + records.layer() + "/" + records.chunk();
    }

    private static Object self(SelfValues values) {
        Map<String, Object> components = new TreeMap<>();
        List<WireRecord> schema = GoldenWorld.SCHEMA.components();
        for (int c = 0; c < schema.size(); c++) {
            if (values.has(c)) {
                Map<String, Object> fields = object();
                for (int f = 0; f < schema.get(c).fields().size(); f++) {
                    WireField field = schema.get(c).fields().get(f);
                    fields.put(
                            field.name(),
                            switch (field.kind()) {
                                case FLOAT -> values.floatValue(c, f);
                                case TEXT -> values.text(c, f);
                                default -> value(FieldCode.of(field), values.bits(c, f), 0, "");
                            });
                }
                components.put(schema.get(c).name(), fields);
            }
        }
        return components;
    }

    private static Object value(FieldCode code, long bits, float step, String text) {
        return switch (code) {
            case QUANTISED -> Quantiser.value((int) bits, step);
            case FLOAT -> Float.intBitsToFloat((int) bits);
            case INT -> (int) bits;
            case LONG -> bits;
            case BOOLEAN -> bits == 1;
            case TEXT -> text;
        };
    }
}
