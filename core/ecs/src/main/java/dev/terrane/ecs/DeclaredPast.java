package dev.terrane.ecs;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record says about states that were written before it was as it is: {@link Formerly}, {@link Initially}, {@link GivenTo}, {@link Dropped} and
 * {@link Component#readsFrom}.
 *
 * @param dropped names of fields
 * @param fields by index
 */
record DeclaredPast(
        List<String> formerNames,
        int readsFrom,
        @Nullable Class<? extends Record> givenTo,
        List<String> dropped,
        List<OfField> fields) {

    /** @param initial of the field's kind: Float, Integer, Long, Boolean or String */
    record OfField(List<String> formerNames, Object initial) {}

    /** @throws IllegalArgumentException if a value is none of its field's kind */
    static DeclaredPast of(ComponentType<?> type) {
        Class<? extends Record> record = type.recordClass();
        Component component = record.getAnnotation(Component.class);
        GivenTo given = record.getAnnotation(GivenTo.class);
        List<OfField> fields = new ArrayList<>();
        RecordComponent[] members = record.getRecordComponents();
        for (Field field : type.fields()) {
            RecordComponent member = members[field.index()];
            fields.add(new OfField(
                    names(member.getAnnotation(Formerly.class)),
                    initial(type, field, member.getAnnotation(Initially.class))));
        }
        int readsFrom = component == null || component.readsFrom() == 0 ? type.version() : component.readsFrom();
        return new DeclaredPast(
                names(record.getAnnotation(Formerly.class)),
                readsFrom,
                given == null ? null : given.value(),
                dropped(type),
                List.copyOf(fields));
    }

    private static List<String> dropped(ComponentType<?> type) {
        Dropped dropped = type.recordClass().getAnnotation(Dropped.class);
        if (dropped == null) {
            return List.of();
        }
        for (Field field : type.fields()) {
            if (List.of(dropped.value()).contains(field.name())) {
                throw new IllegalArgumentException("component "
                        + type.recordClass().getName() + " has the field '" + field.name()
                        + "', which it says it has @Dropped");
            }
        }
        return List.of(dropped.value());
    }

    private static List<String> names(@Nullable Formerly formerly) {
        return formerly == null ? List.of() : List.of(formerly.value());
    }

    private static Object initial(ComponentType<?> type, Field field, @Nullable Initially declared) {
        String text = declared == null ? "" : declared.value();
        try {
            return switch (field.kind()) {
                case FLOAT -> declared == null ? 0f : Float.parseFloat(text);
                case INT -> declared == null ? 0 : Integer.parseInt(text);
                case LONG -> declared == null ? 0L : Long.parseLong(text);
                case BOOLEAN -> declared != null && truth(text);
                case TEXT -> {
                    Text.require(field.name(), text);
                    yield text;
                }
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "component " + type.recordClass().getName() + " has the field '" + field.name()
                            + "' with @Initially(\"" + text + "\"), which is no value of kind " + field.kind(),
                    e);
        }
    }

    private static boolean truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return text.equals("true");
    }
}
