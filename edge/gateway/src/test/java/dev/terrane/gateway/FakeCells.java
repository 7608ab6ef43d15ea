package dev.terrane.gateway;

import dev.terrane.base.CellId;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellPort;
import java.util.ArrayList;
import java.util.List;

/** Cells that only remember what they were offered. */
final class FakeCells implements CellPort {
    record Offered(CellId cell, long epoch, CellInput message) {}

    final List<Offered> accepted = new ArrayList<>();
    /** The answer to everything. */
    Admission answer = Admission.ACCEPTED;

    @Override
    public Admission offer(CellId cell, long epoch, CellInput message) {
        if (answer == Admission.ACCEPTED) {
            accepted.add(new Offered(cell, epoch, message));
        }
        return answer;
    }

    <M extends CellInput> List<M> all(Class<M> kind) {
        return accepted.stream()
                .map(Offered::message)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    <M extends CellInput> M last(Class<M> kind) {
        return all(kind).getLast();
    }
}
