package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.LongLongMap;
import dev.terrane.base.RegionId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.plugin.WorldContext.Affinity;
import dev.terrane.plugin.kit.Position;
import dev.terrane.protocol.cluster.CellInput;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which layers the regions around have, and who of this cell has to go to another layer.
 *
 * <pre>
 *   alone ──Divide──► dividing ──all who were chosen are gone──► alone
 *     └─────Merge──► merging ──nobody is left, all is stable──► quiet: may be taken away
 * </pre>
 *
 * <p>What it knows does not outlive a restart: the steward tells it again. Until then every region has layer 0 alone.
 */
final class LayerDesk {
    private static final int[] ONE_LAYER = {0};

    private record Known(int[] layers, int newcomers) {}

    private record Change(long entity, long tick) {}

    private final Body body;
    private final SortedMap<RegionId, Known> known = new TreeMap<>();
    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private final LongLongMap changeCounts = new LongLongMap();
    /** Who was taken in during this tick: may not have been simulated here yet, so is not sent on before the next. */
    private final LongLongMap cameNow = new LongLongMap();

    private @Nullable CellId target;
    private boolean merging;
    /** Of a Divide whose members are not chosen yet, else 0. */
    private float shareDue;

    private Moves moves = Moves.NONE;

    LayerDesk(Body body) {
        this.body = body;
    }

    /** Layers, Divide or Merge. */
    void take(CellInput message) {
        switch (message) {
            case CellInput.Layers(RegionId region, int[] layers, int newcomers) -> {
                int[] before = layersOf(region);
                known.put(region, new Known(layers.clone(), newcomers));
                for (int layer : layers) {
                    if (Arrays.binarySearch(before, layer) < 0) {
                        body.ghosts.restarting(new CellId(body.spec.cell().world(), region, layer));
                    }
                }
            }
            case CellInput.Divide(CellId to, float share) -> {
                if (!merging) {
                    begin(to, false);
                    shareDue = target == null ? 0 : share;
                }
            }
            case CellInput.Merge(CellId to) -> begin(to, true);
            default -> throw new IllegalArgumentException("not about layers: " + message);
        }
    }

    /** Whoever is sent to this very cell stays: so a steward ends what it began. */
    private void begin(CellId to, boolean merge) {
        CellId self = body.spec.cell();
        boolean here = to.equals(self);
        if (!to.world().equals(self.world()) || !to.region().equals(self.region())) {
            throw new IllegalArgumentException(
                    self + " can hand its entities to layers of its own region, not to " + to);
        }
        target = here ? null : to;
        merging = merge && !here;
        moves = Moves.NONE;
        shareDue = 0;
    }

    /** The cell that takes in whoever comes into this region from outside. */
    CellId entranceOf(RegionId region) {
        Known here = known.get(region);
        return new CellId(body.spec.cell().world(), region, here == null ? 0 : here.newcomers());
    }

    /** The layers of a region, ascending, never empty. Not to be changed. */
    int[] layersOf(RegionId region) {
        Known here = known.get(region);
        return here == null ? ONE_LAYER : here.layers();
    }

    /** Where everybody goes, or null while this cell is to stay. */
    @Nullable
    CellId mergesInto() {
        return merging ? target : null;
    }

    /** An entity was taken in from another cell; one from another layer is spared by the next split for a while. */
    void came(long entity, boolean fromLayer) {
        cameNow.put(entity, 1);
        if (fromLayer) {
            changes.add(new Change(entity, body.tick));
            changeCounts.put(entity, changeCounts.get(entity) + 1);
        }
    }

    /** Taken in during this tick: whoever came at its end would have missed two ticks if he were sent on now. */
    boolean cameNow(long entity) {
        return cameNow.get(entity) != 0;
    }

    /** Hands off whom a split or a merge sends away, some each tick. */
    void handOff(Turn turn, List<Affinity> affinities) {
        forgetChanges();
        if (target != null) {
            handOff(target, turn, affinities);
        }
        cameNow.clear();
    }

    private void handOff(CellId to, Turn turn, List<Affinity> affinities) {
        if (shareDue > 0) {
            moves = new Division(body, turn, affinities, id -> changeCounts.get(id) != 0).share(shareDue);
            shareDue = 0;
        } else if (merging && moves.count() == 0 && body.population.store.size() > 0) {
            moves = new Division(body, turn, affinities, this::cameNow).everybody();
        }
        move(to);
        if (!merging && moves.count() == 0) {
            target = null;
        }
    }

    private void move(CellId to) {
        int room = body.spec.settings().borders().layerMovesPerTickMax();
        int left = room;
        for (long id = moves.next(left, room); id != 0; id = moves.next(left, room)) {
            long handle = body.population.find(id);
            if (handle != 0 && !cameNow(id) && !body.commands.staysUndecided(id)) {
                if (!depart(handle, to)) {
                    break; // full: the others would be refused as well
                }
                left--;
            }
            moves.advance();
        }
        if (left < room) {
            body.meters.layerHandoffsOut.add(room - left);
            body.settle();
        }
    }

    private boolean depart(long handle, CellId to) {
        boolean placed = body.population.store.has(handle, body.population.kit.position);
        Position at = placed ? body.population.store.get(handle, body.population.kit.position) : new Position(0, 0, 0);
        return body.sendOff.depart(handle, to, at.x(), at.y());
    }

    private void forgetChanges() {
        int cooldownTicks = body.spec.settings().borders().layerCooldownTicks();
        while (!changes.isEmpty() && changes.element().tick() + cooldownTicks <= body.tick) {
            long entity = changes.remove().entity();
            long count = changeCounts.remove(entity);
            if (count > 1) {
                changeCounts.put(entity, count - 1);
            }
        }
    }

    /** Entities still to be handed over. */
    int movingCount() {
        return merging ? body.population.store.size() : moves.count();
    }

    /** Whether a merge has come to its end: nobody is here, and all that was on its way is stable where it went. */
    boolean quiet() {
        return merging
                && body.population.store.size() == 0
                && body.drivers.count() == 0
                && body.outbox.empty()
                && body.intents.empty()
                && body.handoffs.atRest();
    }

    /** What decides about later ticks, for the cell's fingerprint. */
    void write(ByteWriter out) {
        out.varuint(known.size());
        known.forEach((region, here) -> {
            out.varint(region.a());
            out.varint(region.b());
            out.varuint(here.newcomers());
            out.varuint(here.layers().length);
            for (int layer : here.layers()) {
                out.varuint(layer);
            }
        });
        out.bool(merging);
        out.varint(target == null ? -1 : target.layer());
        out.f32(shareDue);
        moves.write(out);
        out.varuint(changes.size());
        for (Change change : changes) {
            out.i64(change.entity());
            out.i64(change.tick());
        }
    }

    void read(ByteReader in) {
        CellId self = body.spec.cell();
        for (int rest = in.count(5); rest > 0; rest--) {
            RegionId region = new RegionId(in.varint(), in.varint());
            int newcomers = in.varuint();
            int[] layers = new int[in.count(1)];
            for (int i = 0; i < layers.length; i++) {
                layers[i] = in.varuint();
            }
            known.put(region, new Known(layers, newcomers));
        }
        merging = in.bool();
        int layer = in.varint();
        target = layer < 0 ? null : new CellId(self.world(), self.region(), layer);
        shareDue = in.f32();
        moves = Moves.read(in);
        for (int rest = in.count(16); rest > 0; rest--) {
            Change change = new Change(in.i64(), in.i64());
            changes.add(change);
            changeCounts.put(change.entity(), changeCounts.get(change.entity()) + 1);
        }
    }
}
