package dev.terrane.cell;

import dev.terrane.base.CellId;
import dev.terrane.base.CharacterId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.Table;
import dev.terrane.handoff.RestoredCell;
import dev.terrane.handoff.Told;
import dev.terrane.plugin.kit.Avatar;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Counts who lives in an image, for the plan of a restore: ids, ownership, and avatars whose characters were logged out since. */
final class ImageCensus {
    private final KitFields kit;
    private final Map<CharacterId, Integer> loggedOut;
    private long[] gone = new long[8];
    private int goneCount;

    ImageCensus(KitFields kit, Map<CharacterId, Integer> loggedOut) {
        this.kit = kit;
        this.loggedOut = loggedOut;
    }

    static RestoredCell count(
            CellId cell, boolean restarting, CellState state, Map<CharacterId, Integer> loggedOut, List<Told> journal) {
        EntityStore store = state.store();
        ImageCensus census = new ImageCensus(new KitFields(store.schema()), loggedOut);
        long[] ids = new long[store.size()];
        int[] ownerships = new int[store.size()];
        int count = 0;
        for (Table table : store.query(census.kit.identity)) {
            for (int row = 0; row < table.size(); row++) {
                ids[count] = table.longs(census.kit.id).get(row);
                ownerships[count++] = table.ints(census.kit.ownership).get(row);
                census.note(store, table.entity(row));
            }
        }
        for (HandoffOffer kept : state.handoffs().kept()) {
            EntityStore scratch = new EntityStore(store.schema());
            long handle = scratch.readEntity(new ByteReader(kept.image()));
            scratch.flush();
            census.note(scratch, handle);
        }
        return new RestoredCell(
                cell,
                restarting,
                state.handoffs(),
                Arrays.copyOf(ids, count),
                Arrays.copyOf(ownerships, count),
                Arrays.copyOf(census.gone, census.goneCount),
                journal);
    }

    private void note(EntityStore store, long handle) {
        if (!loggedOut(store, handle)) {
            return;
        }
        if (goneCount == gone.length) {
            gone = Arrays.copyOf(gone, goneCount * 2);
        }
        gone[goneCount++] = store.get(handle, kit.identity).id();
    }

    /** Whether it is an avatar whose character was logged out under its generation or a later one. */
    boolean loggedOut(EntityStore store, long handle) {
        if (!store.has(handle, kit.avatar)) {
            return false;
        }
        Avatar avatar = store.get(handle, kit.avatar);
        CharacterId character = new CharacterId(new UUID(avatar.characterHigh(), avatar.characterLow()));
        return loggedOut.getOrDefault(character, Integer.MIN_VALUE) >= avatar.generation();
    }
}
