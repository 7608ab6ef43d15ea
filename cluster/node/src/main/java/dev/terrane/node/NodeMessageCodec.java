package dev.terrane.node;

import dev.terrane.base.CellEpoch;
import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.command.LaneHint;
import dev.terrane.coordinator.CellBytes;
import dev.terrane.coordinator.ClusterMap;
import dev.terrane.coordinator.EntryCodec;
import dev.terrane.coordinator.OutcomeCodec;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CellFrameCodec;
import dev.terrane.protocol.cluster.CellInputCodec;
import dev.terrane.protocol.cluster.CellOutputCodec;
import dev.terrane.standby.Piece;
import dev.terrane.standby.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Messages between nodes as bytes, one per message of a link: {@code u8 kind · its members}. Immutable; any thread may use it.
 *
 * <p>Kinds are never given to other messages: nodes of two versions speak in one cluster during an upgrade.
 */
public final class NodeMessageCodec {
    private static final int BEAT = 1;
    private static final int LEASE = 2;
    private static final int MAP = 3;
    private static final int LOADS = 4;
    private static final int PROPOSE = 5;
    private static final int PROPOSED = 6;
    private static final int PROPOSAL_LOST = 7;
    private static final int AVATARS = 8;
    private static final int CLAIM = 9;
    private static final int CLAIMED = 10;
    private static final int ABANDON = 11;
    private static final int ASK = 12;
    private static final int TOLD = 13;
    private static final int CROWDS = 14;
    private static final int TO_CELL = 20;
    private static final int TO_GATEWAY = 21;
    private static final int FRAME = 22;
    private static final int PIECE = 23;
    private static final int FOLLOWS = 24;
    private static final int AGAIN = 25;
    private static final int DELIVER = 30;
    private static final int DELIVERED = 31;
    private static final int NOT_DELIVERED = 32;
    private static final int ANSWERS = 33;
    private static final int EVENTS = 34;
    private static final int NUDGE = 35;

    private static final int WHY_BYTES_MAX = 4_096;
    private static final int PIECE_BYTES_MAX = 1 << 27;

    private final @Nullable World world;

    /** The languages of the world that sims and gateways of this cluster run. */
    public record World(CellInputCodec inputs, CellOutputCodec outputs, CellFrameCodec frames) {}

    /** @param world null for a node that has nothing to do with cells, as a coordinator */
    public NodeMessageCodec(@Nullable World world) {
        this.world = world;
    }

    private World world() {
        if (world == null) {
            throw new IllegalArgumentException("a message about cells at a node that has no world");
        }
        return world;
    }

    /** @throws IllegalArgumentException for a message of another world */
    public void write(NodeMessage message, ByteWriter out) {
        switch (message) {
            case NodeMessage.ToCell to -> {
                out.u8(TO_CELL);
                CellBytes.write(out, to.cell());
                out.varlong(to.epoch());
                world().inputs.write(to.input(), out);
            }
            case NodeMessage.ToGateway to
            when to.output() instanceof CellFrame frame -> {
                out.u8(FRAME);
                out.varuint(to.gateway());
                world().frames.write(frame, out);
            }
            case NodeMessage.ToGateway to -> {
                out.u8(TO_GATEWAY);
                out.varuint(to.gateway());
                world().outputs.write(to.output(), out);
            }
            case NodeMessage.StandbyPiece piece -> {
                out.u8(PIECE);
                CellBytes.write(out, piece.cell());
                out.varulong(piece.epoch());
                out.varulong(piece.piece().stream());
                out.varulong(piece.piece().number());
                out.blob(piece.piece().frame());
            }
            case NodeMessage.StandbyReply reply -> writeReply(reply, out);
            case NodeMessage.Deliver deliver -> {
                out.u8(DELIVER);
                out.varulong(deliver.request());
                DeliveryWords.writeBatch(deliver.batch(), out);
            }
            case NodeMessage.Delivered delivered -> {
                out.u8(DELIVERED);
                out.varulong(delivered.request());
                DeliveryWords.writeVerdicts(delivered.verdicts(), out);
            }
            case NodeMessage.NotDelivered(long request, String why) -> writeWhy(NOT_DELIVERED, request, why, out);
            case NodeMessage.Answers answers -> {
                out.u8(ANSWERS);
                DeliveryWords.writeAnswers(answers.answers(), out);
            }
            case NodeMessage.Events events -> {
                out.u8(EVENTS);
                DeliveryWords.writeEvents(events.events(), out);
            }
            case NodeMessage.Ask(long request, Question question) -> {
                out.u8(ASK);
                out.varulong(request);
                TellingWords.write(question, out);
            }
            case NodeMessage.Told(long request, Telling telling) -> {
                out.u8(TOLD);
                out.varulong(request);
                TellingWords.write(telling, out);
            }
            case NodeMessage.Nudge(LaneHint hint) -> {
                out.u8(NUDGE);
                DeliveryWords.writeHint(hint, out);
            }
            default -> writeControl(message, out);
        }
    }

    private static void writeReply(NodeMessage.StandbyReply reply, ByteWriter out) {
        switch (reply.reply()) {
            case Reply.Follows follows -> {
                out.u8(FOLLOWS);
                CellBytes.write(out, reply.cell());
                out.varulong(reply.epoch());
                out.varulong(follows.stream());
                out.varlong(follows.tick());
                out.bool(follows.remembersFacts());
            }
            case Reply.Again again -> {
                out.u8(AGAIN);
                CellBytes.write(out, reply.cell());
                out.varulong(reply.epoch());
                out.varulong(again.stream());
                out.utf8(cut(again.why()));
            }
        }
    }

    private static void writeControl(NodeMessage message, ByteWriter out) {
        switch (message) {
            case NodeMessage.Beat(long life, long mapVersion) -> {
                out.u8(BEAT);
                out.i64(life);
                out.varulong(mapVersion);
            }
            case NodeMessage.Lease(long term) -> {
                out.u8(LEASE);
                out.varulong(term);
            }
            case NodeMessage.MapNews(ClusterMap map) -> {
                out.u8(MAP);
                map.write(out);
            }
            case NodeMessage.Loads loads -> writeLoads(loads, out);
            case NodeMessage.Crowds crowds -> {
                out.u8(CROWDS);
                CrowdWords.write(crowds, out);
            }
            case NodeMessage.Propose propose -> {
                out.u8(PROPOSE);
                out.varulong(propose.request());
                out.blob(EntryCodec.encode(propose.entry()));
            }
            case NodeMessage.Proposed proposed -> {
                out.u8(PROPOSED);
                out.varulong(proposed.request());
                OutcomeCodec.write(out, proposed.outcome());
            }
            case NodeMessage.ProposalLost(long request, String why) -> writeWhy(PROPOSAL_LOST, request, why, out);
            case NodeMessage.AvatarNews news -> writeAvatars(news, out);
            case NodeMessage.Claim claim -> {
                out.u8(CLAIM);
                out.varulong(claim.request());
                writeCharacter(claim.character(), out);
                CellBytes.write(out, claim.entrance());
            }
            case NodeMessage.Claimed claimed -> {
                out.u8(CLAIMED);
                out.varulong(claimed.request());
                out.u8(claimed.verdict().ordinal());
                CellBytes.write(out, claimed.cell());
                out.i64(claimed.entity());
                out.i64(claimed.ticket());
            }
            case NodeMessage.Abandon(CharacterId character, long ticket) -> {
                out.u8(ABANDON);
                writeCharacter(character, out);
                out.i64(ticket);
            }
            default -> throw new IllegalArgumentException("not a control message: " + message);
        }
    }

    private static void writeWhy(int kind, long request, String why, ByteWriter out) {
        out.u8(kind);
        out.varulong(request);
        out.utf8(cut(why));
    }

    private static String cut(String why) {
        return why.substring(0, Math.min(why.length(), WHY_BYTES_MAX / 4));
    }

    private static void writeLoads(NodeMessage.Loads loads, ByteWriter out) {
        out.u8(LOADS);
        out.f64(loads.capacityNanosPerSecond());
        out.varuint(loads.cells().size());
        for (NodeMessage.CellWork work : loads.cells()) {
            CellBytes.write(out, work.cell());
            out.varuint(work.entities());
            out.varuint(work.avatars());
            out.varulong(work.hard());
            out.varulong(work.soft());
            out.varulong(work.opportunistic());
        }
    }

    private static void writeAvatars(NodeMessage.AvatarNews news, ByteWriter out) {
        out.u8(AVATARS);
        out.bool(news.isEverything());
        out.varuint(news.avatars().size());
        for (NodeMessage.AvatarSeen seen : news.avatars()) {
            out.u8(seen.what().ordinal());
            writeCharacter(seen.character(), out);
            CellBytes.write(out, seen.cell());
            out.i64(seen.entity());
            out.varint(seen.ownership());
            out.varulong(seen.by().epoch());
            if (seen.what() == NodeMessage.AvatarSeen.What.LEFT) {
                CellBytes.write(out, seen.by().cell());
            }
        }
    }

    private static void writeCharacter(CharacterId character, ByteWriter out) {
        out.i64(character.value().getMostSignificantBits());
        out.i64(character.value().getLeastSignificantBits());
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if it is no such message, or not only that */
    public NodeMessage read(byte[] bytes, int offset, int length) {
        ByteReader in = new ByteReader(bytes, offset, length);
        NodeMessage message;
        try {
            message = read(in);
        } catch (IllegalArgumentException outOfRange) {
            throw in.malformed("a message that cannot be: " + outOfRange.getMessage());
        }
        if (in.remaining() > 0) {
            throw in.malformed(in.remaining() + " bytes too many in a message of another node");
        }
        return message;
    }

    private NodeMessage read(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case BEAT -> new NodeMessage.Beat(in.i64(), in.varulong());
            case LEASE -> new NodeMessage.Lease(in.varulong());
            case MAP -> new NodeMessage.MapNews(ClusterMap.read(in));
            case LOADS -> readLoads(in);
            case CROWDS -> CrowdWords.read(in);
            case PROPOSE ->
                new NodeMessage.Propose(in.varulong(), EntryCodec.decode(in.blob(EntryCodec.ENTRY_BYTES_MAX)));
            case PROPOSED -> new NodeMessage.Proposed(in.varulong(), OutcomeCodec.read(in));
            case PROPOSAL_LOST -> new NodeMessage.ProposalLost(in.varulong(), in.utf8(WHY_BYTES_MAX));
            case AVATARS -> readAvatars(in);
            case CLAIM -> new NodeMessage.Claim(in.varulong(), readCharacter(in), CellBytes.read(in));
            case CLAIMED ->
                new NodeMessage.Claimed(
                        in.varulong(),
                        choice(NodeMessage.Claimed.Verdict.values(), in),
                        CellBytes.read(in),
                        in.i64(),
                        in.i64());
            case ABANDON -> new NodeMessage.Abandon(readCharacter(in), in.i64());
            case TO_CELL -> {
                requireWorld(in);
                yield new NodeMessage.ToCell(
                        CellBytes.read(in), in.varlong(), world().inputs.read(in));
            }
            case TO_GATEWAY -> {
                requireWorld(in);
                yield new NodeMessage.ToGateway(in.varuint(), world().outputs.read(in));
            }
            case FRAME -> {
                requireWorld(in);
                yield new NodeMessage.ToGateway(in.varuint(), world().frames.read(in));
            }
            case PIECE ->
                new NodeMessage.StandbyPiece(
                        CellBytes.read(in),
                        in.varulong(),
                        new Piece(in.varulong(), in.varulong(), in.blob(PIECE_BYTES_MAX)));
            case FOLLOWS ->
                new NodeMessage.StandbyReply(
                        CellBytes.read(in), in.varulong(), new Reply.Follows(in.varulong(), in.varlong(), in.bool()));
            case AGAIN ->
                new NodeMessage.StandbyReply(
                        CellBytes.read(in), in.varulong(), new Reply.Again(in.varulong(), in.utf8(WHY_BYTES_MAX)));
            case DELIVER -> new NodeMessage.Deliver(in.varulong(), DeliveryWords.readBatch(in));
            case DELIVERED -> new NodeMessage.Delivered(in.varulong(), DeliveryWords.readVerdicts(in));
            case NOT_DELIVERED -> new NodeMessage.NotDelivered(in.varulong(), in.utf8(WHY_BYTES_MAX));
            case ANSWERS -> new NodeMessage.Answers(DeliveryWords.readAnswers(in));
            case EVENTS -> new NodeMessage.Events(DeliveryWords.readEvents(in));
            case ASK -> new NodeMessage.Ask(in.varulong(), TellingWords.readQuestion(in));
            case TOLD -> new NodeMessage.Told(in.varulong(), TellingWords.readTelling(in));
            case NUDGE -> new NodeMessage.Nudge(DeliveryWords.readHint(in));
            default -> throw in.malformed("a message of kind " + kind + ", which this build does not know");
        };
    }

    private void requireWorld(ByteReader in) {
        if (world == null) {
            throw in.malformed("a message about cells at a node that has no world");
        }
    }

    private static NodeMessage readLoads(ByteReader in) {
        double capacity = in.f64();
        if (!(capacity >= 0 && capacity < Double.POSITIVE_INFINITY)) {
            throw in.malformed("a capacity of " + capacity);
        }
        List<NodeMessage.CellWork> cells = new ArrayList<>();
        for (int left = in.count(8); left > 0; left--) {
            cells.add(new NodeMessage.CellWork(
                    CellBytes.read(in), in.varuint(), in.varuint(), in.varulong(), in.varulong(), in.varulong()));
        }
        return new NodeMessage.Loads(capacity, cells);
    }

    private static NodeMessage readAvatars(ByteReader in) {
        boolean everything = in.bool();
        List<NodeMessage.AvatarSeen> avatars = new ArrayList<>();
        for (int left = in.count(32); left > 0; left--) {
            avatars.add(readAvatar(in));
        }
        return new NodeMessage.AvatarNews(everything, avatars);
    }

    private static NodeMessage.AvatarSeen readAvatar(ByteReader in) {
        NodeMessage.AvatarSeen.What what = choice(NodeMessage.AvatarSeen.What.values(), in);
        CharacterId character = readCharacter(in);
        CellId cell = CellBytes.read(in);
        long entity = in.i64();
        int ownership = in.varint();
        long epoch = in.varulong();
        CellId by = what == NodeMessage.AvatarSeen.What.LEFT ? CellBytes.read(in) : cell;
        return new NodeMessage.AvatarSeen(what, character, cell, entity, ownership, new CellEpoch(by, epoch));
    }

    private static CharacterId readCharacter(ByteReader in) {
        return new CharacterId(new UUID(in.i64(), in.i64()));
    }

    private static <T> T choice(T[] values, ByteReader in) {
        int at = in.u8();
        if (at >= values.length) {
            throw in.malformed("choice " + at + " of " + values.length);
        }
        return values[at];
    }
}
