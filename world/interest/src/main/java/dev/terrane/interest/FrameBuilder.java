package dev.terrane.interest;

import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.EntityStore;
import dev.terrane.interest.SliceBoard.FrameHeader;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.SliceWriter;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.SliceAudience;
import java.util.Arrays;

/** Puts one gateway's frame together; reused from frame to frame. */
final class FrameBuilder {
    private static final int[] NONE = {};
    private static final long[] NOBODY_APART = {};

    private final EntityStore entities;
    private final TableViews views;
    private final Tellings tellings;
    private final ByteWriter bytes = new ByteWriter(4096);

    private int sliceCount;
    private int[] chunk = new int[64];
    private int[] part = new int[64];
    private int[] baseSeq = new int[64];
    private int[] seq = new int[64];
    private int[] offset = new int[64];
    private int[] length = new int[64];
    private int[] entityCount = new int[64];
    private long[] audience = new long[64];
    private boolean grouped;

    FrameBuilder(EntityStore entities, TableViews views, Tellings tellings) {
        this.entities = entities;
        this.views = views;
        this.tellings = tellings;
    }

    void clear() {
        bytes.clear();
        sliceCount = 0;
        grouped = false;
    }

    void add(Slice slice, int base, ByteWriter source, int from, int count) {
        if (sliceCount == chunk.length) {
            grow(sliceCount * 2);
        }
        int i = sliceCount++;
        chunk[i] = slice.chunk;
        part[i] = slice.part;
        baseSeq[i] = base;
        seq[i] = slice.seq;
        offset[i] = bytes.size();
        length[i] = count;
        entityCount[i] = slice.count;
        audience[i] = slice.audience;
        grouped |= slice.audience != SliceAudience.EVERYBODY;
        bytes.raw(source.array(), from, count);
    }

    private void grow(int capacity) {
        chunk = Arrays.copyOf(chunk, capacity);
        part = Arrays.copyOf(part, capacity);
        baseSeq = Arrays.copyOf(baseSeq, capacity);
        seq = Arrays.copyOf(seq, capacity);
        offset = Arrays.copyOf(offset, capacity);
        length = Arrays.copyOf(length, capacity);
        entityCount = Arrays.copyOf(entityCount, capacity);
        audience = Arrays.copyOf(audience, capacity);
    }

    CellFrame build(FrameHeader header, AvatarList avatars) {
        int count = avatars.size();
        float[] x = new float[count];
        float[] y = new float[count];
        int[] selfOffset = new int[count];
        int[] selfLength = new int[count];
        int[] eventsOffset = new int[count];
        int[] eventsLength = new int[count];
        int[] squad = NONE;
        int[] team = NONE;
        for (int i = 0; i < count; i++) {
            long avatar = avatars.handle[i];
            TableView view = views.of(entities.tableOf(avatar));
            int row = entities.rowOf(avatar);
            x[i] = view.seat().x().read()[row];
            y[i] = view.seat().y().read()[row];
            selfOffset[i] = bytes.size();
            self(view, row);
            eventsOffset[i] = bytes.size();
            selfLength[i] = eventsOffset[i] - selfOffset[i];
            tellings.write(avatars.session[i], bytes);
            eventsLength[i] = bytes.size() - eventsOffset[i];
            if (view.squad(row) != 0) {
                squad = squad.length == 0 ? new int[count] : squad;
                squad[i] = view.squad(row);
            }
            if (view.team(row) != 0) {
                team = team.length == 0 ? new int[count] : team;
                team[i] = view.team(row);
            }
        }
        return new CellFrame(
                header.cell(),
                header.epoch(),
                header.tick(),
                header.simulatedAtMillis(),
                header.dilation(),
                bytes.toBytes(),
                sliceCount,
                Arrays.copyOf(chunk, sliceCount),
                Arrays.copyOf(part, sliceCount),
                Arrays.copyOf(baseSeq, sliceCount),
                Arrays.copyOf(seq, sliceCount),
                Arrays.copyOf(offset, sliceCount),
                Arrays.copyOf(length, sliceCount),
                Arrays.copyOf(entityCount, sliceCount),
                count,
                Arrays.copyOf(avatars.session, count),
                Arrays.copyOf(avatars.entity, count),
                Arrays.copyOf(avatars.ownership, count),
                Arrays.copyOf(avatars.ackedSeq, count),
                x,
                y,
                selfOffset,
                selfLength,
                eventsOffset,
                eventsLength,
                avatars.highlightEnds(),
                avatars.highlightIds(),
                new CellFrame.Groups(grouped ? Arrays.copyOf(audience, sliceCount) : NOBODY_APART, squad, team));
    }

    private void self(TableView view, int row) {
        SliceWriter.self(bytes, view.selfMask);
        for (FieldReader field : view.selfFields) {
            if (field.code == FieldCode.TEXT) {
                SliceWriter.text(bytes, field.text(row));
            } else {
                SliceWriter.exact(bytes, field.code, field.exactBits(row));
            }
        }
    }
}
