package dev.terrane.node;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.LaneHint;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.Outcome;
import dev.terrane.placement.CellLoad;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.standby.Piece;
import dev.terrane.standby.Reply;
import java.util.List;

/** Everything that one node tells another. What a link loses is not sent again, but for what its sender numbers. */
public sealed interface NodeMessage {

    // ---- with coordinators; control lane

    /**
     * A node lives. To every coordinator, so that whoever leads next knows as much as who leads now.
     *
     * @param mapVersion of the map that it acts on
     */
    record Beat(long life, long mapVersion) implements NodeMessage {}

    /** The answer of whoever leads: for another lease, the node may act. */
    record Lease(long term) implements NodeMessage {}

    /** How the state is now: to every node after each change, by every coordinator. */
    record MapNews(ClusterMap map) implements NodeMessage {}

    /** What a sim has to do: to every coordinator, about once a second. */
    record Loads(double capacityNanosPerSecond, List<CellWork> cells) implements NodeMessage {
        public Loads {
            cells = List.copyOf(cells);
        }
    }

    /**
     * Tick work of a cell, in nanoseconds per second.
     *
     * @param hard simulation
     * @param soft replication to clients
     * @param opportunistic what runs only while there is time
     */
    record CellWork(CellId cell, int entities, int avatars, long hard, long soft, long opportunistic) {}

    /**
     * How crowded a sim is: to every coordinator, twice a second.
     *
     * @param cells those that run
     * @param missed layers that nobody has, and that this sim's cells have handed somebody to
     */
    record Crowds(Strain strain, List<Crowd> cells, List<CellId> missed) implements NodeMessage {
        public Crowds {
            cells = List.copyOf(cells);
            missed = List.copyOf(missed);
        }
    }

    /**
     * Of the busiest worker, and of the latest.
     *
     * @param busyPercent of the period of a tick as it is now
     * @param behindTicks by how many periods it is late
     */
    record Strain(int busyPercent, double behindTicks) {}

    /** @param orderDone number of the last order about layers that the cell has carried out; 0: none */
    record Crowd(CellLoad load, long epoch, long orderDone) {}

    /** Wants an entry in the log. Answered by {@link Proposed}, unless the link is lost. @param request chosen by the asker */
    record Propose(long request, Entry entry) implements NodeMessage {}

    /** The entry was applied. */
    record Proposed(long request, Outcome outcome) implements NodeMessage {}

    /** Nobody knows whether the entry was applied or will be. */
    record ProposalLost(long request, String why) implements NodeMessage {}

    // ---- where avatars live

    /**
     * What became of avatars at this sim: to coordinators, gateways and services.
     *
     * @param isEverything it has no others; said when a link is new
     */
    record AvatarNews(boolean isEverything, List<AvatarSeen> avatars) implements NodeMessage {
        public AvatarNews {
            avatars = List.copyOf(avatars);
        }
    }

    /**
     * @param cell where it is, or where it goes to
     * @param by the cell that says so; {@code cell} itself unless the avatar has left
     */
    record AvatarSeen(What what, CharacterId character, CellId cell, long entity, int ownership, CellEpoch by) {
        public enum What {
            HERE,
            LEFT,
            GONE
        }
    }

    /** May this character's avatar be made in that cell? Only whoever leads answers. */
    record Claim(long request, CharacterId character, CellId entrance) implements NodeMessage {}

    /** Answers {@link Claim}. */
    record Claimed(long request, Verdict verdict, CellId cell, long entity, long ticket) implements NodeMessage {
        public enum Verdict {
            /** It lives in {@code cell}. */
            LOCATED,
            /** Make it in {@code cell}; give {@code ticket} back if that fails. */
            YOURS,
            /** Ask again in a moment. */
            NOT_YET
        }
    }

    /** The claim was not used. */
    record Abandon(CharacterId character, long ticket) implements NodeMessage {}

    // ---- for administrators; data lane

    /** A coordinator wants to know something. Answered by {@link Told}, soon or never. @param request chosen by the asker */
    record Ask(long request, Question question) implements NodeMessage {}

    /** Answers {@link Ask}. */
    record Told(long request, Telling telling) implements NodeMessage {}

    // ---- between cells, gateways and standbys; data lane

    /**
     * Something for a cell of the node that is told.
     *
     * @param epoch as in {@link dev.terrane.protocol.cluster.CellPort#offer}
     */
    record ToCell(CellId cell, long epoch, CellInput input) implements NodeMessage {}

    /** Something for one of the gateways of the node that is told. @param gateway as all cells number them */
    record ToGateway(int gateway, CellOutput output) implements NodeMessage {}

    /** From an owner to its standby. */
    record StandbyPiece(CellId cell, long epoch, Piece piece) implements NodeMessage {}

    /** From a standby to the owner. */
    record StandbyReply(CellId cell, long epoch, Reply reply) implements NodeMessage {}

    // ---- durable commands; data lane

    /** Commands for cells of the node that is told. @param request chosen by the asker */
    record Deliver(long request, List<CommandReceiver.Delivery> batch) implements NodeMessage {
        public Deliver {
            batch = List.copyOf(batch);
        }
    }

    /** Answers {@link Deliver}: one verdict per command. */
    record Delivered(long request, List<CommandReceiver.Verdict> verdicts) implements NodeMessage {
        public Delivered {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** Answers {@link Deliver}: nothing is known to have happened. */
    record NotDelivered(long request, String why) implements NodeMessage {}

    /** Results of commands: to every gateway, which tells those players whom it has. None at all: some were lost on this way, look for them in the store. */
    record Answers(List<CommandAnswer> answers) implements NodeMessage {
        public Answers {
            answers = List.copyOf(answers);
        }
    }

    /** What players may hear: to every gateway. */
    record Events(List<EventEnvelope> events) implements NodeMessage {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** Something was appended, so that its consumers look at once; to every service node. */
    record Nudge(LaneHint hint) implements NodeMessage {}
}
