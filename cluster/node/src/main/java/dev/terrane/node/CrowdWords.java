package dev.terrane.node;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.coordinator.CellBytes;
import dev.terrane.placement.CellLoad;
import java.util.ArrayList;
import java.util.List;

/** What sims say of their crowds, as bytes. */
final class CrowdWords {
    private CrowdWords() {}

    static void write(NodeMessage.Crowds crowds, ByteWriter out) {
        out.varuint(crowds.strain().busyPercent());
        out.f64(crowds.strain().behindTicks());
        out.varuint(crowds.cells().size());
        for (NodeMessage.Crowd crowd : crowds.cells()) {
            CellLoad load = crowd.load();
            CellBytes.write(out, load.cell());
            out.varuint(load.entities());
            out.varuint(load.avatars());
            out.varuint(load.waiting());
            out.varulong(load.p99Nanos());
            out.varulong(load.averageNanos());
            out.varulong(crowd.epoch());
            out.varulong(crowd.orderDone());
        }
        out.varuint(crowds.missed().size());
        crowds.missed().forEach(cell -> CellBytes.write(out, cell));
    }

    static NodeMessage.Crowds read(ByteReader in) {
        int busyPercent = in.varuint();
        double behindTicks = in.f64();
        if (!(behindTicks >= 0 && behindTicks < Double.POSITIVE_INFINITY)) {
            throw in.malformed("a sim that is " + behindTicks + " ticks late");
        }
        List<NodeMessage.Crowd> cells = new ArrayList<>();
        for (int left = in.count(11); left > 0; left--) {
            CellLoad load = new CellLoad(
                    CellBytes.read(in), in.varuint(), in.varuint(), in.varuint(), in.varulong(), in.varulong());
            cells.add(new NodeMessage.Crowd(load, in.varulong(), in.varulong()));
        }
        List<CellId> missed = new ArrayList<>();
        for (int left = in.count(4); left > 0; left--) {
            missed.add(CellBytes.read(in));
        }
        return new NodeMessage.Crowds(new NodeMessage.Strain(busyPercent, behindTicks), cells, missed);
    }
}
