package dev.terrane.gateway;

import dev.terrane.base.Meters;
import dev.terrane.protocol.cluster.CellPort;
import java.util.function.LongSupplier;

/**
 * A gateway's ways out. All are called on its thread, so none may block.
 *
 * @param sessionIds numbers that are unique for ever and hard to guess: 64 random bits of a secure source
 * @param conduct shared by all gateways of a node
 * @param bodies memory for what many links send, of the door that makes those links
 */
public record GatewayPorts(
        CellPort cells,
        Admissions admissions,
        CommandPort commands,
        ConductBook conduct,
        GatewayListener listener,
        Meters meters,
        LongSupplier sessionIds,
        SharedBytes.Maker bodies) {

    /** For a server without commands. */
    public GatewayPorts(
            CellPort cells,
            Admissions admissions,
            GatewayListener listener,
            Meters meters,
            LongSupplier sessionIds,
            SharedBytes.Maker bodies) {
        this(
                cells,
                admissions,
                CommandPort.none(),
                new ConductBook(GatewaySettings.FairPlay.defaults()),
                listener,
                meters,
                sessionIds,
                bodies);
    }

    /** For a server without commands, and a door whose links copy. */
    public GatewayPorts(
            CellPort cells, Admissions admissions, GatewayListener listener, Meters meters, LongSupplier sessionIds) {
        this(cells, admissions, listener, meters, sessionIds, SharedBytes.Maker.plain());
    }

    /** The same, but commands go there. */
    public GatewayPorts with(CommandPort taker) {
        return new GatewayPorts(cells, admissions, taker, conduct, listener, meters, sessionIds, bodies);
    }

    /** The same, but offences are counted there. */
    public GatewayPorts with(ConductBook book) {
        return new GatewayPorts(cells, admissions, commands, book, listener, meters, sessionIds, bodies);
    }
}
