package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all parts of one gateway share. */
final class GatewayRoom {
    /** The timer is due every 50 ms. */
    private static final long AWAY_NANOS = 500_000_000L;

    private static final long EXCUSED_NANOS = 2_000_000_000L;

    final GatewaySpec spec;
    final GatewayPorts ports;
    final GatewaySettings settings;
    final GatewayInbox inbox;
    final SessionMeters meters;
    final LongTable<ClientSession> sessions = new LongTable<>();
    final Umpire umpire;
    final Touched touched = new Touched();
    final Viewpoints viewpoints;
    final List<WorldMirror> worlds = new ArrayList<>();

    /** By which cells know this gateway. */
    int number;

    private long timedAtNanos;
    private long awayUntilNanos;

    GatewayRoom(GatewaySpec spec, GatewayPorts ports, GatewayInbox inbox, MirrorMeters mirrorMeters) {
        this.spec = spec;
        this.number = spec.number();
        this.ports = ports;
        this.settings = spec.settings();
        this.inbox = inbox;
        this.meters = new SessionMeters(ports.meters());
        this.umpire = new Umpire(this);
        this.viewpoints = new Viewpoints(settings, mirrorMeters);
        for (WorldView world : spec.worlds()) {
            worlds.add(new WorldMirror(world, mirrorMeters));
        }
    }

    /** When the timer ran last: exact enough for what lasts minutes. */
    long timedAtNanos() {
        return timedAtNanos;
    }

    /** The timer runs. */
    void timed(long nowNanos) {
        if (timedAtNanos != 0 && nowNanos - timedAtNanos > AWAY_NANOS) {
            awayUntilNanos = nowNanos + EXCUSED_NANOS;
        }
        timedAtNanos = nowNanos;
    }

    /** This gateway could not run for a while, or has just come back: what clients sent meanwhile is heard all at once, and that is not their fault. */
    boolean wasAway(long nowNanos) {
        return nowNanos - timedAtNanos > AWAY_NANOS || nowNanos < awayUntilNanos;
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
