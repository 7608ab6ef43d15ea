package dev.terrane.server.edge;

import dev.terrane.base.WorldId;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.LaneOutput;
import dev.terrane.gateway.NodeNews;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.GatewayNumbers;
import dev.terrane.protocol.cluster.GatewayPort;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** All gateways of this process, by their {@link GatewayNumbers}: how cells reach them. Any thread. */
public final class GatewayHub implements GatewayPort {
    private final AtomicReferenceArray<@Nullable Gateway> gateways;

    private final int inboxMessages;
    /** Of this life of the node, as the cluster has it. */
    private volatile int slot;

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

    /** From now on cells know these gateways by the numbers of that slot; each has to be told, too. What is for earlier numbers comes too late. */
    public void settle(int newSlot) {
        slot = newSlot;
    }

    /** Cells' number of the gateway that is so many here. */
    public int number(int local) {
        return GatewayNumbers.of(slot, local);
    }

    void add(int local, Gateway gateway) {
        gateways.set(local, gateway);
    }

    /** Leaves it there: the gateway reads it after {@link #wakeAll}. */
    @Override
    public boolean offer(int number, CellOutput message) {
        return GatewayNumbers.slot(number) == slot && leave(GatewayNumbers.local(number), message);
    }

    /** The same, by the number that a gateway has here. */
    public boolean leave(int local, CellOutput message) {
        Gateway gateway = gateway(local);
        return gateway != null && gateway.inbox().leave(message);
    }

    /** Tells one gateway at once; false when it is full, or not there yet. */
    public boolean tell(int local, NodeNews news) {
        Gateway gateway = gateway(local);
        return gateway != null && gateway.inbox().offer(news);
    }

    private @Nullable Gateway gateway(int local) {
        return local >= 0 && local < gateways.length() ? gateways.get(local) : null;
    }

    /** A round of cells has said what it had to say. */
    public void wakeAll() {
        for (int local = 0; local < gateways.length(); local++) {
            Gateway gateway = gateways.get(local);
            if (gateway != null) {
                gateway.inbox().wake();
            }
        }
    }

    /** Tells every gateway at once; one whose inbox is full hears of it by the next frame. */
    public void tellAll(CellOutput message) {
        for (int local = 0; local < gateways.length(); local++) {
            leave(local, message);
        }
        wakeAll();
    }

    /** Tells every gateway at once; one whose inbox is full misses it. */
    public void tellAll(LaneOutput message) {
        for (int local = 0; local < gateways.length(); local++) {
            Gateway gateway = gateways.get(local);
            if (gateway != null) {
                gateway.inbox().offer(message);
            }
        }
    }

    /** Sessions that drive an avatar, of all gateways. */
    public int playerCount(WorldId world) {
        int total = 0;
        for (int i = 0; i < gateways.length(); i++) {
            Gateway gateway = gateways.get(i);
            total += gateway == null ? 0 : gateway.sessions().playerCount(world);
        }
        return total;
    }
}
