package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who owns which cell: the same commands in the same order give the same state, on every machine.
 *
 * <pre>
 *   unknown ──GrantCells──► held ──ReleaseCell, NodeLost, RegisterNode of its owner──► free
 *                            ▲ └─ GrantCells to its owner (it starts anew) ─┐            │
 *                            ├──────────────────────────────────────────────┘            │
 *                            └───────────────────────── GrantCells ──────────────────────┘
 * </pre>
 *
 * <p>Every arrow into <i>held</i> raises the cell's epoch; nothing else does. Not thread-safe: one owner.
 */
public final class CoordinatorState {
    /** Lines that operators can look back; the log of commands itself is kept elsewhere. */
    public static final int AUDIT_LENGTH_MAX = 256;

    private static final int FORMAT = 1;
    private static final int AUDIT_TEXT_BYTES_MAX = 400;

    private final TreeSet<NodeId> nodes = new TreeSet<>();
    private final TreeMap<CellId, Tenure> tenures = new TreeMap<>();
    private final Deque<AuditEntry> audit = new ArrayDeque<>();
    private long term;
    private long appliedCount;
    private int highestIncarnation;

    /** @param owner null while the cell is free */
    private record Tenure(@Nullable NodeId owner, long epoch, int incarnation) {
        Tenure freed() {
            return new Tenure(null, epoch, incarnation);
        }
    }

    /**
     * The next command in the order.
     *
     * @param commandTerm leadership under which it was given; a higher one than before ends the older ones
     */
    public Outcome apply(long commandTerm, Command command) {
        appliedCount++;
        Outcome outcome = decide(commandTerm, command);
        String text = command + (outcome instanceof Outcome.Refused refused ? " refused: " + refused.why() : "");
        audit.addLast(new AuditEntry(
                appliedCount, commandTerm, text.substring(0, Math.min(text.length(), AUDIT_TEXT_BYTES_MAX / 4))));
        if (audit.size() > AUDIT_LENGTH_MAX) {
            audit.removeFirst();
        }
        return outcome;
    }

    private Outcome decide(long commandTerm, Command command) {
        if (commandTerm < term) {
            return refuse(Outcome.Reason.STALE_TERM, "term " + commandTerm + " is over, " + term + " leads");
        }
        term = commandTerm;
        return switch (command) {
            case Command.RegisterNode(NodeId node) -> {
                nodes.add(node);
                free(node);
                yield new Outcome.Done();
            }
            case Command.NodeLost(NodeId node) -> {
                if (!nodes.remove(node)) {
                    yield refuse(Outcome.Reason.UNKNOWN_NODE, "no node " + node + " is registered");
                }
                free(node);
                yield new Outcome.Done();
            }
            case Command.GrantCells(List<CellGrant> grants) -> grant(grants);
            case Command.ReleaseCell(CellId cell, long epoch) -> release(cell, epoch);
        };
    }

    private Outcome grant(List<CellGrant> grants) {
        TreeSet<CellId> named = new TreeSet<>();
        int incarnation = highestIncarnation;
        for (CellGrant grant : grants) {
            CellId cell = grant.cell();
            if (!named.add(cell)) {
                return refuse(Outcome.Reason.CELL_HELD, "cell " + cell + " is named twice");
            }
            Optional<Outcome.Refused> objection = objection(cell, grant.owner());
            if (objection.isPresent()) {
                return objection.get();
            }
            if (grant.epoch() <= epoch(cell)) {
                return refuse(
                        Outcome.Reason.STALE_EPOCH,
                        "cell " + cell + " already had epoch " + epoch(cell) + ", not below " + grant.epoch());
            }
            if (grant.incarnation() <= incarnation) {
                return refuse(
                        Outcome.Reason.USED_INCARNATION,
                        "incarnation " + grant.incarnation() + " is not above " + incarnation);
            }
            incarnation = grant.incarnation();
        }
        for (CellGrant grant : grants) {
            tenures.put(grant.cell(), new Tenure(grant.owner(), grant.epoch(), grant.incarnation()));
        }
        highestIncarnation = incarnation;
        return new Outcome.Done();
    }

    /** Why this node may not be granted this cell now; empty when it may. */
    Optional<Outcome.Refused> objection(CellId cell, NodeId node) {
        if (!nodes.contains(node)) {
            return Optional.of(refuse(Outcome.Reason.UNKNOWN_NODE, "no node " + node + " is registered"));
        }
        Tenure tenure = tenures.get(cell);
        if (tenure != null && tenure.owner() != null && !tenure.owner().equals(node)) {
            return Optional.of(refuse(Outcome.Reason.CELL_HELD, "cell " + cell + " is held by " + tenure.owner()));
        }
        return Optional.empty();
    }

    private Outcome release(CellId cell, long epoch) {
        Tenure tenure = tenures.get(cell);
        if (tenure == null || tenure.owner() == null || tenure.epoch() != epoch) {
            return refuse(Outcome.Reason.STALE_EPOCH, "nobody holds cell " + cell + " under epoch " + epoch);
        }
        tenures.put(cell, tenure.freed());
        return new Outcome.Done();
    }

    private void free(NodeId node) {
        tenures.replaceAll((cell, tenure) -> node.equals(tenure.owner()) ? tenure.freed() : tenure);
    }

    private static Outcome.Refused refuse(Outcome.Reason reason, String why) {
        return new Outcome.Refused(reason, why);
    }

    public long term() {
        return term;
    }

    /** Live nodes, in order. */
    public List<NodeId> nodes() {
        return List.copyOf(nodes);
    }

    /** The highest epoch under which the cell was ever granted; 0 for none. */
    public long epoch(CellId cell) {
        Tenure tenure = tenures.get(cell);
        return tenure == null ? 0 : tenure.epoch();
    }

    /** The grant under which the cell is held; empty while it is free. */
    public Optional<CellGrant> holder(CellId cell) {
        Tenure tenure = tenures.get(cell);
        return tenure == null || tenure.owner() == null
                ? Optional.empty()
                : Optional.of(new CellGrant(cell, tenure.owner(), tenure.epoch(), tenure.incarnation()));
    }

    /** All cells that are held, in order. */
    public List<CellGrant> holders() {
        List<CellGrant> held = new ArrayList<>();
        for (CellId cell : tenures.keySet()) {
            holder(cell).ifPresent(held::add);
        }
        return held;
    }

    /** The last commands, oldest first. */
    public List<AuditEntry> audit() {
        return List.copyOf(audit);
    }

    public long hash() {
        ByteWriter writer = new ByteWriter(1024);
        snapshot(writer);
        return new StateHash().add(writer.array(), 0, writer.size()).value();
    }

    /** The whole state, for a node that joins late. */
    public void snapshot(ByteWriter writer) {
        writer.u8(FORMAT);
        writer.varulong(term);
        writer.varulong(appliedCount);
        writer.varuint(highestIncarnation);
        writer.varuint(nodes.size());
        for (NodeId node : nodes) {
            writer.utf8(node.name());
        }
        writer.varuint(tenures.size());
        tenures.forEach((cell, tenure) -> {
            CellBytes.write(writer, cell);
            writer.utf8(tenure.owner() == null ? "" : tenure.owner().name());
            writer.varulong(tenure.epoch());
            writer.varuint(tenure.incarnation());
        });
        writer.varuint(audit.size());
        for (AuditEntry entry : audit) {
            writer.varulong(entry.index());
            writer.varulong(entry.term());
            writer.utf8(entry.text());
        }
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if the bytes are not a snapshot of this format */
    public static CoordinatorState restore(ByteReader reader) {
        int format = reader.u8();
        if (format != FORMAT) {
            throw reader.malformed("a coordinator snapshot of format " + format + ", this build reads " + FORMAT);
        }
        CoordinatorState state = new CoordinatorState();
        state.term = reader.varulong();
        state.appliedCount = reader.varulong();
        state.highestIncarnation = reader.varuint();
        for (int left = reader.count(1); left > 0; left--) {
            state.nodes.add(new NodeId(reader.utf8(64)));
        }
        for (int left = reader.count(8); left > 0; left--) {
            CellId cell = CellBytes.read(reader);
            String owner = reader.utf8(64);
            state.tenures.put(
                    cell, new Tenure(owner.isEmpty() ? null : new NodeId(owner), reader.varulong(), reader.varuint()));
        }
        for (int left = reader.count(3); left > 0; left--) {
            state.audit.addLast(
                    new AuditEntry(reader.varulong(), reader.varulong(), reader.utf8(AUDIT_TEXT_BYTES_MAX)));
        }
        return state;
    }
}
