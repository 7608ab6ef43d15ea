package dev.terrane.cell;

import dev.terrane.base.CharacterId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.ecs.EntityStore;
import dev.terrane.ecs.SchemaChangedException;
import dev.terrane.handoff.Told;
import dev.terrane.plugin.kit.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the journal of a cell says since its image: of each entity the last under its highest ownership, under the present component schema. */
final class JournalTail {
    private final SortedMap<Long, Fact> newest = new TreeMap<>();
    private final List<Told> told = new ArrayList<>();
    private long lastTick = -1;

    private JournalTail() {}

    /**
     * @param entries in the order in which they were written; what the image contains is passed over
     * @param loggedOut highest generation under which each character was logged out: their avatars stay away
     * @throws ImageRefusedException if an entry is damaged, or of a schema from which no declared rule leads here
     */
    static JournalTail read(
            CellSpec spec, @Nullable CellImage image, List<CellFacts> entries, Map<CharacterId, Integer> loggedOut) {
        JournalTail tail = new JournalTail();
        for (CellFacts entry : entries) {
            if (!entry.cell().equals(spec.cell()) || entry.epoch() > spec.epoch()) {
                throw new IllegalArgumentException("cell " + spec.cell() + " under epoch " + spec.epoch()
                        + " cannot go on from the journal of " + entry.cell() + " under epoch " + entry.epoch());
            }
            if (image == null
                    || entry.epoch() > image.epoch()
                    || (entry.epoch() == image.epoch() && entry.tick() > image.tick())) {
                tail.add(entry, spec.world().schema());
            }
        }
        tail.tell(spec.world().schema(), loggedOut);
        return tail;
    }

    private void add(CellFacts entry, WorldSchema schema) {
        lastTick = Math.max(lastTick, entry.tick());
        try {
            boolean present = entry.schemaFingerprint() == schema.components().fingerprint();
            for (Fact fact : FactsReader.read(entry.facts())) {
                Fact now = fact instanceof Fact.Kept(long entity, int ownership, byte[] image) && !present
                        ? new Fact.Kept(
                                entity,
                                ownership,
                                schema.past().from(entry.schemaFingerprint()).entity(image))
                        : fact;
                newest.merge(fact.entity(), now, (old, later) -> later.ownership() >= old.ownership() ? later : old);
            }
        } catch (MalformedBytesException e) {
            throw refused(entry, "is damaged: " + e.getMessage(), "restore the database from a backup");
        } catch (SchemaChangedException e) {
            throw refused(entry, "was written under " + e.getMessage(), "or else start with the plugins that wrote it");
        }
    }

    private static ImageRefusedException refused(CellFacts entry, String what, String remedy) {
        return new ImageRefusedException("the journal of cell %s at tick %d of epoch %d %s; %s"
                .formatted(entry.cell(), entry.tick(), entry.epoch(), what, remedy));
    }

    private void tell(WorldSchema schema, Map<CharacterId, Integer> loggedOut) {
        ImageCensus census = new ImageCensus(new KitFields(schema.components()), loggedOut);
        EntityStore scratch = new EntityStore(schema.components());
        for (Fact fact : newest.values()) {
            boolean lives = false;
            if (fact instanceof Fact.Kept kept) {
                long handle = scratch.readEntity(new ByteReader(kept.image()));
                scratch.flush();
                requireSame(kept, scratch.get(handle, schema.components().type(Identity.class)));
                lives = !census.loggedOut(scratch, handle);
                scratch.despawn(handle);
                scratch.flush();
                scratch.clearChanges();
            }
            told.add(new Told(fact.entity(), fact.ownership(), lives));
        }
    }

    private static void requireSame(Fact.Kept kept, Identity identity) {
        if (identity.id() != kept.entity() || identity.ownership() != kept.ownership()) {
            throw new ImageRefusedException("a journal says of entity " + kept.entity() + " under ownership "
                    + kept.ownership() + " what is true of entity " + identity.id() + " under ownership "
                    + identity.ownership() + "; restore the database from a backup");
        }
    }

    /** Each entity once, in the order of their ids. */
    List<Told> told() {
        return told;
    }

    /** How an entity that is told to live is. */
    ByteReader image(long entity) {
        if (newest.get(entity) instanceof Fact.Kept kept) {
            return new ByteReader(kept.image());
        }
        throw new IllegalArgumentException("the journal does not say that entity " + entity + " lives");
    }

    /** The highest tick that it speaks of, or -1. */
    long lastTick() {
        return lastTick;
    }
}
