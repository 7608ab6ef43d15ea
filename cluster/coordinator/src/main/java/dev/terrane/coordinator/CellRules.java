package dev.terrane.coordinator;

import dev.terrane.base.CellId;
import dev.terrane.base.NodeId;
import dev.terrane.coordinator.NodeInfo.Role;
import dev.terrane.coordinator.Outcome.Reason;
import dev.terrane.coordinator.Tenure.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which change of a cell's owner and standby is allowed. */
final class CellRules {
    private final Members members;
    private final Tenures tenures;

    CellRules(Members members, Tenures tenures) {
        this.members = members;
        this.tenures = tenures;
    }

    /** Why this node may not be granted this cell now; null when it may. */
    Outcome.@Nullable Refused objection(CellId cell, NodeId node) {
        if (members.find(node) == null) {
            return refuse(Reason.UNKNOWN_NODE, "no node " + node + " is registered");
        }
        NodeId owner = tenures.of(cell).owner();
        return owner == null || owner.equals(node)
                ? null
                : refuse(Reason.CELL_HELD, "cell " + cell + " is held by " + owner);
    }

    Outcome grant(List<CellGrant> grants) {
        TreeSet<CellId> named = new TreeSet<>();
        int incarnation = tenures.highestIncarnation();
        for (CellGrant grant : grants) {
            CellId cell = grant.cell();
            if (!named.add(cell)) {
                return namedTwice(cell);
            }
            Outcome.Refused objection = objection(cell, grant.owner());
            if (objection != null) {
                return objection;
            }
            long epoch = tenures.of(cell).epoch();
            if (grant.epoch() <= epoch) {
                return refuse(
                        Reason.STALE_EPOCH,
                        "cell " + cell + " already had epoch " + epoch + ", not below " + grant.epoch());
            }
            if (grant.incarnation() <= incarnation) {
                return refuse(
                        Reason.USED_INCARNATION, "incarnation " + grant.incarnation() + " is not above " + incarnation);
            }
            incarnation = grant.incarnation();
        }
        grants.forEach(grant -> tenures.put(Tenure.of(grant)));
        return new Outcome.Done();
    }

    Outcome assign(NodeId owner, List<CellId> cells) {
        Outcome.Refused unfit = unfit(owner);
        if (unfit != null) {
            return unfit;
        }
        TreeSet<CellId> named = new TreeSet<>();
        for (CellId cell : cells) {
            if (!named.add(cell)) {
                return namedTwice(cell);
            }
            NodeId holder = tenures.of(cell).owner();
            if (holder != null) {
                return refuse(Reason.CELL_HELD, "cell " + cell + " is held by " + holder);
            }
        }
        List<CellGrant> grants = new ArrayList<>(cells.size());
        cells.forEach(cell -> grants.add(tenures.grantNext(cell, owner)));
        return new Outcome.Granted(grants);
    }

    Outcome renew(CellId cell, long epoch) {
        Tenure tenure = tenures.of(cell);
        NodeId owner = tenure.owner();
        return owner == null || tenure.epoch() != epoch
                ? refuse(Reason.STALE_EPOCH, "nobody holds cell " + cell + " under epoch " + epoch)
                : new Outcome.Granted(List.of(tenures.grantNext(cell, owner)));
    }

    Outcome release(CellId cell, long epoch) {
        Tenure tenure = tenures.of(cell);
        Outcome.Refused stale = notHeldUnder(tenure, epoch);
        if (stale != null) {
            return stale;
        }
        tenures.put(tenure.released());
        return new Outcome.Done();
    }

    /** @param entry number of the one that is applied */
    Outcome standby(CellId cell, long epoch, @Nullable NodeId node, long entry) {
        Tenure tenure = tenures.of(cell);
        Outcome.Refused stale = notHeldUnder(tenure, epoch);
        if (stale != null) {
            return stale;
        }
        if (tenure.phase() == Phase.MOVING) {
            return refuse(Reason.MOVING, "cell " + cell + " is on the move to its standby " + tenure.standby());
        }
        if (node != null) {
            Outcome.Refused unfit = unfit(node);
            if (unfit != null) {
                return unfit;
            }
            if (node.equals(tenure.owner())) {
                return refuse(
                        Reason.WRONG_NODE, "node " + node + " owns cell " + cell + ": its copy would die with it");
            }
        }
        tenures.put(node == null ? tenure.withoutStandby() : tenure.withStandby(node, entry));
        return new Outcome.Done();
    }

    Outcome standbyReady(Command.StandbyReady word) {
        CellId cell = word.cell();
        long epoch = word.epoch();
        NodeId node = word.node();
        Tenure tenure = tenures.of(cell);
        if (!tenure.isHeld() || tenure.epoch() != epoch) {
            return refuse(Reason.STALE_EPOCH, "nobody holds cell " + cell + " under epoch " + epoch);
        }
        if (!node.equals(tenure.standby())) {
            return refuse(
                    Reason.NO_STANDBY, "the standby of cell " + cell + " is " + tenure.standby() + ", not " + node);
        }
        long chosen = tenure.standbyEntry();
        if (chosen != word.standbyEntry() && chosen != 0 && word.standbyEntry() != Command.StandbyReady.UNSAID) {
            return refuse(
                    Reason.NO_STANDBY,
                    "the standby %s of cell %s was chosen by entry %d, and this is said of the copy that entry %d has begun: it is late"
                            .formatted(node, cell, chosen, word.standbyEntry()));
        }
        tenures.put(tenure.ready());
        return new Outcome.Done();
    }

    Outcome promote(CellId cell, long epoch) {
        Tenure tenure = tenures.of(cell);
        if (tenure.epoch() != epoch) {
            return refuse(Reason.STALE_EPOCH, "cell " + cell + " is at epoch " + tenure.epoch() + ", not " + epoch);
        }
        if (tenure.isHeld()) {
            return refuse(Reason.CELL_HELD, "cell " + cell + " is held by " + tenure.owner());
        }
        NodeId standby = tenure.standby();
        if (standby == null || !tenure.isReady()) {
            return refuse(Reason.NO_STANDBY, "cell " + cell + " has no whole copy");
        }
        return new Outcome.Granted(List.of(tenures.continueNext(cell, standby)));
    }

    /** Every cell that has lost its owner and has a whole copy at a node that is there goes on as that one, in the order of cells. */
    List<CellGrant> promoteOrphans() {
        List<CellGrant> promoted = new ArrayList<>();
        for (Tenure tenure : tenures.all()) {
            NodeId standby = tenure.standby();
            if (tenure.phase() == Phase.ORPHANED
                    && tenure.isReady()
                    && standby != null
                    && members.find(standby) != null) {
                promoted.add(tenures.continueNext(tenure.cell(), standby));
            }
        }
        return promoted;
    }

    Outcome beginMove(CellId cell, long epoch, NodeId to) {
        Tenure tenure = tenures.of(cell);
        Outcome.Refused stale = notHeldUnder(tenure, epoch);
        if (stale != null) {
            return stale;
        }
        if (tenure.phase() == Phase.MOVING) {
            return refuse(Reason.MOVING, "cell " + cell + " is on the move to " + tenure.standby());
        }
        if (!to.equals(tenure.standby())) {
            return refuse(Reason.NO_STANDBY, "cell " + cell + " moves to its standby, which " + to + " is not");
        }
        tenures.put(tenure.in(Phase.MOVING));
        return new Outcome.Done();
    }

    Outcome finishMove(CellId cell, long epoch) {
        Tenure tenure = tenures.of(cell);
        Outcome.Refused notMoving = notMovingUnder(tenure, epoch);
        if (notMoving != null) {
            return notMoving;
        }
        NodeId to = tenure.standby();
        if (to == null || !tenure.isReady()) {
            return refuse(Reason.NO_STANDBY, "the copy of cell " + cell + " is not whole");
        }
        return new Outcome.Granted(List.of(tenures.continueNext(cell, to)));
    }

    Outcome abortMove(CellId cell, long epoch) {
        Tenure tenure = tenures.of(cell);
        Outcome.Refused notMoving = notMovingUnder(tenure, epoch);
        if (notMoving != null) {
            return notMoving;
        }
        tenures.put(tenure.in(Phase.HELD));
        return new Outcome.Done();
    }

    private Outcome.@Nullable Refused notMovingUnder(Tenure tenure, long epoch) {
        Outcome.Refused stale = notHeldUnder(tenure, epoch);
        if (stale != null) {
            return stale;
        }
        return tenure.phase() == Phase.MOVING
                ? null
                : refuse(Reason.MOVING, "cell " + tenure.cell() + " is not on the move");
    }

    private static Outcome.@Nullable Refused notHeldUnder(Tenure tenure, long epoch) {
        return tenure.isHeld() && tenure.epoch() == epoch
                ? null
                : refuse(Reason.STALE_EPOCH, "nobody holds cell " + tenure.cell() + " under epoch " + epoch);
    }

    /** Why nothing new may be given to this node; null when it may. */
    private Outcome.@Nullable Refused unfit(NodeId node) {
        NodeInfo info = members.find(node);
        if (info == null) {
            return refuse(Reason.UNKNOWN_NODE, "no node " + node + " is registered");
        }
        if (!info.does(Role.SIM)) {
            return refuse(Reason.WRONG_NODE, "node " + node + " simulates nothing");
        }
        return members.isDraining(node) ? refuse(Reason.WRONG_NODE, "node " + node + " is being emptied") : null;
    }

    private static Outcome.Refused namedTwice(CellId cell) {
        return refuse(Reason.CELL_HELD, "cell " + cell + " is named twice");
    }

    static Outcome.Refused refuse(Reason reason, String why) {
        return new Outcome.Refused(reason, why);
    }
}
