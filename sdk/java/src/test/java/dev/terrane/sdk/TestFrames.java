package dev.terrane.sdk;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.ChangeGroups;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.LeftReason;
import dev.terrane.protocol.client.ProtocolVersion;
import dev.terrane.protocol.client.Quantiser;
import dev.terrane.protocol.client.SelfDelta;
import dev.terrane.protocol.client.ServerMessage.Welcome;
import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.protocol.client.SliceWriter;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.client.WireSchema;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireKind;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import dev.terrane.protocol.client.WireSchemaCodec;
import java.util.List;
import java.util.function.Consumer;

/** A small world as a server would tell it: positions and names, two regions side by side. */
public final class TestFrames {
    public static final float STEP = 1f / 64;

    public static final WireSchema SCHEMA = new WireSchema(
            List.of(
                    new WireRecord(
                            "kit.position",
                            1,
                            List.of(
                                    new WireField("x", WireKind.FLOAT, false, STEP),
                                    new WireField("y", WireKind.FLOAT, false, STEP))),
                    new WireRecord("kit.velocity", 1, List.of(new WireField("x", WireKind.FLOAT, true, 0))),
                    new WireRecord("kit.nameplate", 1, List.of(new WireField("name", WireKind.TEXT, false, 0))),
                    new WireRecord("skirmish.craft", 1, List.of(new WireField("kind", WireKind.INT, false, 0))),
                    new WireRecord("skirmish.link", 1, List.of(new WireField("fuel", WireKind.INT, false, 0)))),
            List.of(new WireRecord("skirmish.hit", 1, List.of(new WireField("amount", WireKind.INT, false, 0)))));

    static final WireLayout LAYOUT = new WireLayout(SCHEMA);
    static final int X = LAYOUT.flatIndexOf("kit.position", "x");
    static final int FUEL = LAYOUT.flatIndexOf("skirmish.link", "fuel");
    static final int NAME = LAYOUT.flatIndexOf("kit.nameplate", "name");
    private static final long POSITION_AND_NAME = 0b0101;
    private static final long POSITION_AND_CRAFT = 0b1001;
    private static final long LINK = 0b10000;

    private TestFrames() {}

    public static Welcome welcome(String resumeToken, int nextSeq) {
        return welcome(resumeToken, nextSeq, 20);
    }

    public static Welcome welcome(String resumeToken, int nextSeq, int simulationHz) {
        return new Welcome(
                ProtocolVersion.MAJOR,
                ProtocolVersion.MINOR,
                "test",
                7,
                resumeToken,
                "test",
                "strip;count=2;width=100.0;depth=100.0",
                64,
                simulationHz,
                20,
                200,
                WireSchemaCodec.encode(SCHEMA),
                nextSeq);
    }

    public static SliceAddress slice(int region, int chunk) {
        return SliceAddress.of(region, 0, 0, chunk, 0);
    }

    /** A snapshot whose records the caller adds. */
    public static byte[] snapshot(int tick, boolean keyframe, Consumer<TestSnapshot> records) {
        TestSnapshot snapshot = new TestSnapshot(tick, keyframe);
        records.accept(snapshot);
        return snapshot.bytes();
    }

    static void keyframe(TestSnapshot snapshot, SliceAddress slice, int seq, byte[] entities) {
        snapshot.keyframe(slice, seq, 0, entities);
    }

    static void delta(TestSnapshot snapshot, SliceAddress slice, int baseSeq, byte[] changes) {
        snapshot.delta(slice, baseSeq, changes);
    }

    static byte[] entities(Consumer<ByteWriter> full, int count) {
        ByteWriter out = new ByteWriter(64);
        SliceWriter.count(out, count);
        full.accept(out);
        return out.toBytes();
    }

    /** A delta by which one entity leaves. */
    static byte[] left(int slot, LeftReason reason) {
        ByteWriter out = new ByteWriter(16);
        SliceWriter.parts(out, SliceWriter.PART_LEFT);
        SliceWriter.count(out, 1);
        SliceWriter.left(out, slot, reason);
        return out.toBytes();
    }

    /** A delta in which something happens. */
    static byte[] happens(byte[] events) {
        ByteWriter out = new ByteWriter(16);
        SliceWriter.parts(out, SliceWriter.PART_EVENTS);
        SliceWriter.events(out, events, events.length);
        return out.toBytes();
    }

    static void named(ByteWriter out, int slot, long entity, int ownership, float x, String name) {
        SliceWriter.full(out, slot, entity, ownership, POSITION_AND_NAME);
        position(out, x);
        SliceWriter.text(out, name);
    }

    /** What a squad is told of an entity, in a slice of its own. */
    static void link(ByteWriter out, int slot, long entity, int fuel) {
        SliceWriter.full(out, slot, entity, 1, LINK);
        SliceWriter.absolute(out, FieldCode.INT, fuel);
    }

    public static void craft(ByteWriter out, int slot, long entity, float x, int kind) {
        SliceWriter.full(out, slot, entity, 1, POSITION_AND_CRAFT);
        position(out, x);
        SliceWriter.absolute(out, FieldCode.INT, kind);
    }

    private static void position(ByteWriter out, float x) {
        SliceWriter.absolute(out, FieldCode.QUANTISED, Quantiser.quantise(x, STEP));
        SliceWriter.absolute(out, FieldCode.QUANTISED, 0);
    }

    /** A delta by which the only entity moves. */
    static byte[] movedX(int slot, float from, float to) {
        ChangeGroups changes = new ChangeGroups();
        SliceWriter.difference(
                changes.add(slot, 1),
                FieldCode.QUANTISED,
                Quantiser.quantise(to, STEP),
                Quantiser.quantise(from, STEP));
        ByteWriter out = new ByteWriter(16);
        SliceWriter.parts(out, SliceWriter.PART_CHANGED);
        changes.write(out, 1);
        return out.toBytes();
    }

    /** The own avatar's exact position. */
    public static byte[] self(float x) {
        ByteWriter out = new ByteWriter(16);
        SliceWriter.self(out, 1);
        SliceWriter.exact(out, FieldCode.QUANTISED, Float.floatToRawIntBits(x));
        SliceWriter.exact(out, FieldCode.QUANTISED, Float.floatToRawIntBits(0));
        return out.toBytes();
    }

    /** What differs of it after it moved. */
    static byte[] selfMoved(float from, float to) {
        ByteWriter out = new ByteWriter(16);
        byte[] before = self(from);
        byte[] now = self(to);
        new SelfDelta(LAYOUT).write(before, before.length, now, 0, now.length, out);
        return out.toBytes();
    }
}
