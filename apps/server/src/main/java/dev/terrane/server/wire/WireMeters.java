package dev.terrane.server.wire;

import dev.terrane.base.Meters;

/** What goes wrong on wires. Any thread. */
record WireMeters(Meters.Count malformed, Meters.Count tooLong, Meters.Count noRoom, Meters.Count ownFull) {
    static WireMeters of(Meters meters) {
        return new WireMeters(
                meters.count("wire_malformed_messages"),
                meters.count("wire_refused_messages", "reason", "too_long"),
                meters.count("wire_refused_messages", "reason", "no_room_for_parts"),
                meters.count("wire_refused_messages", "reason", "own_queue_full"));
    }
}
