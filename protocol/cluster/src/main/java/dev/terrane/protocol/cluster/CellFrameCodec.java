package dev.terrane.protocol.cluster;

import dev.terrane.base.CellId;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;

/**
 * Frames as bytes, for gateways on other nodes. The bodies of slices and avatars are copied as the cell has encoded them. Immutable; any thread may use it.
 */
public final class CellFrameCodec {
    /** Bodies of one frame: a cell of some thousand entities that is new to a gateway says a few hundred kilobytes. */
    public static final int BODY_BYTES_MAX = 1 << 24;

    private static final int SLICE_BYTES_MIN = 7;
    private static final int AVATAR_BYTES_MIN = 30;

    private final WorldId world;

    public CellFrameCodec(WorldId world) {
        this.world = world;
    }

    /** @throws IllegalArgumentException for a frame of another world */
    public void write(CellFrame frame, ByteWriter out) {
        if (!frame.cell().world().equals(world)) {
            throw new IllegalArgumentException("a frame of cell " + frame.cell() + ", not of world " + world);
        }
        CellWords.region(frame.cell().region(), out);
        out.u8(frame.cell().layer());
        out.varulong(frame.epoch());
        out.varlong(frame.tick());
        out.i64(frame.simulatedAtMillis());
        out.f32(frame.dilation());
        int used = bodyBytes(frame);
        out.varuint(used);
        out.raw(frame.bytes(), 0, used);
        writeSlices(frame, out);
        writeAvatars(frame, out);
    }

    private static void writeSlices(CellFrame frame, ByteWriter out) {
        out.varuint(frame.sliceCount());
        boolean grouped = frame.groups().audience().length > 0;
        out.bool(grouped);
        for (int i = 0; i < frame.sliceCount(); i++) {
            out.varint(frame.chunk()[i]);
            out.varint(frame.part()[i]);
            out.varint(frame.baseSeq()[i]);
            out.varint(frame.seq()[i]);
            out.varuint(frame.offset()[i]);
            out.varuint(frame.length()[i]);
            out.varuint(frame.entityCount()[i]);
            if (grouped) {
                out.i64(frame.groups().audience()[i]);
            }
        }
    }

    private static void writeAvatars(CellFrame frame, ByteWriter out) {
        int count = frame.avatarCount();
        boolean grouped = frame.groups().squad().length > 0 || frame.groups().team().length > 0;
        out.varuint(count);
        out.bool(grouped);
        for (int i = 0; i < count; i++) {
            out.i64(frame.session()[i]);
            out.i64(frame.avatar()[i]);
            out.varint(frame.ownership()[i]);
            out.varint(frame.ackedSeq()[i]);
            out.f32(frame.x()[i]);
            out.f32(frame.y()[i]);
            out.varuint(frame.selfOffset()[i]);
            out.varuint(frame.selfLength()[i]);
            out.varuint(frame.eventsOffset()[i]);
            out.varuint(frame.eventsLength()[i]);
            out.varuint(highlightEnd(frame, i));
            if (grouped) {
                out.varint(frame.groups().squadOf(i));
                out.varint(frame.groups().teamOf(i));
            }
        }
        out.i64s(frame.highlights(), count == 0 ? 0 : highlightEnd(frame, count - 1));
    }

    private static int highlightEnd(CellFrame frame, int avatar) {
        return frame.highlightEnd().length == 0 ? 0 : frame.highlightEnd()[avatar];
    }

    /** The array may be longer. */
    private static int bodyBytes(CellFrame frame) {
        int end = 0;
        for (int i = 0; i < frame.sliceCount(); i++) {
            end = Math.max(end, frame.offset()[i] + frame.length()[i]);
        }
        for (int i = 0; i < frame.avatarCount(); i++) {
            end = Math.max(end, frame.selfOffset()[i] + frame.selfLength()[i]);
            end = Math.max(end, frame.eventsOffset()[i] + frame.eventsLength()[i]);
        }
        return end;
    }

    /** @throws dev.terrane.bytes.MalformedBytesException if it is no frame, or points beyond its bodies */
    public CellFrame read(ByteReader in) {
        CellId cell = new CellId(world, CellWords.region(in), in.u8());
        long epoch = in.varulong();
        long tick = in.varlong();
        long simulatedAtMillis = in.i64();
        float dilation = in.f32();
        byte[] bytes = in.blob(BODY_BYTES_MAX);
        Slices slices = new Slices(in, bytes.length);
        Avatars avatars = new Avatars(in, bytes.length);
        return new CellFrame(
                cell,
                epoch,
                tick,
                simulatedAtMillis,
                dilation,
                bytes,
                slices.count,
                slices.chunk,
                slices.part,
                slices.baseSeq,
                slices.seq,
                slices.offset,
                slices.length,
                slices.entityCount,
                avatars.count,
                avatars.session,
                avatars.avatar,
                avatars.ownership,
                avatars.ackedSeq,
                avatars.x,
                avatars.y,
                avatars.selfOffset,
                avatars.selfLength,
                avatars.eventsOffset,
                avatars.eventsLength,
                avatars.highlightEnd,
                avatars.highlights,
                new CellFrame.Groups(slices.audience, avatars.squad, avatars.team));
    }

    private static void requireWithin(ByteReader in, int offset, int length, int bytes) {
        if (offset > bytes || length > bytes - offset) {
            throw in.malformed("a body of " + length + " bytes at " + offset + " in a frame of " + bytes);
        }
    }

    /** The columns of slices. */
    private static final class Slices {
        private final int count;
        private final int[] chunk;
        private final int[] part;
        private final int[] baseSeq;
        private final int[] seq;
        private final int[] offset;
        private final int[] length;
        private final int[] entityCount;
        private final long[] audience;

        private Slices(ByteReader in, int bytes) {
            count = in.count(SLICE_BYTES_MIN);
            boolean grouped = in.bool();
            chunk = new int[count];
            part = new int[count];
            baseSeq = new int[count];
            seq = new int[count];
            offset = new int[count];
            length = new int[count];
            entityCount = new int[count];
            audience = new long[grouped ? count : 0];
            for (int i = 0; i < count; i++) {
                chunk[i] = in.varint();
                part[i] = in.varint();
                baseSeq[i] = in.varint();
                seq[i] = in.varint();
                offset[i] = in.varuint();
                length[i] = in.varuint();
                entityCount[i] = in.varuint();
                if (grouped) {
                    audience[i] = in.i64();
                }
                requireWithin(in, offset[i], length[i], bytes);
            }
        }
    }

    /** The columns of avatars. */
    private static final class Avatars {
        private final int count;
        private final long[] session;
        private final long[] avatar;
        private final int[] ownership;
        private final int[] ackedSeq;
        private final float[] x;
        private final float[] y;
        private final int[] selfOffset;
        private final int[] selfLength;
        private final int[] eventsOffset;
        private final int[] eventsLength;
        private int[] highlightEnd;
        private final long[] highlights;
        private final int[] squad;
        private final int[] team;

        private Avatars(ByteReader in, int bytes) {
            count = in.count(AVATAR_BYTES_MIN);
            boolean grouped = in.bool();
            session = new long[count];
            avatar = new long[count];
            ownership = new int[count];
            ackedSeq = new int[count];
            x = new float[count];
            y = new float[count];
            selfOffset = new int[count];
            selfLength = new int[count];
            eventsOffset = new int[count];
            eventsLength = new int[count];
            highlightEnd = new int[count];
            squad = new int[grouped ? count : 0];
            team = new int[grouped ? count : 0];
            for (int i = 0; i < count; i++) {
                readOne(in, i, bytes, grouped);
            }
            highlights = in.i64s();
            if (count > 0 && highlightEnd[count - 1] != highlights.length || count == 0 && highlights.length > 0) {
                throw in.malformed(highlights.length + " highlights that belong to nobody");
            }
            if (highlights.length == 0) {
                highlightEnd = new int[0];
            }
        }

        private void readOne(ByteReader in, int i, int bytes, boolean grouped) {
            session[i] = in.i64();
            avatar[i] = in.i64();
            ownership[i] = in.varint();
            ackedSeq[i] = in.varint();
            x[i] = in.f32();
            y[i] = in.f32();
            selfOffset[i] = in.varuint();
            selfLength[i] = in.varuint();
            eventsOffset[i] = in.varuint();
            eventsLength[i] = in.varuint();
            highlightEnd[i] = in.varuint();
            requireWithin(in, selfOffset[i], selfLength[i], bytes);
            requireWithin(in, eventsOffset[i], eventsLength[i], bytes);
            if (highlightEnd[i] < (i == 0 ? 0 : highlightEnd[i - 1])) {
                throw in.malformed("highlights out of order");
            }
            if (grouped) {
                squad[i] = in.varint();
                team[i] = in.varint();
            }
        }
    }
}
