package dev.terrane.server.coordinator;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.NodeId;
import dev.terrane.server.wire.Wire;
import dev.terrane.server.wire.WireSettings;

/** One coordinator of a {@link Cluster}. */
final class Coordinator implements AutoCloseable {
    final NodeId id;
    final Wire wire;
    final CoordinatorRole role;
    private boolean closed;

    Coordinator(WireSettings wireSettings, CoordinatorSettings settings) {
        id = settings.self();
        wire = Wire.open(wireSettings, null, Clock.system(), Meters.none());
        role = CoordinatorRole.open(settings, wire, Clock.system(), Meters.none());
        wire.start(role);
    }

    boolean leads() {
        return !closed && role.loop().leadership().isHere();
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            role.close();
            wire.close();
        }
    }
}
