package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What every node is told of the coordinators' state: who is there, who owns which cell, and the values that all nodes share. Immutable; of two maps the one with the higher version is newer, whichever coordinator it
 * came from.
 *
 * @param version entries that it contains, see {@link CoordinatorState#appliedCount}
 * @param term leadership of the last of them
 * @param nodes in order
 * @param cells every cell that was ever granted, in order
 * @param values by key, of those whose key begins with {@link #SHARED}
 */
public record ClusterMap(
        long version, long term, List<Member> nodes, List<Tenure> cells, SortedMap<String, byte[]> values) {
    /** Keys of values that are told to every node. */
    public static final String SHARED = "map/";

    public static final ClusterMap EMPTY = new ClusterMap(0, 0, List.of(), List.of(), new TreeMap<>());

    /** Since 2 with the entries that have chosen standbys. */
    private static final int FORMAT = 2;

    private static final int FORMAT_OLDEST = 1;

    public ClusterMap {
        nodes = List.copyOf(nodes);
        cells = List.copyOf(cells);
        values = new TreeMap<>(values);
    }

    /**
     * A node that lives.
     *
     * @param slot a number of this life of it that no other life ever had
     * @param isDraining whether it gets nothing new any more
     */
    public record Member(NodeInfo info, int slot, boolean isDraining) {
        public NodeId node() {
            return info.node();
        }
    }

    /** What the state says now. */
    public static ClusterMap of(CoordinatorState state) {
        List<Member> nodes = new ArrayList<>();
        for (NodeInfo info : state.nodes()) {
            nodes.add(new Member(info, state.slot(info.node()), state.isDraining(info.node())));
        }
        TreeMap<String, byte[]> values = new TreeMap<>();
        for (String key : state.keys(SHARED)) {
            state.value(key).ifPresent(value -> values.put(key, value));
        }
        return new ClusterMap(state.appliedCount(), state.term(), nodes, state.tenures(), values);
    }

    /** Null: no node of that name lives. */
    public @Nullable Member node(NodeId node) {
        for (Member member : nodes) {
            if (member.node().equals(node)) {
                return member;
            }
        }
        return null;
    }

    /** Of whoever has this slot; null: that life is over. */
    public @Nullable NodeId nodeOfSlot(int slot) {
        for (Member member : nodes) {
            if (member.slot == slot) {
                return member.node();
            }
        }
        return null;
    }

    /** What is known of a cell, granted or not. */
    public Tenure cell(CellId cell) {
        for (Tenure tenure : cells) {
            if (tenure.cell().equals(cell)) {
                return tenure;
            }
        }
        return Tenure.unheard(cell);
    }

    public void write(ByteWriter writer) {
        writer.u8(FORMAT);
        writer.varulong(version);
        writer.varulong(term);
        writer.varuint(nodes.size());
        for (Member member : nodes) {
            Members.write(writer, member.info);
            writer.varuint(member.slot);
            writer.bool(member.isDraining);
        }
        writer.varuint(cells.size());
        cells.forEach(tenure -> Tenures.write(writer, tenure));
        writer.varuint(values.size());
        values.forEach((key, value) -> {
            writer.utf8(key);
            writer.blob(value);
        });
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if it is no map of this format */
    public static ClusterMap read(ByteReader reader) {
        int format = reader.u8();
        if (format < FORMAT_OLDEST || format > FORMAT) {
            throw reader.malformed(
                    "a cluster map of format " + format + ", this build reads " + FORMAT_OLDEST + " to " + FORMAT);
        }
        long version = reader.varulong();
        long term = reader.varulong();
        List<Member> nodes = new ArrayList<>();
        for (int left = reader.count(15); left > 0; left--) {
            nodes.add(new Member(Members.readInfo(reader), reader.varuint(), reader.bool()));
        }
        List<Tenure> cells = new ArrayList<>();
        for (int left = reader.count(9); left > 0; left--) {
            cells.add(Tenures.readTenure(reader, format >= 2));
        }
        TreeMap<String, byte[]> values = new TreeMap<>();
        for (int left = reader.count(2); left > 0; left--) {
            values.put(reader.utf8(4 * Values.KEY_LENGTH_MAX), reader.blob(Values.VALUE_BYTES_MAX));
        }
        return new ClusterMap(version, term, nodes, cells, values);
    }
}
