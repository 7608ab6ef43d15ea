package dev.terrane.fuzz;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.protocol.client.ClientCodec;
import dev.terrane.protocol.client.EventValues;
import dev.terrane.protocol.client.SelfValues;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.SliceListener;
import dev.terrane.protocol.client.SliceState;
import dev.terrane.protocol.client.SnapshotReader;
import dev.terrane.protocol.client.SnapshotRecords;
import dev.terrane.protocol.client.WireLayout;
import dev.terrane.protocol.client.WireLimits;
import dev.terrane.protocol.client.WireSchemaCodec;

/** Everything that reads bytes of the client protocol, in the way its users do. */
final class WireTarget {
    /** Which reader a case is for. */
    enum Reader {
        GATEWAY,
        CLIENT,
        SNAPSHOT,
        KEYFRAME,
        DELTA,
        SCHEMA
    }

    private final WireLayout layout;
    private final byte[] keyframe;
    private final byte[] first;
    private final SliceState slice;
    private final SelfValues self;
    private final EventValues event;
    private final SnapshotRecords records = new SnapshotRecords();
    private final ByteReader base = new ByteReader(new byte[0]);
    private final ByteWriter written = new ByteWriter(1 << 16);

    /** @param first a snapshot that those to read may build on */
    WireTarget(byte[] schema, byte[] keyframe, byte[] first) {
        this.layout = new WireLayout(WireSchemaCodec.decode(schema));
        this.keyframe = keyframe;
        this.slice = new SliceState(layout);
        this.self = new SelfValues(layout);
        this.event = new EventValues(layout);
        this.first = first;
    }

    void read(Reader reader, byte[] bytes) {
        switch (reader) {
            case GATEWAY -> ClientCodec.decodeFromClient(bytes, 0, bytes.length, WireLimits.FROM_CLIENT);
            case CLIENT -> ClientCodec.decodeFromServer(bytes, 0, bytes.length, WireLimits.FROM_SERVER);
            case SNAPSHOT -> {
                SnapshotReader snapshots = new SnapshotReader(20);
                readRecords(snapshots.read(first, 0, first.length));
                readRecords(snapshots.read(bytes, 0, bytes.length));
            }
            case KEYFRAME -> {
                restore();
                slice.applyKeyframe(new ByteReader(bytes), SliceListener.NONE);
                writeBack();
            }
            case DELTA -> {
                restore();
                slice.applyDelta(new ByteReader(bytes), SliceListener.NONE);
                writeBack();
            }
            case SCHEMA -> new WireLayout(WireSchemaCodec.decode(bytes));
        }
    }

    private void readRecords(ServerSnapshot snapshot) {
        records.wrap(snapshot.bytes(), snapshot.payloadOffset(), snapshot.payloadLength());
        while (records.next()) {
            switch (records.kind()) {
                case DELTA -> {
                    restore();
                    slice.applyChanges(records.parts(), records.body(), SliceListener.NONE);
                }
                case KEYFRAME -> {
                    restore();
                    slice.applyKeyframe(records.body(), SliceListener.NONE);
                }
                case SELF -> self.read(records.body());
                case SELF_CHANGES -> self.change(records.body());
                case OWN_EVENTS -> {
                    while (records.body().remaining() > 0) {
                        event.read(records.body());
                    }
                }
                case INPUT_MARGIN -> records.body().varint();
                case FORGET -> {}
            }
        }
    }

    private void restore() {
        slice.clear();
        slice.applyKeyframe(base.wrap(keyframe, 0, keyframe.length), SliceListener.NONE);
    }

    /** Whatever was accepted must be good enough to be sent on, as a mirror does. */
    private void writeBack() {
        slice.writeKeyframe(written.clear());
        int count = slice.entityCount();
        slice.clear();
        slice.applyKeyframe(new ByteReader(written.array(), 0, written.size()), SliceListener.NONE);
        if (slice.entityCount() != count) {
            throw new IllegalStateException(count + " entities became " + slice.entityCount());
        }
    }
}
