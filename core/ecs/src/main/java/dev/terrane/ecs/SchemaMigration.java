package dev.terrane.ecs;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way from states of a past schema to the present one, by what the records declare.
 *
 * <pre>
 *   component or field   in both             taken over; int widens to long
 *                        only in the past    dropped if that is declared, see {@link Dropped} and {@link SchemaHistory}
 *                        only now            as {@link Initially} and {@link GivenTo} say
 *                        under another name  found by {@link Formerly}
 *   anything else                            refused
 * </pre>
 *
 * <p>Immutable; any thread may use it.
 */
public final class SchemaMigration {
    private final Schema past;
    private final Schema present;
    /** Of each present component: the past one that it was, or null where it is new. */
    private final @Nullable ComponentType<?>[] origins;
    /** Of each present field: the ordinal of the past one that it was, or -1 where it is new. */
    private final int[] pastOrdinals;

    private final List<DeclaredPast> declared = new ArrayList<>();

    private SchemaMigration(Schema past, Schema present) {
        this.past = past;
        this.present = present;
        this.origins = new @Nullable ComponentType<?>[present.components().size()];
        this.pastOrdinals = new int[present.fields().size()];
        Arrays.fill(pastOrdinals, -1);
    }

    /** @throws SchemaChangedException if there is none; it names component, field and remedy */
    static SchemaMigration of(Schema past, Schema present, Set<String> dropped) {
        SchemaMigration migration = new SchemaMigration(past, present);
        for (ComponentType<?> type : present.components()) {
            migration.declared.add(DeclaredPast.of(type));
            migration.findOrigin(type);
        }
        migration.refuseLosses(dropped);
        return migration;
    }

    /** A module that is missing, or a forgotten {@link Formerly}, would take everything with it that was in it, at the next save and without a word. */
    private void refuseLosses(Set<String> dropped) {
        List<String> lost = new ArrayList<>();
        for (ComponentType<?> was : past.components()) {
            ComponentType<?> heir = heirOf(was);
            if (heir != null) {
                String fields = lostFields(was, declared.get(heir.id()).dropped());
                if (!fields.isEmpty()) {
                    lost.add("the fields " + fields + " of component " + was.name() + ", which " + heir.name()
                            + " has not");
                }
            } else if (!dropped.contains(was.name())) {
                lost.add("component " + was.name() + " with the fields "
                        + was.fields().stream().map(Field::name).toList());
            }
        }
        if (!lost.isEmpty()) {
            throw new SchemaChangedException(
                    String.join("; ", lost)
                            + "; if a module is missing, start with it; if something has another name now, say so by @Formerly; if it is not wanted any more, say so by @Dropped on the"
                            + " record that has lost a field, or by the component's name in WorldPlugin.droppedComponents() of any module");
        }
    }

    private @Nullable ComponentType<?> heirOf(ComponentType<?> was) {
        for (ComponentType<?> type : present.components()) {
            if (origins[type.id()] == was) {
                return type;
            }
        }
        return null;
    }

    private String lostFields(ComponentType<?> was, List<String> dropped) {
        List<String> lost = new ArrayList<>();
        for (Field field : was.fields()) {
            boolean taken = Arrays.stream(pastOrdinals).anyMatch(ordinal -> ordinal == field.ordinal());
            if (!taken && !dropped.contains(field.name())) {
                lost.add("'" + field.name() + "'");
            }
        }
        return String.join(", ", lost);
    }

    private void findOrigin(ComponentType<?> type) {
        DeclaredPast rules = declared.get(type.id());
        ComponentType<?> origin = named(past.components(), type.name());
        for (String name : rules.formerNames()) {
            origin = origin == null ? named(past.components(), name) : origin;
        }
        if (origin == null) {
            return;
        }
        for (ComponentType<?> earlier : present.components().subList(0, type.id())) {
            if (origins[earlier.id()] == origin) {
                throw new SchemaChangedException(
                        "component %s, which %s and %s both say they formerly were; leave it with one of them"
                                .formatted(origin.name(), earlier.name(), type.name()));
            }
        }
        if (origin.version() < rules.readsFrom() || origin.version() > type.version()) {
            throw new SchemaChangedException(
                    "version %d of component %s, now it has version %d and reads from version %d on; %s"
                            .formatted(
                                    origin.version(),
                                    type.name(),
                                    type.version(),
                                    rules.readsFrom(),
                                    origin.version() > type.version()
                                            ? "start the newer build that wrote it"
                                            : "if its old values still mean the same, say so by @Component(readsFrom = "
                                                    + origin.version() + ")"));
        }
        origins[type.id()] = origin;
        for (Field field : type.fields()) {
            findOrigin(type, field, origin, rules.fields().get(field.index()));
        }
    }

    private void findOrigin(ComponentType<?> type, Field field, ComponentType<?> of, DeclaredPast.OfField rules) {
        Field origin = namedField(of, field.name());
        for (String name : rules.formerNames()) {
            origin = origin == null ? namedField(of, name) : origin;
        }
        if (origin == null) {
            return;
        }
        for (Field earlier : type.fields().subList(0, field.index())) {
            if (pastOrdinals[earlier.ordinal()] == origin.ordinal()) {
                throw new SchemaChangedException(
                        "component %s with the field '%s', which '%s' and '%s' both say they formerly were; leave it with one of them"
                                .formatted(of.name(), origin.name(), earlier.name(), field.name()));
            }
        }
        boolean widens = origin.kind() == FieldKind.INT && field.kind() == FieldKind.LONG;
        if (origin.kind() != field.kind() && !widens) {
            throw new SchemaChangedException(
                    "component %s with the field '%s' of kind %s, now '%s' is of kind %s; give the new field another name, with @Initially if it is not to begin at zero"
                            .formatted(of.name(), origin.name(), origin.kind(), field.name(), field.kind()));
        }
        pastOrdinals[field.ordinal()] = origin.ordinal();
    }

    private static @Nullable ComponentType<?> named(List<ComponentType<?>> types, String name) {
        for (ComponentType<?> type : types) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    private static @Nullable Field namedField(ComponentType<?> type, String name) {
        for (Field field : type.fields()) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        return null;
    }

    /** The schema that the states were written under: read them with it first. */
    public Schema past() {
        return past;
    }

    /** The same entities under the present schema: with the same handles, iterated in the same order. */
    public EntityStore store(EntityStore of) {
        if (of.schema() != past) {
            throw new IllegalArgumentException("the store is of another schema than this migration begins with");
        }
        EntityStore store = new EntityStore(present);
        store.take(of, this);
        return store;
    }

    /** What {@link EntityStore#writeEntity} would have written under the present schema. */
    public byte[] entity(byte[] written) {
        Table was = StoreFormat.readRow(past, new ByteReader(written));
        Table is = new Table(present, maskOf(was.componentMask()), -1);
        fill(is, is.add(0), was, 0);
        ByteWriter out = new ByteWriter(written.length + 64);
        StoreFormat.writeRow(is, 0, out);
        return out.toBytes();
    }

    /** The present components of an entity that had these. */
    long maskOf(long pastMask) {
        long mask = 0;
        for (ComponentType<?> type : present.components()) {
            ComponentType<?> origin = origins[type.id()];
            if (origin != null && (pastMask & 1L << origin.id()) != 0) {
                mask |= 1L << type.id();
            }
        }
        for (long before = 0; before != mask; ) { // What is given may be what something else is given to.
            before = mask;
            for (ComponentType<?> type : present.components()) {
                Class<? extends Record> giver = declared.get(type.id()).givenTo();
                if (origins[type.id()] == null
                        && giver != null
                        && (mask & 1L << present.type(giver).id()) != 0) {
                    mask |= 1L << type.id();
                }
            }
        }
        return mask;
    }

    /** Stores the values of a row that has just been added. */
    void fill(Table is, int row, Table was, int pastRow) {
        for (Field field : present.fields()) {
            if ((is.componentMask() & 1L << field.componentId()) != 0) {
                Column column = is.columnsByOrdinal()[field.ordinal()];
                int from = pastOrdinals[field.ordinal()];
                if (from < 0) {
                    put(
                            column,
                            row,
                            declared.get(field.componentId())
                                    .fields()
                                    .get(field.index())
                                    .initial());
                } else {
                    carry(column, row, was.columnsByOrdinal()[from], pastRow);
                }
            }
        }
    }

    private static void carry(Column column, int row, Column source, int sourceRow) {
        if (column instanceof LongColumn wide && source instanceof IntColumn narrow) {
            wide.put(row, narrow.read()[sourceRow]);
        } else {
            column.copyFrom(source, sourceRow, row);
        }
    }

    private static void put(Column column, int row, Object value) {
        switch (column) {
            case FloatColumn floats -> floats.put(row, (Float) value);
            case IntColumn ints -> ints.put(row, (Integer) value);
            case LongColumn longs -> longs.put(row, (Long) value);
            case BooleanColumn booleans -> booleans.put(row, (Boolean) value);
            case TextColumn texts -> texts.put(row, (String) value);
        }
    }
}
