package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.CellPort;
import dev.terrane.protocol.cluster.GatewayPort;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All ways between cells and gateways, as in one process: what is accepted arrives, in order. Knows who sends, refuses for the deaf, tells the witnesses.
 */
final class Roads {
    private final List<Witness> witnesses = new ArrayList<>();
    private final SortedSet<CellId> deaf = new TreeSet<>();
    private final Tamper tamper;
    private final CellPort cells;
    private final GatewayPort gateways;

    /** @param cells where messages end */
    Roads(Tamper tamper, CellPort cells, GatewayPort gateways) {
        this.tamper = tamper;
        this.cells = cells;
        this.gateways = gateways;
    }

    void attend(Witness witness) {
        witnesses.add(witness);
    }

    List<Witness> witnesses() {
        return witnesses;
    }

    void tick() {
        tamper.tick(this);
    }

    /** Everything offered to a deaf cell is refused as FULL. */
    void deafen(CellId cell, boolean isDeaf) {
        if (isDeaf) {
            deaf.add(cell);
        } else {
            deaf.remove(cell);
        }
    }

    boolean deaf(CellId cell) {
        return deaf.contains(cell);
    }

    void allHear() {
        deaf.clear();
    }

    /** The ways to cells as one sender sees them; null for gateways and the steward. */
    CellPort from(@Nullable CellId sender) {
        return (target, epoch, message) -> offer(sender, target, epoch, message);
    }

    GatewayPort toGateways(CellId sender) {
        return (gateway, message) -> tell(sender, gateway, message);
    }

    Admission offer(@Nullable CellId sender, CellId target, long epoch, CellInput message) {
        Admission answer = deaf.contains(target) ? Admission.FULL : Admission.ACCEPTED;
        if (answer == Admission.ACCEPTED) {
            for (CellInput delivered : tamper.toCell(sender, target, message)) {
                answer = cells.offer(target, epoch, delivered);
            }
        }
        for (Witness witness : witnesses) {
            witness.offered(sender, target, message, answer);
        }
        return answer;
    }

    /** @param sender null for the steward */
    boolean tell(@Nullable CellId sender, int gateway, CellOutput message) {
        boolean taken = true;
        for (CellOutput delivered : tamper.toGateway(sender, gateway, message)) {
            taken = gateways.offer(gateway, delivered);
        }
        if (sender != null) {
            for (Witness witness : witnesses) {
                witness.told(sender, gateway, message, taken);
            }
        }
        return taken;
    }
}
