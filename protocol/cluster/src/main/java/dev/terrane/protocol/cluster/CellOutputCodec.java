package dev.terrane.protocol.cluster;

import dev.terrane.base.RegionId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;

/**
 * What a cell may tell a gateway, as bytes and back, but frames: those are made anew. A message is {@code u8 kind · its members}. Immutable; any thread
 * may use it.
 */
public final class CellOutputCodec {
    public static final int FORMAT = 1;

    private static final int JOINED = 1;
    private static final int JOIN_REFUSED = 2;
    private static final int MOVED = 3;
    private static final int SESSION_ENDED = 4;
    private static final int TO_CLIENT = 5;
    private static final int CELL_UP = 6;
    private static final int LAYERS = 7;
    private static final int PACE = 8;
    private static final int CELL_GOES_ON = 9;
    private static final int OFFENDED = 10;

    private final CellWords words;

    public CellOutputCodec(WorldId world) {
        this.words = new CellWords(world, new NoBodies());
    }

    /** @throws IllegalArgumentException for a message about another world, and for a frame */
    public void write(CellOutput message, ByteWriter out) {
        switch (message) {
            case CellOutput.Joined joined -> {
                out.u8(JOINED);
                out.i64(joined.session());
                words.cell(joined.cell(), out);
                out.varlong(joined.epoch());
                out.i64(joined.avatar());
                out.varint(joined.ownership());
                out.varint(joined.ackedSeq());
            }
            case CellOutput.JoinRefused refused -> {
                out.u8(JOIN_REFUSED);
                out.i64(refused.session());
                words.cell(refused.cell(), out);
                out.u8(refused.reason().ordinal());
            }
            case CellOutput.Moved moved -> {
                out.u8(MOVED);
                out.i64(moved.session());
                words.cell(moved.from(), out);
                words.cell(moved.to(), out);
                out.varlong(moved.toEpoch());
                out.i64(moved.avatar());
                out.varint(moved.ownership());
                out.varint(moved.ackedSeq());
            }
            case CellOutput.SessionEnded ended -> {
                out.u8(SESSION_ENDED);
                out.i64(ended.session());
                CellWords.character(ended.character(), out);
                out.u8(ended.reason().ordinal());
            }
            case CellOutput.ToClient told -> {
                out.u8(TO_CLIENT);
                out.i64(told.session());
                out.varint(told.type());
                out.varint(told.requestId());
                out.blob(told.payload());
            }
            case CellOutput.Offended offended -> {
                out.u8(OFFENDED);
                out.i64(offended.session());
                out.u8(offended.offence().ordinal());
            }
            case CellOutput.CellUp up -> {
                out.u8(up.goesOn() ? CELL_GOES_ON : CELL_UP);
                words.cell(up.cell(), out);
                out.varlong(up.epoch());
            }
            case CellOutput.Layers layers -> {
                requireOwn(layers.world());
                out.u8(LAYERS);
                CellWords.region(layers.region(), out);
                out.varints(layers.layers());
            }
            case CellOutput.Pace pace -> {
                requireOwn(pace.world());
                out.u8(PACE);
                out.varlong(pace.fromTick());
                out.f32(pace.dilation());
                out.u8(pace.shed().ordinal());
            }
            case CellFrame frame ->
                throw new IllegalArgumentException("the frame of tick " + frame.tick() + " is not kept, but made anew");
        }
    }

    private void requireOwn(WorldId world) {
        if (!world.equals(words.world)) {
            throw new IllegalArgumentException("a message about world " + world + ", not " + words.world);
        }
    }

    /** @throws MalformedBytesException if it is no such message; what comes behind it is left to the caller */
    public CellOutput read(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case JOINED ->
                new CellOutput.Joined(in.i64(), words.cell(in), in.varlong(), in.i64(), in.varint(), in.varint());
            case JOIN_REFUSED ->
                new CellOutput.JoinRefused(
                        in.i64(), words.cell(in), CellWords.choice(CellOutput.JoinRefused.Reason.values(), in));
            case MOVED ->
                new CellOutput.Moved(
                        in.i64(), words.cell(in), words.cell(in), in.varlong(), in.i64(), in.varint(), in.varint());
            case SESSION_ENDED ->
                new CellOutput.SessionEnded(
                        in.i64(),
                        CellWords.character(in),
                        CellWords.choice(CellOutput.SessionEnded.Reason.values(), in));
            case TO_CLIENT ->
                new CellOutput.ToClient(in.i64(), in.varint(), in.varint(), in.blob(CellInputCodec.PAYLOAD_BYTES_MAX));
            case OFFENDED -> new CellOutput.Offended(in.i64(), CellWords.choice(Offence.values(), in));
            case CELL_UP, CELL_GOES_ON -> new CellOutput.CellUp(words.cell(in), in.varlong(), kind == CELL_GOES_ON);
            case LAYERS -> {
                RegionId region = CellWords.region(in);
                yield new CellOutput.Layers(words.world, region, CellWords.layers(in));
            }
            case PACE -> new CellOutput.Pace(words.world, in.varlong(), in.f32(), CellWords.choice(Shed.values(), in));
            default -> throw in.malformed("a message to a gateway of kind " + kind);
        };
    }

    /** No message to a gateway has an intent in it. */
    private static final class NoBodies implements IntentBodies {
        @Override
        public void write(Record body, ByteWriter out) {
            throw new IllegalArgumentException("gateways are sent no intents");
        }

        @Override
        public Record read(ByteReader in) {
            throw in.malformed("gateways are sent no intents");
        }
    }
}
