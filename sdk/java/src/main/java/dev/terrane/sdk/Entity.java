package dev.terrane.sdk;

import dev.terrane.base.RegionId;
import dev.terrane.protocol.client.EntityLayout;
import dev.terrane.protocol.client.FieldCode;
import dev.terrane.protocol.client.Quantiser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Anything in view: the same object from entering to leaving, whichever cell owns it. Fields are addressed by their flat index, from
 * {@code WireLayout.flatIndexOf("kit.position", "x")}.
 *
 * <p>To be read inside the callbacks of its client only.
 */
public final class Entity {
    private final long id;
    private final PositionFields position;
    private final List<Claim> claims = new ArrayList<>(1);
    private @Nullable Claim believed;
    private @Nullable Additions additions;
    private Frozen frozen = Frozen.NOTHING;
    /** Snapshot count at which it leaves unless a slice claims it again; negative while claimed. */
    int leavesAt = -1;

    /** A slice says that it holds this entity. */
    private record Claim(WatchedSlice slice, int slot) {
        boolean supersedes(Claim other) {
            int own = slice.state.ownership(slot);
            int others = other.slice.state.ownership(other.slot);
            return own != others ? Integer.compareUnsigned(own, others) > 0 : slice.tick >= other.slice.tick;
        }
    }

    /** Where every entity's position stands, -1 for a world without. */
    record PositionFields(int x, int y) {}

    /** The last values, kept while no slice claims the entity. */
    private record Frozen(
            RegionId region,
            double originX,
            double originY,
            @Nullable EntityLayout layout,
            long[] bits,
            String[] texts) {
        static final Frozen NOTHING = new Frozen(RegionId.ORIGIN, 0, 0, null, new long[0], new String[0]);
    }

    Entity(long id, PositionFields position) {
        this.id = id;
        this.position = position;
    }

    public long id() {
        return id;
    }

    /** The region from whose origin its position is measured. */
    public RegionId region() {
        return believed == null ? frozen.region : believed.slice.region;
    }

    /** Which fields everybody is told of it. {@link #has} knows those, too, that this client is told because of its squad or team. */
    public EntityLayout layout() {
        EntityLayout layout = believed == null ? frozen.layout : believed.slice.state.layout(believed.slot);
        if (layout == null) {
            throw new IllegalStateException("entity " + id + " was never claimed");
        }
        return layout;
    }

    public boolean has(int flatIndex) {
        return layout().indexOf(flatIndex) >= 0 || addition(flatIndex) != null;
    }

    private Additions.@Nullable Addition addition(int flatIndex) {
        Additions own = additions;
        return own == null ? null : own.find(flatIndex);
    }

    void setAdditions(@Nullable Additions now) {
        additions = now;
    }

    /** An int, long or boolean field; 0 when it has no such field. */
    public long bits(int flatIndex) {
        int index = layout().indexOf(flatIndex);
        if (index >= 0) {
            return rawBits(index);
        }
        Additions.Addition told = addition(flatIndex);
        return told == null ? 0 : told.slice().state.bits(told.slot(), told.indexOf(flatIndex));
    }

    /** A float field; 0 when it has no such field. */
    public float floatValue(int flatIndex) {
        EntityLayout layout = layout();
        int index = layout.indexOf(flatIndex);
        if (index < 0) {
            Additions.Addition told = addition(flatIndex);
            return told == null ? 0 : told.slice().state.floatValue(told.slot(), told.indexOf(flatIndex));
        }
        int raw = (int) rawBits(index);
        return layout.code(index) == FieldCode.QUANTISED
                ? Quantiser.value(raw, layout.step(index))
                : Float.intBitsToFloat(raw);
    }

    /** A text field; empty when it has no such field. */
    public String text(int flatIndex) {
        int index = layout().indexOf(flatIndex);
        if (index < 0) {
            Additions.Addition told = addition(flatIndex);
            return told == null ? "" : told.slice().state.text(told.slot(), told.indexOf(flatIndex));
        }
        return believed == null ? frozen.texts[index] : believed.slice.state.text(believed.slot, index);
    }

    /** World coordinates in metres. */
    public double worldX() {
        return (believed == null ? frozen.originX : believed.slice.originX) + floatValue(position.x);
    }

    public double worldY() {
        return (believed == null ? frozen.originY : believed.slice.originY) + floatValue(position.y);
    }

    private long rawBits(int index) {
        return believed == null ? frozen.bits[index] : believed.slice.state.bits(believed.slot, index);
    }

    /** True when its values are now those of this slice. */
    boolean claim(WatchedSlice slice, int slot) {
        Claim claim = new Claim(slice, slot);
        claims.add(claim);
        leavesAt = -1;
        if (believed == null || claim.supersedes(believed)) {
            believe(claim);
            return true;
        }
        return false;
    }

    boolean isBelievedOf(WatchedSlice slice) {
        return believed != null && believed.slice == slice;
    }

    boolean isClaimed() {
        return believed != null;
    }

    /** Keeps the values if this was the last claim; true when they are now another slice's. */
    boolean unclaim(WatchedSlice slice) {
        boolean wasBelieved = isBelievedOf(slice);
        if (wasBelieved && claims.size() == 1) {
            freeze();
        }
        claims.removeIf(each -> each.slice == slice);
        if (!wasBelieved) {
            return false;
        }
        Claim best = null;
        for (Claim each : claims) {
            best = best == null || each.supersedes(best) ? each : best;
        }
        believe(best);
        return best != null;
    }

    private void believe(@Nullable Claim now) {
        if (believed != null) {
            believed.slice.setBelieved(believed.slot, false);
        }
        if (now != null) {
            now.slice.setBelieved(now.slot, true);
        }
        believed = now;
    }

    private void freeze() {
        EntityLayout layout = layout();
        long[] bits = new long[layout.fieldCount()];
        String[] texts = new String[bits.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = rawBits(i);
            texts[i] = text(layout.flatIndex(i));
        }
        WatchedSlice slice = believed == null ? null : believed.slice;
        if (slice != null) {
            frozen = new Frozen(slice.region, slice.originX, slice.originY, layout, bits, texts);
        }
    }
}
