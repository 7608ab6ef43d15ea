package dev.terrane.protocol.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.cluster.CellInput.CheckpointStored;
import dev.terrane.protocol.cluster.CellInput.Commands;
import dev.terrane.protocol.cluster.CellInput.ConductReport;
import dev.terrane.protocol.cluster.CellInput.DeparturesStable;
import dev.terrane.protocol.cluster.CellInput.Divide;
import dev.terrane.protocol.cluster.CellInput.FactsStored;
import dev.terrane.protocol.cluster.CellInput.GatewayGone;
import dev.terrane.protocol.cluster.CellInput.GhostBatch;
import dev.terrane.protocol.cluster.CellInput.GhostSubscribe;
import dev.terrane.protocol.cluster.CellInput.GhostUnsubscribe;
import dev.terrane.protocol.cluster.CellInput.HandoffAck;
import dev.terrane.protocol.cluster.CellInput.HandoffNumber;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellInput.IntentAck;
import dev.terrane.protocol.cluster.CellInput.IntentBatch;
import dev.terrane.protocol.cluster.CellInput.Join;
import dev.terrane.protocol.cluster.CellInput.Layers;
import dev.terrane.protocol.cluster.CellInput.Leave;
import dev.terrane.protocol.cluster.CellInput.Merge;
import dev.terrane.protocol.cluster.CellInput.Pace;
import dev.terrane.protocol.cluster.CellInput.PeerContinues;
import dev.terrane.protocol.cluster.CellInput.PeerRestarting;
import dev.terrane.protocol.cluster.CellInput.PlayerInput;
import dev.terrane.protocol.cluster.CellInput.PlayerMessage;
import dev.terrane.protocol.cluster.CellInput.Seal;
import dev.terrane.protocol.cluster.CellInput.Unwatch;
import dev.terrane.protocol.cluster.CellInput.Watch;
import java.util.List;

/**
 * Whatever a cell of one world may consume, as bytes and back: for the flight recorder, and for links between nodes. A message is {@code u8 kind · its
 * members}; it does not say where it ends, so whoever keeps several writes the length before. Immutable; any thread may use it.
 */
public final class CellInputCodec {
    /** Of all kinds together: whoever keeps messages writes it once, before them, and reads no other. */
    public static final int FORMAT = 3;

    public static final int NAME_BYTES_MAX = 1024;
    public static final int PAYLOAD_BYTES_MAX = 1 << 20;
    public static final int IMAGE_BYTES_MAX = 1 << 16;
    public static final int GHOST_BYTES_MAX = 1 << 26;

    private static final int JOIN = 1;
    private static final int LEAVE = 2;
    private static final int PLAYER_INPUT = 3;
    private static final int PLAYER_MESSAGE = 4;
    private static final int WATCH = 5;
    private static final int UNWATCH = 6;
    private static final int GATEWAY_GONE = 7;
    private static final int HANDOFF_OFFER = 8;
    private static final int HANDOFF_ACK = 9;
    private static final int DEPARTURES_STABLE = 10;
    private static final int PEER_RESTARTING = 11;
    private static final int GHOST_SUBSCRIBE = 12;
    private static final int GHOST_UNSUBSCRIBE = 13;
    private static final int GHOST_BATCH = 14;
    private static final int INTENT_BATCH = 15;
    private static final int LAYERS = 16;
    private static final int DIVIDE = 17;
    private static final int MERGE = 18;
    private static final int PACE = 19;
    private static final int SEAL = 20;
    private static final int CHECKPOINT_STORED = 21;
    private static final int COMMANDS = 22;
    private static final int FACTS_STORED = 23;
    private static final int INTENT_ACK = 24;
    private static final int PEER_CONTINUES = 25;
    private static final int JOIN_NUMBERED = 26;
    private static final int CONDUCT_REPORT = 27;
    private static final int HANDOFF_OFFER_OF_TICK = 28;

    private final CellWords words;
    private final CommandWords commands;

    public CellInputCodec(WorldId world, IntentBodies bodies, CommandBodies payloads) {
        this.words = new CellWords(world, bodies);
        this.commands = new CommandWords(payloads);
    }

    /** For a world without durable commands. */
    public CellInputCodec(WorldId world, IntentBodies bodies) {
        this(world, bodies, command -> {
            throw new MalformedBytesException("the command " + command.type() + " in a world that has none");
        });
    }

    /** @throws IllegalArgumentException for a message about another world, or an intent that is not declared */
    public void write(CellInput message, ByteWriter out) {
        switch (message) {
            case Join join -> writeJoin(join, out);
            case Leave leave -> {
                out.u8(LEAVE);
                out.i64(leave.session());
                out.bool(leave.logout());
            }
            case PlayerInput input -> writeInput(input, out);
            case PlayerMessage command -> writeMessage(command, out);
            case Watch watch -> writeChunks(WATCH, watch.gateway(), watch.chunks(), out);
            case Unwatch unwatch -> writeChunks(UNWATCH, unwatch.gateway(), unwatch.chunks(), out);
            case GatewayGone gone -> {
                out.u8(GATEWAY_GONE);
                out.varint(gone.gateway());
            }
            case ConductReport(CharacterId character, int points, boolean kicked, int[] counts) -> {
                out.u8(CONDUCT_REPORT);
                CellWords.character(character, out);
                out.varuint(points);
                out.bool(kicked);
                out.varints(counts);
            }
            case HandoffOffer offer -> writeOffer(offer, out);
            case HandoffAck(CellId target, long targetEpoch, long sourceEpoch, long seq, long stableSeq) ->
                about(HANDOFF_ACK, target, out, targetEpoch, sourceEpoch, seq, stableSeq);
            case DeparturesStable(CellId source, long sourceEpoch, long seq, long settledEpoch, long floorEpoch) ->
                about(DEPARTURES_STABLE, source, out, sourceEpoch, seq, settledEpoch, floorEpoch);
            case PeerRestarting(CellId cell, long epoch) -> about(PEER_RESTARTING, cell, out, epoch);
            case PeerContinues(CellId cell, long epoch) -> about(PEER_CONTINUES, cell, out, epoch);
            case GhostSubscribe subscribe -> writeSubscribe(subscribe, out);
            case GhostUnsubscribe(CellId cell, long epoch) -> about(GHOST_UNSUBSCRIBE, cell, out, epoch);
            case GhostBatch batch -> {
                about(GHOST_BATCH, batch.source(), out, batch.sourceEpoch(), batch.stream(), batch.seq(), batch.tick());
                out.varuint(batch.length());
                out.raw(batch.bytes(), 0, batch.length());
            }
            case IntentBatch batch -> writeIntents(batch, out);
            case IntentAck(CellId target, long targetEpoch, long sourceEpoch, long seq) ->
                about(INTENT_ACK, target, out, targetEpoch, sourceEpoch, seq);
            case Layers layers -> {
                out.u8(LAYERS);
                CellWords.region(layers.region(), out);
                out.varints(layers.layers());
                out.u8(layers.newcomers());
            }
            case Divide divide -> {
                about(DIVIDE, divide.target(), out);
                out.f32(divide.share());
            }
            case Merge merge -> about(MERGE, merge.target(), out);
            case Pace pace -> {
                out.u8(PACE);
                out.varlong(pace.fromTick());
                out.f32(pace.dilation());
                out.u8(pace.shed().ordinal());
            }
            case Seal _ -> out.u8(SEAL);
            case Commands(List<CellCommand> all) -> {
                out.u8(COMMANDS);
                CommandWords.write(all, out);
            }
            case FactsStored stored -> {
                out.u8(FACTS_STORED);
                out.varlong(stored.tick());
            }
            case CheckpointStored stored -> {
                out.u8(CHECKPOINT_STORED);
                out.varlong(stored.tick());
            }
        }
    }

    private void about(int kind, CellId cell, ByteWriter out, long... numbers) {
        out.u8(kind);
        words.cell(cell, out);
        for (long number : numbers) {
            out.varlong(number);
        }
    }

    private static void writeMessage(PlayerMessage command, ByteWriter out) {
        out.u8(PLAYER_MESSAGE);
        out.i64(command.session());
        out.varint(command.type());
        out.varint(command.requestId());
        out.blob(command.payload());
    }

    /** @throws MalformedBytesException if it is no such message; what comes behind it is left to the caller */
    public CellInput read(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case JOIN -> readJoin(0, in);
            case JOIN_NUMBERED -> readJoin(in.varint(), in);
            case LEAVE -> new Leave(in.i64(), in.bool());
            case PLAYER_INPUT -> readInput(in);
            case PLAYER_MESSAGE -> new PlayerMessage(in.i64(), in.varint(), in.varint(), in.blob(PAYLOAD_BYTES_MAX));
            case WATCH -> new Watch(in.varint(), in.varints());
            case UNWATCH -> new Unwatch(in.varint(), in.varints());
            case GATEWAY_GONE -> new GatewayGone(in.varint());
            case CONDUCT_REPORT -> new ConductReport(CellWords.character(in), in.varuint(), in.bool(), in.varints());
            case HANDOFF_OFFER -> readOffer(in);
            case HANDOFF_OFFER_OF_TICK -> readOfferOfTick(in);
            case HANDOFF_ACK -> new HandoffAck(words.cell(in), in.varlong(), in.varlong(), in.varlong(), in.varlong());
            case DEPARTURES_STABLE ->
                new DeparturesStable(words.cell(in), in.varlong(), in.varlong(), in.varlong(), in.varlong());
            case PEER_RESTARTING -> new PeerRestarting(words.cell(in), in.varlong());
            case GHOST_SUBSCRIBE -> readSubscribe(in);
            case GHOST_UNSUBSCRIBE -> new GhostUnsubscribe(words.cell(in), in.varlong());
            case GHOST_BATCH -> readGhosts(in);
            case PEER_CONTINUES -> new PeerContinues(words.cell(in), in.varlong());
            case INTENT_BATCH -> readIntents(in);
            case INTENT_ACK -> new IntentAck(words.cell(in), in.varlong(), in.varlong(), in.varlong());
            case LAYERS -> new Layers(CellWords.region(in), CellWords.layers(in), in.u8());
            case DIVIDE -> new Divide(words.cell(in), CellWords.finite(in, "a share"));
            case MERGE -> new Merge(words.cell(in));
            case PACE -> readPace(in);
            case SEAL -> new Seal();
            case COMMANDS -> new Commands(commands.read(in));
            case FACTS_STORED -> new FactsStored(in.varlong());
            case CHECKPOINT_STORED -> new CheckpointStored(in.varlong());
            default -> throw in.malformed("a message to a cell of kind " + kind);
        };
    }

    private static void writeJoin(Join join, ByteWriter out) {
        boolean isNumbered = join.ackedSeq() != 0;
        out.u8(isNumbered ? JOIN_NUMBERED : JOIN); // releases that do not know the second understand all other joins
        if (isNumbered) {
            out.varint(join.ackedSeq());
        }
        out.i64(join.session());
        out.varint(join.gateway());
        CellWords.character(join.character(), out);
        out.varint(join.generation());
        out.utf8(join.name());
        out.i64(join.avatar());
        out.f32(join.x());
        out.f32(join.y());
    }

    private static Join readJoin(int ackedSeq, ByteReader in) {
        return new Join(
                in.i64(),
                in.varint(),
                CellWords.character(in),
                in.varint(),
                in.utf8(NAME_BYTES_MAX),
                in.i64(),
                CellWords.finite(in, "x"),
                CellWords.finite(in, "y"),
                ackedSeq);
    }

    private static void writeInput(PlayerInput input, ByteWriter out) {
        out.u8(PLAYER_INPUT);
        out.i64(input.session());
        out.varint(input.seq());
        out.varint(input.clientTick());
        out.f32(input.viewTick());
        out.f32(input.moveX());
        out.f32(input.moveY());
        out.f32(input.aim());
        out.varuint(input.held());
        out.varuint(input.pressed());
    }

    private static PlayerInput readInput(ByteReader in) {
        return new PlayerInput(
                in.i64(),
                in.varint(),
                in.varint(),
                CellWords.finite(in, "viewTick"),
                CellWords.finite(in, "moveX"),
                CellWords.finite(in, "moveY"),
                CellWords.finite(in, "aim"),
                in.varuint(),
                in.varuint());
    }

    private static void writeChunks(int kind, int gateway, int[] chunks, ByteWriter out) {
        out.u8(kind);
        out.varint(gateway);
        out.varints(chunks);
    }

    private void writeOffer(HandoffOffer offer, ByteWriter out) {
        boolean tells = offer.madeTick() != HandoffOffer.UNKNOWN_TICK;
        if (tells) { // what is sent again does not, and is understood by builds that do not know this one
            out.u8(HANDOFF_OFFER_OF_TICK);
            out.varulong(offer.madeTick());
        }
        about(HANDOFF_OFFER, offer.source(), out, offer.senderEpoch(), offer.sourceEpoch(), offer.seq());
        out.i64(offer.entity());
        out.varint(offer.ownership());
        out.f32(offer.x());
        out.f32(offer.y());
        out.blob(offer.image());
        out.i64(offer.session());
        out.varint(offer.gateway());
        out.varint(offer.ackedSeq());
    }

    private HandoffOffer readOffer(ByteReader in) {
        return new HandoffOffer(
                words.cell(in),
                in.varlong(),
                in.varlong(),
                in.varlong(),
                in.i64(),
                in.varint(),
                CellWords.finite(in, "x"),
                CellWords.finite(in, "y"),
                in.blob(IMAGE_BYTES_MAX),
                in.i64(),
                in.varint(),
                in.varint());
    }

    private HandoffOffer readOfferOfTick(ByteReader in) {
        long madeTick = in.varulong();
        int kind = in.u8();
        if (kind != HANDOFF_OFFER || madeTick < 0) {
            throw in.malformed("the tick " + madeTick + " of a message of kind " + kind);
        }
        return readOffer(in).madeIn(madeTick);
    }

    private void writeSubscribe(GhostSubscribe subscribe, ByteWriter out) {
        about(
                GHOST_SUBSCRIBE,
                subscribe.subscriber(),
                out,
                subscribe.subscriberEpoch(),
                subscribe.stream(),
                subscribe.version());
        out.varints(subscribe.chunks());
        out.i64s(subscribe.entities(), subscribe.entities().length);
        out.varint(subscribe.ttlTicks());
    }

    private GhostSubscribe readSubscribe(ByteReader in) {
        return new GhostSubscribe(
                words.cell(in), in.varlong(), in.varlong(), in.varlong(), in.varints(), in.i64s(), in.varint());
    }

    private GhostBatch readGhosts(ByteReader in) {
        CellId source = words.cell(in);
        long sourceEpoch = in.varlong();
        long stream = in.varlong();
        long seq = in.varlong();
        long tick = in.varlong();
        byte[] bytes = in.blob(GHOST_BYTES_MAX);
        return new GhostBatch(source, sourceEpoch, stream, seq, tick, bytes, bytes.length);
    }

    private void writeIntents(IntentBatch batch, ByteWriter out) {
        about(
                INTENT_BATCH,
                batch.source(),
                out,
                batch.senderEpoch(),
                batch.sourceEpoch(),
                batch.oldest(),
                batch.seq(),
                batch.tick(),
                batch.after().sourceEpoch(),
                batch.after().seq());
        words.intents(batch.intents(), out);
    }

    private IntentBatch readIntents(ByteReader in) {
        return new IntentBatch(
                words.cell(in),
                in.varlong(),
                in.varlong(),
                in.varlong(),
                in.varlong(),
                in.varlong(),
                new HandoffNumber(in.varlong(), in.varlong()),
                words.intents(in));
    }

    private static Pace readPace(ByteReader in) {
        long fromTick = in.varlong();
        float dilation = in.f32();
        if (!(dilation > 0 && dilation <= 1)) {
            throw in.malformed("a dilation of " + dilation + "; more than 0 and at most 1 is meant");
        }
        return new Pace(fromTick, dilation, CellWords.choice(Shed.values(), in));
    }
}
