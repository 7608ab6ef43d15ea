package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every cell that was ever granted, and the numbers that were given out. */
final class Tenures {
    private final TreeMap<CellId, Tenure> tenures = new TreeMap<>();
    private final History history;
    private int highestIncarnation;

    /** @param history is told of everything that changes */
    Tenures(History history) {
        this.history = history;
    }

    Tenure of(CellId cell) {
        Tenure tenure = tenures.get(cell);
        return tenure == null ? Tenure.unheard(cell) : tenure;
    }

    List<Tenure> all() {
        return List.copyOf(tenures.values());
    }

    int highestIncarnation() {
        return highestIncarnation;
    }

    void put(Tenure tenure) {
        Tenure before = of(tenure.cell());
        tenures.put(tenure.cell(), tenure);
        highestIncarnation = Math.max(highestIncarnation, tenure.incarnation());
        history.changed(before, tenure);
    }

    /** Under the next numbers: it starts from its checkpoint, or anew. */
    CellGrant grantNext(CellId cell, NodeId owner) {
        CellGrant grant = next(cell, owner);
        put(Tenure.of(grant));
        return grant;
    }

    /** Under the next numbers: it goes on as its copy. */
    CellGrant continueNext(CellId cell, NodeId owner) {
        CellGrant grant = next(cell, owner);
        put(of(cell).continued(grant));
        return grant;
    }

    private CellGrant next(CellId cell, NodeId owner) {
        return new CellGrant(cell, owner, of(cell).epoch() + 1, highestIncarnation + 1);
    }

    /** Somebody else has given out numbers up to these. */
    void learn(CellGrant grant) {
        Tenure known = of(grant.cell());
        if (grant.epoch() > known.epoch()) {
            Tenure learnt = Tenure.of(grant).released();
            put(known.phase() == Tenure.Phase.ORPHANED ? learnt.in(Tenure.Phase.ORPHANED) : learnt);
        }
        highestIncarnation = Math.max(highestIncarnation, grant.incarnation());
    }

    void forget(NodeId node) {
        tenures.replaceAll((_, tenure) -> {
            Tenure left = tenure.without(node);
            if (!left.equals(tenure)) {
                history.changed(tenure, left);
            }
            return left;
        });
    }

    void write(ByteWriter writer) {
        writer.varuint(highestIncarnation);
        writer.varuint(tenures.size());
        tenures.values().forEach(tenure -> write(writer, tenure));
    }

    static void write(ByteWriter writer, Tenure tenure) {
        CellBytes.write(writer, tenure.cell());
        writer.u8(tenure.phase().ordinal());
        writeName(writer, tenure.owner());
        writer.varulong(tenure.epoch());
        writer.varulong(tenure.begunEpoch());
        writer.varuint(tenure.incarnation());
        writeName(writer, tenure.standby());
        writer.bool(tenure.isReady());
        writer.varulong(tenure.standbyEntry());
    }

    /** @param isNumbered whether it is said which entries have chosen the standbys */
    void read(ByteReader reader, boolean isNumbered) {
        highestIncarnation = reader.varuint();
        for (int left = reader.count(9); left > 0; left--) {
            Tenure tenure = readTenure(reader, isNumbered);
            tenures.put(tenure.cell(), tenure);
        }
    }

    /** @param isNumbered as {@link #write} does; before there were such numbers it ended with whether the copy is whole */
    static Tenure readTenure(ByteReader reader, boolean isNumbered) {
        return new Tenure(
                CellBytes.read(reader),
                readPhase(reader),
                readName(reader),
                reader.varulong(),
                reader.varulong(),
                reader.varuint(),
                readName(reader),
                reader.bool(),
                isNumbered ? reader.varulong() : 0);
    }

    private static Tenure.Phase readPhase(ByteReader reader) {
        int phase = reader.u8();
        if (phase >= Tenure.Phase.values().length) {
            throw reader.malformed("a cell in phase " + phase);
        }
        return Tenure.Phase.values()[phase];
    }

    static void writeName(ByteWriter writer, @Nullable NodeId node) {
        writer.utf8(node == null ? "" : node.name());
    }

    static NodeId readNode(ByteReader reader) {
        return new NodeId(reader.utf8(64));
    }

    static @Nullable NodeId readName(ByteReader reader) {
        String name = reader.utf8(64);
        return name.isEmpty() ? null : new NodeId(name);
    }
}
