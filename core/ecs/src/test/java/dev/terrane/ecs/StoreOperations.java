package dev.terrane.ecs;

import dev.terrane.base.Rng;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.ecs.Sample.Label;
import dev.terrane.ecs.Sample.Mixed;
import dev.terrane.ecs.Sample.Place;
import dev.terrane.ecs.Sample.Tag;
import java.util.ArrayList;
import java.util.List;

/** Does the same random things to a store and to its model. */
final class StoreOperations {
    private static final int POPULATION = 150;

    private final Rng rng;
    private final EntityStore store;
    private final NaiveStore model;

    StoreOperations(Rng rng, EntityStore store, NaiveStore model) {
        this.rng = rng;
        this.store = store;
        this.model = model;
    }

    /** Values first, as systems do, then structural changes and their flush. */
    void round() {
        for (int i = rng.nextInt(20); i > 0; i--) {
            changeValues();
        }
        List<Long> known = model.alive();
        List<Runnable> later = new ArrayList<>();
        for (int i = rng.nextInt(15); i > 0; i--) {
            changeStructure(known, later);
        }
        store.flush();
        later.forEach(Runnable::run);
        if (rng.chance(0.3f)) {
            store.clearChanges();
            model.clearChanges();
        }
    }

    private void changeValues() {
        if (rng.chance(0.1f)) {
            writeColumn();
        } else if (!model.alive().isEmpty()) {
            long entity = pick(model.alive());
            Record value = component(rng.nextInt(4));
            if (model.has(entity, Sample.SCHEMA.typeOf(value))) {
                setInStore(entity, value);
                model.set(entity, value);
            }
        }
    }

    private void setInStore(long entity, Record value) {
        switch (value) {
            case Place place -> {
                Table table = store.tableOf(entity);
                table.floats(Sample.X).set(store.rowOf(entity), place.x());
                table.floats(Sample.Y).set(store.rowOf(entity), place.y());
            }
            case Mixed mixed -> store.set(entity, Sample.MIXED, mixed);
            case Label label -> store.set(entity, Sample.LABEL, label);
            default -> store.set(entity, Sample.TAG, new Tag());
        }
    }

    private void writeColumn() {
        float by = rng.nextInt(3);
        for (Table table : store.query(Sample.PLACE)) {
            float[] x = table.floats(Sample.X).write();
            for (int row = 0; row < table.size(); row++) {
                x[row] += by;
                long entity = table.entity(row);
                Place old = (Place) model.get(entity, Sample.PLACE);
                model.set(entity, new Place(old.x() + by, old.y()));
                model.mark(entity, Sample.X);
            }
        }
    }

    /** Also asks the pending and the dying for things: {@code known} keeps their handles. */
    private void changeStructure(List<Long> known, List<Runnable> later) {
        int choice = rng.nextInt(100);
        if (known.isEmpty() || choice < (known.size() < POPULATION ? 40 : 20)) {
            List<Record> components = components();
            long entity = store.spawn(components.toArray(Record[]::new));
            known.add(entity);
            later.add(() -> model.spawn(entity, components));
        } else if (choice < 48) {
            long entity = pick(known);
            store.despawn(entity);
            later.add(() -> model.despawn(entity));
        } else if (choice < 70) {
            long entity = pick(known);
            Record component = component(rng.nextInt(4));
            store.attach(entity, component);
            later.add(() -> model.attach(entity, component));
        } else if (choice < 88) {
            long entity = pick(known);
            ComponentType<?> type = Sample.SCHEMA.components().get(rng.nextInt(4));
            store.detach(entity, type.recordClass());
            later.add(() -> model.detach(entity, type));
        } else {
            copyThroughBytes(known, later);
        }
    }

    private void copyThroughBytes(List<Long> known, List<Runnable> later) {
        long original = pick(known);
        if (!store.alive(original)) {
            return;
        }
        ByteWriter out = new ByteWriter(16);
        store.writeEntity(original, out);
        long copy = store.readEntity(new ByteReader(out.toBytes()));
        List<Record> components = new ArrayList<>();
        for (ComponentType<?> type : Sample.SCHEMA.components()) {
            if (model.has(original, type)) {
                components.add(model.get(original, type));
            }
        }
        known.add(copy);
        later.add(() -> model.spawn(copy, components));
    }

    private long pick(List<Long> entities) {
        return entities.get(rng.nextInt(entities.size()));
    }

    private List<Record> components() {
        List<Record> components = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (rng.chance(0.5f)) {
                components.add(component(i));
            }
        }
        return components;
    }

    private Record component(int index) {
        return switch (index) {
            case 0 -> new Place(rng.nextInt(4), rng.nextInt(4));
            case 1 -> new Tag();
            case 2 -> new Mixed(rng.nextInt(3), rng.nextLong(), rng.chance(0.5f), "t" + rng.nextInt(3), -0f);
            default -> new Label("näme " + rng.nextInt(3));
        };
    }
}
