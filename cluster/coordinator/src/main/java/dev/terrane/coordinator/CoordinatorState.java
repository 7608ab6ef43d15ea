package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.base.StateHash;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.coordinator.Outcome.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who owns which cell: the same entries in the same order give the same state, on every machine.
 *
 * <pre>
 *   unknown ──GrantCells, AssignCells──► held ──ReleaseCell, NodeLost, RegisterNode of its owner's next life──► free
 *                                         ▲ ├─ GrantCells to its owner (it starts anew) ─┐                       │
 *                                         │ ├─ BeginMove … FinishMove (its standby owns it) ─┐                   │
 *                                         ├─┴────────────────────────────────────────────┴───┘                   │
 *                                         └──────────── AssignCells, or Promote of its whole copy ───────────────┘
 * </pre>
 *
 * <p>What loses its owner and has a whole copy is held again within the same entry, by whoever has the copy: a failover is one entry, however many cells it takes along.
 *
 * <p>Every arrow into <i>held</i> raises the cell's epoch; nothing else does. The term is the leadership's: it rises with each new leader and touches no cell. Not thread-safe: one owner.
 */
public final class CoordinatorState {
    /** Lines that operators can look back, of administrators and of all others each; the log of entries itself is kept elsewhere. */
    public static final int AUDIT_LENGTH_MAX = Audit.LENGTH_MAX;

    /**
     * Since 4 with times, history and in whose name nodes are drained, since 5 with the latest time of all, since 6 with the entries that have chosen standbys. The next one is written when {@link Agreement} names the release that brings it: a leader gives its
     * snapshots to coordinators of the release before.
     */
    private static final int FORMAT = 6;

    private static final int FORMAT_OLDEST = 3;

    /** Numbers that somebody else has given: half of all, so that what is learnt wrongly leaves as many to go on with. */
    static final int INCARNATION_LEARNT_MAX = 1 << 30;

    static final long EPOCH_LEARNT_MAX = 1L << 48;

    private final Members members = new Members();
    private final History history = new History();
    private final Tenures tenures = new Tenures(history);
    private final CellRules cells = new CellRules(members, tenures);
    private final Tokens tokens = new Tokens();
    private final Values values = new Values();
    private final AdminOverrides overrides = new AdminOverrides();
    private final Audit audit = new Audit();
    private long term;
    private long appliedCount;

    /**
     * The next entry in the order.
     *
     * @param logTerm leadership under which it was put into the log; a higher one than before ends the older ones
     */
    public Outcome apply(long logTerm, Entry entry) {
        appliedCount++;
        history.by(entry, new Moment(appliedCount, logTerm, entry.atMillis()));
        tokens.at(entry.atMillis());
        Outcome outcome = decide(logTerm, entry);
        audit.add(appliedCount, logTerm, entry, outcome);
        return outcome;
    }

    private Outcome decide(long logTerm, Entry entry) {
        if (logTerm < term) {
            return CellRules.refuse(Reason.STALE_TERM, "term " + logTerm + " is over, " + term + " leads");
        }
        term = logTerm;
        if (entry.givenTerm() != 0 && entry.givenTerm() != term) {
            return CellRules.refuse(
                    Reason.STALE_TERM, "it was decided in term " + entry.givenTerm() + ", " + term + " leads");
        }
        if (entry.isAdmin() && entry.reason().isBlank()) {
            return CellRules.refuse(Reason.NO_REASON, "an administrator has to say why");
        }
        return switch (entry.command()) {
            case Command.RegisterNode(NodeInfo info) -> register(info);
            case Command.NodeLost(NodeId node, long life) -> lose(node, life);
            case Command.DrainNode(NodeId node, boolean draining) -> drain(node, draining, entry);
            case Command.GrantCells(List<CellGrant> grants) -> cells.grant(grants);
            case Command.AssignCells(NodeId owner, List<CellId> wanted) -> cells.assign(owner, wanted);
            case Command.LearnGrants(List<CellGrant> grants) -> learn(grants);
            case Command.RenewCell(CellId cell, long epoch) -> cells.renew(cell, epoch);
            case Command.ReleaseCell(CellId cell, long epoch) -> cells.release(cell, epoch);
            case Command.SetStandby set -> cells.standby(set.cell(), set.epoch(), set.node(), appliedCount);
            case Command.StandbyReady word -> cells.standbyReady(word);
            case Command.Promote(CellId cell, long epoch) -> cells.promote(cell, epoch);
            case Command.BeginMove(CellId cell, long epoch, NodeId to) -> cells.beginMove(cell, epoch, to);
            case Command.FinishMove(CellId cell, long epoch) -> cells.finishMove(cell, epoch);
            case Command.AbortMove(CellId cell, long epoch) -> cells.abortMove(cell, epoch);
            case Command.IssueToken(TransferToken token, long nowMillis) -> tokens.issue(token, nowMillis);
            case Command.RedeemToken(String id, long nowMillis) -> tokens.redeem(id, nowMillis);
            case Command.PutValue put -> values.put(appliedCount, put);
            case Command.SetOverride set -> overrides.set(appliedCount, entry, set);
        };
    }

    private Outcome register(NodeInfo info) {
        String objection = Agreement.objection(this, info).orElse(null);
        if (objection != null) {
            return CellRules.refuse(Reason.WRONG_NODE, objection);
        }
        NodeInfo before = members.find(info.node());
        if (before == null && members.isFull()) {
            return CellRules.refuse(Reason.TOO_MUCH, "there are " + Members.NODE_COUNT_MAX + " nodes");
        }
        List<CellGrant> promoted = List.of();
        if (before == null || before.life() != info.life()) {
            tenures.forget(info.node());
            promoted = cells.promoteOrphans();
        }
        members.put(info);
        return went(promoted);
    }

    private Outcome lose(NodeId node, long life) {
        NodeInfo info = members.find(node);
        if (info == null || info.life() != life) {
            return CellRules.refuse(Reason.UNKNOWN_NODE, "no node " + node + " of that life is registered");
        }
        members.remove(node);
        tenures.forget(node);
        return went(cells.promoteOrphans());
    }

    private static Outcome went(List<CellGrant> promoted) {
        return promoted.isEmpty() ? new Outcome.Done() : new Outcome.Granted(promoted);
    }

    private Outcome drain(NodeId node, boolean draining, Entry entry) {
        if (members.find(node) == null) {
            return CellRules.refuse(Reason.UNKNOWN_NODE, "no node " + node + " is registered");
        }
        members.drain(node, draining ? new Members.Wish(entry.author(), entry.reason()) : null);
        return new Outcome.Done();
    }

    private Outcome learn(List<CellGrant> grants) {
        for (CellGrant grant : grants) {
            if (grant.epoch() > EPOCH_LEARNT_MAX || grant.incarnation() > INCARNATION_LEARNT_MAX) {
                return CellRules.refuse(
                        Reason.TOO_MUCH,
                        "cell " + grant.cell() + " cannot have had epoch " + grant.epoch() + " and incarnation "
                                + grant.incarnation());
            }
            if (tenures.of(grant.cell()).isHeld()) {
                return CellRules.refuse(Reason.CELL_HELD, "cell " + grant.cell() + " is held here");
            }
        }
        grants.forEach(tenures::learn);
        return new Outcome.Done();
    }

    /** Why this node may not be granted this cell now; empty when it may. */
    Optional<Outcome.Refused> objection(CellId cell, NodeId node) {
        return Optional.ofNullable(cells.objection(cell, node));
    }

    public long term() {
        return term;
    }

    /** How many entries were applied; a copy with more is newer. */
    public long appliedCount() {
        return appliedCount;
    }

    /** Live nodes, in order. */
    public List<NodeInfo> nodes() {
        return members.all();
    }

    public boolean isDraining(NodeId node) {
        return members.isDraining(node);
    }

    /** Who has wanted the node to be emptied: author and reason of that entry, or nothing. */
    public Optional<Entry> drainedBy(NodeId node) {
        return members.drainedBy(node)
                .map(wish -> new Entry(0, wish.author(), wish.reason(), new Command.DrainNode(node, true)));
    }

    /** A number of the node's life that no other life ever had: its gateways are known by it. 0 while it is not registered. */
    public int slot(NodeId node) {
        return members.slot(node);
    }

    /** What is known of a cell, granted or not. */
    public Tenure tenure(CellId cell) {
        return tenures.of(cell);
    }

    /** Every cell that was ever granted, in order. */
    public List<Tenure> tenures() {
        return tenures.all();
    }

    /** Who had the cell under its last epochs, oldest first: {@value History#SPAN_COUNT_MAX} at most. */
    public List<CellSpan> spans(CellId cell) {
        return history.spans(cell);
    }

    /** The last {@value History#MIGRATION_COUNT_MAX} that are over, oldest first, then those underway. */
    public List<Migration> migrations() {
        return history.migrations();
    }

    /** The highest epoch under which the cell was ever granted; 0 for none. */
    public long epoch(CellId cell) {
        return tenures.of(cell).epoch();
    }

    /** The grant under which the cell is held; empty while it is free. */
    public Optional<CellGrant> holder(CellId cell) {
        Tenure tenure = tenures.of(cell);
        NodeId owner = tenure.owner();
        return owner == null
                ? Optional.empty()
                : Optional.of(new CellGrant(cell, owner, tenure.epoch(), tenure.incarnation()));
    }

    /** All cells that are held, in order. */
    public List<CellGrant> holders() {
        List<CellGrant> held = new ArrayList<>();
        tenures.all().forEach(tenure -> holder(tenure.cell()).ifPresent(held::add));
        return held;
    }

    /** A small value that was put; empty: there is none. */
    public Optional<byte[]> value(String key) {
        return values.find(key);
    }

    /** Keys that begin so, in order. */
    public List<String> keys(String prefix) {
        return values.keys(prefix);
    }

    /** To be expected by whoever replaces the value; 0: there is none. */
    public long valueVersion(String key) {
        return values.version(key);
    }

    /** What administrators have said and not taken back. */
    public List<AdminOverride> overrides() {
        return overrides.all();
    }

    public int tokenCount() {
        return tokens.size();
    }

    /** The last entries, and the last ones of administrators, oldest first. */
    public List<AuditEntry> audit() {
        return audit.all();
    }

    /** What administrators have said after that entry, oldest first; {@value #AUDIT_LENGTH_MAX} at most. */
    public List<AuditEntry> adminAudit(long afterIndex) {
        return audit.adminAfter(afterIndex);
    }

    public long hash() {
        ByteWriter writer = new ByteWriter(1024);
        snapshot(writer);
        return new StateHash().add(writer.array(), 0, writer.size()).value();
    }

    /** The whole state, for a copy that joins late or starts again. */
    public void snapshot(ByteWriter writer) {
        writer.u8(FORMAT);
        writer.varulong(term);
        writer.varulong(appliedCount);
        members.write(writer);
        tenures.write(writer);
        tokens.write(writer);
        values.write(writer);
        overrides.write(writer);
        audit.write(writer);
        history.write(writer);
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if the bytes are not a snapshot of this format */
    public static CoordinatorState restore(ByteReader reader) {
        int format = reader.u8();
        if (format < FORMAT_OLDEST || format > FORMAT) {
            throw reader.malformed("a coordinator snapshot of format " + format + ", this build reads " + FORMAT_OLDEST
                    + " to " + FORMAT);
        }
        CoordinatorState state = new CoordinatorState();
        state.term = reader.varulong();
        state.appliedCount = reader.varulong();
        boolean isOldest = format == FORMAT_OLDEST;
        state.members.read(reader, isOldest);
        state.tenures.read(reader, format >= 6);
        state.tokens.read(reader, format < 5);
        state.values.read(reader);
        state.overrides.read(reader);
        state.audit.read(reader, isOldest);
        if (!isOldest) {
            state.history.read(reader);
        }
        return state;
    }
}
