package dev.terrane.server.edge;

import dev.terrane.base.WorldId;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.LaneOutput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.GatewayPort;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** All gateways of this process, by number: how cells reach them. Any thread. */
public final class GatewayHub implements GatewayPort {
    private final AtomicReferenceArray<@Nullable Gateway> gateways;

    private final int inboxMessages;

    /** @param inboxMessages that may wait for each gateway */
    public GatewayHub(int gatewayCount, int inboxMessages) {
        this.gateways = new AtomicReferenceArray<>(gatewayCount);
        this.inboxMessages = inboxMessages;
    }

    GatewayInbox newInbox(Runnable wake) {
        return new GatewayInbox(inboxMessages, wake);
    }

    public int gatewayCount() {
        return gateways.length();
    }

    void add(int number, Gateway gateway) {
        gateways.set(number, gateway);
    }

    /** Leaves it there: the gateway reads it after {@link #wakeAll}. */
    @Override
    public boolean offer(int number, CellOutput message) {
        Gateway gateway = number >= 0 && number < gateways.length() ? gateways.get(number) : null;
        return gateway != null && gateway.inbox().leave(message);
    }

    /** A round of cells has said what it had to say. */
    public void wakeAll() {
        for (int number = 0; number < gateways.length(); number++) {
            Gateway gateway = gateways.get(number);
            if (gateway != null) {
                gateway.inbox().wake();
            }
        }
    }

    /** Tells every gateway at once; one whose inbox is full hears of it by the next frame. */
    public void tellAll(CellOutput message) {
        for (int number = 0; number < gateways.length(); number++) {
            offer(number, message);
        }
        wakeAll();
    }

    /** Tells every gateway at once; one whose inbox is full misses it. */
    public void tellAll(LaneOutput message) {
        for (int number = 0; number < gateways.length(); number++) {
            Gateway gateway = gateways.get(number);
            if (gateway != null) {
                gateway.inbox().offer(message);
            }
        }
    }

    /** Sessions that drive an avatar, of all gateways. */
    int playerCount(WorldId world) {
        int total = 0;
        for (int i = 0; i < gateways.length(); i++) {
            Gateway gateway = gateways.get(i);
            total += gateway == null ? 0 : gateway.sessions().playerCount(world);
        }
        return total;
    }
}
