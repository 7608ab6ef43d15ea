package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all parts of one gateway share. */
final class GatewayRoom {
    final GatewaySpec spec;
    final GatewayPorts ports;
    final GatewaySettings settings;
    final GatewayInbox inbox;
    final SessionMeters meters;
    final LongTable<ClientSession> sessions = new LongTable<>();
    final Touched touched = new Touched();
    final Viewpoints viewpoints;
    final List<WorldMirror> worlds = new ArrayList<>();

    GatewayRoom(GatewaySpec spec, GatewayPorts ports, GatewayInbox inbox, MirrorMeters mirrorMeters) {
        this.spec = spec;
        this.ports = ports;
        this.settings = spec.settings();
        this.inbox = inbox;
        this.meters = new SessionMeters(ports.meters());
        this.viewpoints = new Viewpoints(settings, mirrorMeters);
        for (WorldView world : spec.worlds()) {
            worlds.add(new WorldMirror(world, mirrorMeters));
        }
    }

    /** @param name empty for the default world */
    @Nullable
    WorldMirror world(String name) {
        if (name.isEmpty()) {
            return worlds.getFirst();
        }
        for (WorldMirror world : worlds) {
            if (world.view().world().name().equals(name)) {
                return world;
            }
        }
        return null;
    }

    @Nullable
    WorldMirror world(WorldId id) {
        for (WorldMirror world : worlds) {
            if (world.view().world().equals(id)) {
                return world;
            }
        }
        return null;
    }

    /** The cell of one of our sessions: a layer that nobody has told of yet is taken in. Null for what the world does not have. */
    @Nullable
    CellMirror cellOf(WorldMirror world, CellId id) {
        CellMirror known = world.cell(id);
        if (known == null) {
            known = world.learn(id);
            viewpoints.lookAgain(world);
        }
        return known;
    }
}
