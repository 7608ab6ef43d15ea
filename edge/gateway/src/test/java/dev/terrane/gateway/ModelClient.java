package dev.terrane.gateway;

import dev.terrane.bytes.ByteReader;
import dev.terrane.protocol.client.ServerMessage;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.protocol.client.SliceListener;
import dev.terrane.protocol.client.SliceState;
import dev.terrane.protocol.client.SnapshotRecords;
import dev.terrane.protocol.client.WireLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A client that takes docs/PROTOCOL.md at its word: a delta on another base than it has is an error. */
final class ModelClient {
    private static final WireLayout LAYOUT = new WireLayout(TestWorld.SCHEMA);

    final FakeLink link = new FakeLink();
    final int number;
    final Session session;
    int seq;
    int ackSeq;
    int snapshotCount;
    private final Map<SliceAddress, Held> slices = new HashMap<>();
    private final Map<Integer, SliceAddress> numbers = new HashMap<>();
    private final SnapshotRecords records = new SnapshotRecords();

    private static final class Held {
        final SliceState state = new SliceState(LAYOUT);
        int seq;
    }

    ModelClient(int number, Gateway gateway, long nowNanos) {
        this.number = number;
        this.session = gateway.open(link, TestWorld.player(number), nowNanos);
    }

    /** Takes in what arrived since the last call. */
    void read() {
        for (ServerMessage message : link.received) {
            if (message instanceof ServerSnapshot snapshot) {
                take(snapshot);
            } else if (message instanceof ServerMessage.Welcome welcome) {
                seq = welcome.nextSeq() - 1;
            }
        }
        link.received.clear();
    }

    private void take(ServerSnapshot snapshot) {
        snapshotCount++;
        if (snapshot.ackSeq() < ackSeq) {
            throw new AssertionError("ack went back from " + ackSeq + " to " + snapshot.ackSeq());
        }
        ackSeq = snapshot.ackSeq();
        if (snapshot.keyframe()) {
            slices.clear();
            numbers.clear();
        }
        records.wrap(snapshot.bytes(), snapshot.payloadOffset(), snapshot.payloadLength());
        while (records.next()) {
            switch (records.kind()) {
                case DELTA -> delta(records.body());
                case KEYFRAME -> keyframe(records.body());
                case FORGET -> {
                    slices.keySet().removeIf(this::sameChunk);
                    numbers.values().removeIf(this::sameChunk);
                }
                case SELF, OWN_EVENTS, SELF_CHANGES -> {}
            }
        }
    }

    private boolean sameChunk(SliceAddress address) {
        return address.regionA() == records.regionA()
                && address.regionB() == records.regionB()
                && address.layer() == records.layer()
                && address.chunk() == records.chunk();
    }

    private SliceAddress address() {
        return SliceAddress.of(records.regionA(), records.regionB(), records.layer(), records.chunk(), records.part());
    }

    private void delta(ByteReader body) {
        SliceAddress address = numbers.get(records.number());
        Held held = address == null ? null : slices.get(address);
        if (held == null || !records.appliesTo(held.seq)) {
            throw new AssertionError("delta of " + address + ", number " + records.number() + ", does not fit to "
                    + (held == null ? "nothing" : "version " + held.seq));
        }
        held.seq = records.seqAfter(held.seq);
        held.state.applyChanges(records.parts(), body, SliceListener.NONE);
    }

    private void keyframe(ByteReader body) {
        Held held = slices.computeIfAbsent(address(), _ -> new Held());
        SliceAddress before = numbers.put(records.number(), address());
        if (before != null && !before.equals(address())) {
            throw new AssertionError("number " + records.number() + " is of " + before + " and of " + address());
        }
        held.state.applyKeyframe(body, SliceListener.NONE);
        held.seq = records.seq();
    }

    Iterable<SliceAddress> held() {
        return slices.keySet();
    }

    Map<Integer, ModelEntity> content(SliceAddress address) {
        Map<Integer, ModelEntity> content = new TreeMap<>();
        Held held = slices.get(address);
        if (held != null) {
            for (int slot = 0; slot < held.state.slotLimit(); slot++) {
                if (held.state.entity(slot) != 0) {
                    content.put(slot, ModelEntity.read(held.state, slot));
                }
            }
        }
        return content;
    }
}
