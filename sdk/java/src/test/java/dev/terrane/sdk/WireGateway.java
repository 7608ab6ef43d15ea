package dev.terrane.sdk;

import dev.terrane.base.CellId;
import dev.terrane.base.Meters;
import dev.terrane.base.RegionId;
import dev.terrane.base.Rng;
import dev.terrane.base.WorldId;
import dev.terrane.gateway.AdmissionAnswer.Admitted;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.Gateway;
import dev.terrane.gateway.GatewayInbox;
import dev.terrane.gateway.GatewayListener;
import dev.terrane.gateway.GatewayPorts;
import dev.terrane.gateway.GatewaySettings;
import dev.terrane.gateway.GatewaySpec;
import dev.terrane.gateway.WorldView;
import dev.terrane.protocol.client.WireSchema;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput.Joined;
import dev.terrane.space.SinglePartition;
import java.util.List;

/** A real gateway, before a cell that lets everybody in and then says nothing: so its sessions join anew all the time, which must not matter to commands. */
final class WireGateway {
    private static final WorldId WORLD = new WorldId("test");
    private static final CellId CELL = new CellId(WORLD, RegionId.ORIGIN, 0);
    private static final int INBOX_MESSAGES = 64;

    final Gateway gateway;

    WireGateway(CommandPort lane, Rng rng) {
        GatewayInbox inbox = new GatewayInbox(INBOX_MESSAGES, () -> {});
        GatewayPorts ports = new GatewayPorts(
                        (cell, epoch, message) -> {
                            if (message instanceof CellInput.Join join) {
                                inbox.offer(new Joined(join.session(), CELL, 1, join.session() ^ 1, 1, 0));
                            }
                            return Admission.ACCEPTED;
                        },
                        (request, answerTo) ->
                                answerTo.offer(new Admitted(request.session(), request.attempt(), 1, CELL, 1, 0, 0)),
                        GatewayListener.none(),
                        Meters.none(),
                        rng::nextLong)
                .with(lane);
        WorldView world =
                new WorldView(WORLD, new SinglePartition(512, 512), 64, 20, 20, new WireSchema(List.of(), List.of()));
        GatewaySpec spec = new GatewaySpec(0, "test", GatewaySettings.defaults(), List.of(world), new byte[32]);
        gateway = Gateway.create(spec, ports, inbox);
    }

    void step(long nowNanos) {
        gateway.onTimer(nowNanos, nowNanos / 1_000_000);
        gateway.drain(nowNanos);
    }
}
