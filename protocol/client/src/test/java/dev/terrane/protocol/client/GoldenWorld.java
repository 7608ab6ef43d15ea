package dev.terrane.protocol.client;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.WireSchema.WireField;
import dev.terrane.protocol.client.WireSchema.WireKind;
import dev.terrane.protocol.client.WireSchema.WireRecord;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A small world that uses every kind of field, audience and record once; the golden files show its bytes. */
final class GoldenWorld {
    static final int POSITION = 1;
    static final int HEADING = 2;
    static final int VELOCITY = 3;
    static final int NAMEPLATE = 4;
    static final int ALL = 5;

    static final WireSchema SCHEMA = new WireSchema(
            List.of(
                    new WireRecord("kit.identity", 1, List.of()),
                    new WireRecord(
                            "kit.position", 1, List.of(grid("x", 1f / 64), grid("y", 1f / 64), grid("z", 1f / 64))),
                    new WireRecord("kit.heading", 1, List.of(grid("yaw", 1f / 128))),
                    new WireRecord("kit.velocity", 1, List.of(owner("x", 0), owner("y", 0))),
                    new WireRecord("kit.nameplate", 2, List.of(plain("name", WireKind.TEXT))),
                    new WireRecord(
                            "test.all",
                            300,
                            List.of(
                                    plain("ratio", WireKind.FLOAT),
                                    plain("count", WireKind.INT),
                                    plain("big", WireKind.LONG),
                                    plain("flag", WireKind.BOOLEAN),
                                    owner("energy", 0.25f)))),
            List.of(
                    new WireRecord(
                            "test.shot",
                            1,
                            List.of(
                                    plain("shooter", WireKind.LONG),
                                    grid("x", 1f / 64),
                                    plain("hit", WireKind.BOOLEAN),
                                    plain("by", WireKind.TEXT))),
                    new WireRecord("test.pulse", 1, List.of())));

    static final WireLayout LAYOUT = new WireLayout(SCHEMA);
    static final SliceAddress ADDRESS = SliceAddress.of(2, -1, 0, 17, 0);
    static final int NUMBER = 17;
    static final int OTHER_NUMBER = 4300;
    static final int HZ = 20;
    static final SliceAddress OTHER_ADDRESS = SliceAddress.of(-3, 40, 1, 300, 2);
    static final long ALICE = 0x0000_0007_0000_0001L;
    static final long ROCK = 0xFFFF_FFFF_0000_0002L;
    static final long EVE = 0x0000_0007_0000_0009L;
    static final long FULL_MASK = 1L << POSITION | 1L << HEADING | 1L << NAMEPLATE | 1L << ALL;
    static final long ROCK_MASK = 1L << POSITION | 1L << HEADING;

    private GoldenWorld() {}

    static byte[] keyframe() {
        ByteWriter out = new ByteWriter(256);
        SliceWriter.count(out, 3);
        SliceWriter.full(out, 0, ALICE, 3, FULL_MASK);
        position(out, 10.5f, -20.25f, 0);
        SliceWriter.absolute(out, FieldCode.QUANTISED, Quantiser.quantise(1.5f, 1f / 128));
        SliceWriter.text(out, "Alice ✈");
        SliceWriter.absolute(out, FieldCode.FLOAT, Float.floatToRawIntBits(0.75f));
        SliceWriter.absolute(out, FieldCode.INT, Integer.MIN_VALUE);
        SliceWriter.absolute(out, FieldCode.LONG, Long.MAX_VALUE);
        SliceWriter.absolute(out, FieldCode.BOOLEAN, 1);
        rock(out, 5, ROCK, 100);
        rock(out, 127, ROCK + 1, -200);
        return out.toBytes();
    }

    /** Every part, every kind; applies to {@link #keyframe}. */
    static byte[] delta() {
        ByteWriter out = new ByteWriter(256);
        SliceWriter.parts(
                out,
                SliceWriter.PART_LEFT | SliceWriter.PART_ENTERED | SliceWriter.PART_CHANGED | SliceWriter.PART_EVENTS);
        SliceWriter.count(out, 1);
        SliceWriter.left(out, 127, LeftReason.DESPAWNED);
        SliceWriter.count(out, 1);
        rock(out, 1, EVE, 0);
        ChangeGroups changes = new ChangeGroups();
        ByteWriter rock = changes.add(5, 0b1);
        SliceWriter.difference(rock, FieldCode.QUANTISED, 3, 0);
        ByteWriter alice = changes.add(0, 0b1_1111_1001);
        SliceWriter.difference(
                alice, FieldCode.QUANTISED, Quantiser.quantise(11, 1f / 64), Quantiser.quantise(10.5f, 1f / 64));
        SliceWriter.difference(
                alice, FieldCode.QUANTISED, Quantiser.quantise(-1.5f, 1f / 128), Quantiser.quantise(1.5f, 1f / 128));
        SliceWriter.text(alice, "Bob");
        SliceWriter.difference(alice, FieldCode.FLOAT, Float.floatToRawIntBits(-2.5f), Float.floatToRawIntBits(0.75f));
        SliceWriter.difference(alice, FieldCode.INT, Integer.MAX_VALUE, Integer.MIN_VALUE);
        SliceWriter.difference(alice, FieldCode.LONG, Long.MIN_VALUE, Long.MAX_VALUE);
        SliceWriter.difference(alice, FieldCode.BOOLEAN, 0, 1);
        changes.write(out, 2);
        ByteWriter events = new ByteWriter(64);
        shot(events);
        SliceWriter.event(events, 1);
        SliceWriter.events(out, events.array(), events.size());
        return out.toBytes();
    }

    /** The usual one, by which everybody moves; applies to {@link #delta}'s version. */
    static byte[] moves() {
        ByteWriter out = new ByteWriter(64);
        SliceWriter.parts(out, SliceWriter.PART_CHANGED);
        ChangeGroups changes = new ChangeGroups();
        for (int slot : new int[] {0, 1, 5}) {
            ByteWriter differences = changes.add(slot, 0b11);
            SliceWriter.difference(differences, FieldCode.QUANTISED, slot, 0);
            SliceWriter.difference(differences, FieldCode.QUANTISED, 0, 9);
        }
        changes.write(out, 3);
        return out.toBytes();
    }

    static byte[] self() {
        ByteWriter out = new ByteWriter(64);
        writeSelf(out, 11.0078125f, "Bob", 0);
        return out.toBytes();
    }

    private static void writeSelf(ByteWriter out, float x, String name, int flag) {
        SliceWriter.self(out, 1L << POSITION | 1L << VELOCITY | 1L << NAMEPLATE | 1L << ALL);
        for (float each : new float[] {x, -20.25f, 0, 3.5f, -0.125f}) {
            SliceWriter.exact(out, FieldCode.FLOAT, Float.floatToRawIntBits(each));
        }
        SliceWriter.text(out, name);
        SliceWriter.exact(out, FieldCode.FLOAT, Float.floatToRawIntBits(-2.5f));
        SliceWriter.exact(out, FieldCode.INT, 7);
        SliceWriter.exact(out, FieldCode.LONG, -8);
        SliceWriter.exact(out, FieldCode.BOOLEAN, flag);
        SliceWriter.exact(out, FieldCode.QUANTISED, Float.floatToRawIntBits(99.375f));
    }

    static byte[] events() {
        ByteWriter out = new ByteWriter(64);
        shot(out);
        return out.toBytes();
    }

    /** The own avatar a little later: {@link #self} with another position, text and flag. */
    static byte[] selfChanges() {
        ByteWriter out = new ByteWriter(64);
        ByteWriter later = new ByteWriter(64);
        writeSelf(later, 11.5f, "Eve", 1);
        byte[] before = self();
        if (!new SelfDelta(LAYOUT).write(before, before.length, later.array(), 0, later.size(), out)) {
            throw new IllegalStateException("the two have the same components");
        }
        return out.toBytes();
    }

    /** The first of a connection: everything whole. */
    static byte[] snapshot() {
        ByteBuffer out = ByteBuffer.allocate(1024);
        SnapshotHead head = new SnapshotHead(HZ);
        head.cell(2, -1, 0, 5).avatar(ALICE, 3).pace(1, 0);
        head.write(out, true, 1234, 1.75e12, 42);
        head.self(out, true, self(), 0, self().length);
        SnapshotBody body = new SnapshotBody().begin(out);
        body.keyframe(ADDRESS, NUMBER, 298, 0, keyframe(), 0, keyframe().length);
        body.keyframe(OTHER_ADDRESS, OTHER_NUMBER, 70_000, 2, keyframe(), 0, keyframe().length);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** The next one, which needs {@link #snapshot}: what differs. The head slows down, the slices are told in all the ways there are. */
    static byte[] nextSnapshot() {
        SnapshotHead head = new SnapshotHead(HZ);
        head.cell(2, -1, 0, 5).avatar(ALICE, 3).pace(1, 0);
        head.write(ByteBuffer.allocate(SnapshotHead.BYTES_MAX), true, 1234, 1.75e12, 42);
        ByteBuffer out = ByteBuffer.allocate(1024);
        head.pace(0.5f, 1).write(out, false, 1236, 1.75e12 + 100, 44);
        head.self(out, false, selfChanges(), 0, selfChanges().length);
        head.ownEvents(out, events(), 0, events().length);
        SnapshotBody body = new SnapshotBody().begin(out);
        body.forget(OTHER_ADDRESS);
        body.delta(NUMBER, 298, 299, 0, delta(), 0, delta().length);
        body.delta(NUMBER, 299, 302, 1, moves(), 0, moves().length);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** The usual one, after {@link #nextSnapshot}: everybody moves, and the own avatar stays as it is. */
    static byte[] usualSnapshot() {
        SnapshotHead head = new SnapshotHead(HZ);
        head.cell(2, -1, 0, 5).avatar(ALICE, 3).pace(0.5f, 1);
        head.write(ByteBuffer.allocate(SnapshotHead.BYTES_MAX), true, 1236, 1.75e12 + 100, 44);
        ByteBuffer out = ByteBuffer.allocate(1024);
        head.write(out, false, 1237, 1.75e12 + 200, 45);
        new SnapshotBody().begin(out).delta(NUMBER, 302, 303, 0, moves(), 0, moves().length);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** After {@link #usualSnapshot}: nothing moves, and inputs come 12 ms too late. */
    static byte[] marginSnapshot() {
        SnapshotHead head = new SnapshotHead(HZ);
        head.cell(2, -1, 0, 5).avatar(ALICE, 3).pace(0.5f, 1);
        head.write(ByteBuffer.allocate(SnapshotHead.BYTES_MAX), true, 1237, 1.75e12 + 200, 45);
        ByteBuffer out = ByteBuffer.allocate(64);
        head.write(out, false, 1238, 1.75e12 + 300, 46);
        head.inputMargin(out, -12);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** The state after {@link #keyframe}. */
    static SliceState state() {
        SliceState state = new SliceState(LAYOUT);
        state.applyKeyframe(new ByteReader(keyframe()), SliceListener.NONE);
        return state;
    }

    private static void rock(ByteWriter out, int slot, long entity, float x) {
        SliceWriter.full(out, slot, entity, 0, ROCK_MASK);
        position(out, x, 0, 1);
        SliceWriter.absolute(out, FieldCode.QUANTISED, 0);
    }

    private static void position(ByteWriter out, float x, float y, float z) {
        for (float each : new float[] {x, y, z}) {
            SliceWriter.absolute(out, FieldCode.QUANTISED, Quantiser.quantise(each, 1f / 64));
        }
    }

    private static void shot(ByteWriter out) {
        SliceWriter.event(out, 0);
        SliceWriter.absolute(out, FieldCode.LONG, ALICE);
        SliceWriter.absolute(out, FieldCode.QUANTISED, Quantiser.quantise(2.5f, 1f / 64));
        SliceWriter.absolute(out, FieldCode.BOOLEAN, 1);
        SliceWriter.text(out, "Bob");
    }

    private static WireField grid(String name, float step) {
        return new WireField(name, WireKind.FLOAT, false, step);
    }

    private static WireField plain(String name, WireKind kind) {
        return new WireField(name, kind, false, 0);
    }

    private static WireField owner(String name, float step) {
        return new WireField(name, WireKind.FLOAT, true, step);
    }
}
