package dev.terrane.gateway;

import dev.terrane.protocol.client.RecordKind;
import dev.terrane.protocol.client.ServerMessage.ServerSnapshot;
import dev.terrane.protocol.client.SliceAddress;
import dev.terrane.protocol.client.SliceListener;
import dev.terrane.protocol.client.SliceState;
import dev.terrane.protocol.client.SnapshotRecords;
import dev.terrane.protocol.client.WireLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Says which slices a link's snapshots are about; a delta ends where its changes end, so it takes them all in. */
final class Follower {
    private static final WireLayout LAYOUT = new WireLayout(TestWorld.SCHEMA);

    private final FakeLink link;
    private final SnapshotRecords records = new SnapshotRecords();
    private final Map<Integer, SliceAddress> addresses = new HashMap<>();
    private final Map<Integer, SliceState> states = new HashMap<>();
    private final Map<Integer, Integer> ticks = new HashMap<>();
    private final List<List<String>> told = new ArrayList<>();

    Follower(FakeLink link) {
        this.link = link;
    }

    /** Of each snapshot so far: kind, chunk, part and age of its slices. */
    List<List<String>> told() {
        List<ServerSnapshot> snapshots = link.snapshots();
        while (told.size() < snapshots.size()) {
            told.add(slices(snapshots.get(told.size())));
        }
        return told;
    }

    /** The tick of what is known of the slice that was told of longest ago. */
    int oldestTick() {
        told();
        return ticks.values().stream().mapToInt(Integer::intValue).min().orElseThrow();
    }

    private List<String> slices(ServerSnapshot snapshot) {
        List<String> kinds = new ArrayList<>();
        records.wrap(snapshot.bytes(), snapshot.payloadOffset(), snapshot.payloadLength());
        while (records.next()) {
            int number = records.number();
            if (records.kind() == RecordKind.KEYFRAME) {
                addresses.put(
                        number,
                        SliceAddress.of(
                                records.regionA(),
                                records.regionB(),
                                records.layer(),
                                records.chunk(),
                                records.part()));
                states.computeIfAbsent(number, _ -> new SliceState(LAYOUT))
                        .applyKeyframe(records.body(), SliceListener.NONE);
            } else if (records.kind() == RecordKind.DELTA) {
                Objects.requireNonNull(states.get(number))
                        .applyChanges(records.parts(), records.body(), SliceListener.NONE);
            } else {
                continue;
            }
            ticks.put(number, snapshot.tick() - records.age());
            SliceAddress address = Objects.requireNonNull(addresses.get(number));
            kinds.add(records.kind() + " " + address.chunk() + "." + address.part() + " age " + records.age());
        }
        return kinds;
    }
}
