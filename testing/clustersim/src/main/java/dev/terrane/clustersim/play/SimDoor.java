package dev.terrane.clustersim.play;

import dev.terrane.clustersim.time.Conductor;
import dev.terrane.clustersim.time.Host;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.SharedBytes;
import dev.terrane.http.HttpPorts;
import dev.terrane.server.gateways.PlayersDoor;
import java.util.ArrayList;
import java.util.List;

/** A node's door: its gateways, each on an event loop of its own. What loops do never waits, so it needs no threads. */
public final class SimDoor implements PlayersDoor {
    private static final long TIMER_NANOS = 50_000_000;
    private static final long WAKE_NANOS = 10_000;

    private final Conductor conductor;
    private final Host host;
    private final List<Gateway> gateways = new ArrayList<>();
    private final boolean[] woken;
    private boolean open = true;

    private SimDoor(Conductor conductor, Host host, HttpPorts ports) {
        this.conductor = conductor;
        this.host = host;
        int count = ports.gateways().gatewayCount();
        this.woken = new boolean[count];
        for (int number = 0; number < count; number++) {
            int local = number;
            gateways.add(ports.gateways().build(number, () -> wake(local), SharedBytes.Maker.plain()));
            conductor.in(TIMER_NANOS, host, () -> timer(local));
        }
    }

    public static SimDoor open(Conductor conductor, Host host, HttpPorts ports) {
        return new SimDoor(conductor, host, ports);
    }

    /** Whether somebody may come in. */
    public boolean isOpen() {
        return open && host.isAlive();
    }

    Host host() {
        return host;
    }

    Gateway gateway(int index) {
        return gateways.get(Math.floorMod(index, gateways.size()));
    }

    private void wake(int local) {
        if (!woken[local]) {
            woken[local] = true;
            conductor.in(WAKE_NANOS, host, () -> drain(local));
        }
    }

    private void drain(int local) {
        woken[local] = false;
        if (local < gateways.size()) {
            gateways.get(local).drain(host.nanos());
        }
    }

    private void timer(int local) {
        if (open) {
            gateways.get(local).onTimer(host.nanos(), host.epochMillis());
            drain(local);
            conductor.in(TIMER_NANOS, host, () -> timer(local));
        }
    }

    @Override
    public int port() {
        return 1;
    }

    @Override
    public void close() {
        open = false;
        gateways.forEach(Gateway::shutDown);
    }
}
