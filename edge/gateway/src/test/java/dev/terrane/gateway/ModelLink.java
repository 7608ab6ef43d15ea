package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.base.Rng;
import dev.terrane.protocol.cluster.CellInput;
import java.util.List;

/**
 * The way between a gateway and a cell of another node, as the gateway's node keeps it.
 *
 * <pre>
 *   WHOLE ──cut──► BROKEN, unnoticed ──► AWAY ──► MENDED, unheard ──the gateway hears──► WHOLE
 * </pre>
 */
final class ModelLink {
    private final CellId cell;
    private final Rng rng;
    private State state = State.WHOLE;
    private int ticks;

    private enum State {
        WHOLE,
        /** What is offered is taken, and lost. */
        BROKEN,
        /** Nothing is taken. */
        AWAY,
        /** Whole again, but inputs have to wait until those that are lost come first. */
        MENDED
    }

    ModelLink(CellId cell, Rng rng) {
        this.cell = cell;
        this.rng = rng;
    }

    void cut() {
        if (state == State.WHOLE) {
            state = State.BROKEN;
            ticks = 1 + rng.nextInt(5);
        }
    }

    void turn(GatewayInbox gateway) {
        if (state == State.WHOLE || --ticks > 0) {
            return;
        }
        if (state == State.BROKEN) {
            state = State.AWAY;
            ticks = rng.nextInt(20);
        } else if (state == State.AWAY) {
            state = State.MENDED;
            tell(gateway);
        } else {
            tell(gateway); // its inbox was full
        }
    }

    private void tell(GatewayInbox gateway) {
        boolean told = gateway.offer(new NodeNews.WayMended(List.of(cell), () -> state = State.WHOLE));
        ticks = told ? Integer.MAX_VALUE : 1;
    }

    boolean takes(CellInput message) {
        return switch (state) {
            case WHOLE, BROKEN -> true;
            case AWAY -> false;
            case MENDED -> !(message instanceof CellInput.PlayerInput);
        };
    }

    /** Whether what is offered now arrives. */
    boolean offer(CellInput message) {
        return takes(message) && state != State.BROKEN;
    }

    /** Whether what the cell says now arrives. */
    boolean brings() {
        return state == State.WHOLE || state == State.MENDED;
    }
}
