package dev.terrane.server.types;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** JSON schemas of the records that payloads are, exactly as {@link dev.terrane.json.JsonPayloads} reads and writes them. Gathers each record once. */
final class PayloadShapes {
    private final Map<String, Class<?>> byName = new TreeMap<>();
    private final Map<String, Object> definitions = new TreeMap<>();

    /** All records that were referred to, by name. */
    Map<String, Object> definitions() {
        return definitions;
    }

    /** @throws IllegalArgumentException naming the field that payloads cannot have */
    Map<String, Object> reference(Class<?> record) {
        String name = nameOf(record);
        Class<?> other = byName.putIfAbsent(name, record);
        if (other != null && other != record) {
            throw new IllegalArgumentException(
                    "two records of payloads are called " + name + ": " + other.getName() + " and " + record.getName());
        }
        if (other == null) {
            definitions.put(name, schemaOf(record));
        }
        return Map.of("$ref", "#/$defs/" + name);
    }

    /** With those around it, for many are called alike: {@code TradeCommandsAccept}. */
    private static String nameOf(Class<?> record) {
        Class<?> around = record.getEnclosingClass();
        return around == null ? record.getSimpleName() : nameOf(around) + record.getSimpleName();
    }

    private Map<String, Object> schemaOf(Class<?> record) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            String where = record.getName() + "." + component.getName();
            properties.put(component.getName(), schemaOf(component.getGenericType(), where));
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        return schema;
    }

    private Map<String, Object> schemaOf(Type type, String where) {
        if (type == long.class || type == Long.class) {
            return schema("type", "integer", "format", "int64");
        }
        if (type == int.class || type == Integer.class) {
            return schema("type", "integer", "format", "int32");
        }
        if (type == boolean.class || type == Boolean.class) {
            return schema("type", "boolean");
        }
        if (type == String.class) {
            return schema("type", "string");
        }
        if (type == UUID.class) {
            return schema("type", "string", "format", "uuid");
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return schema("type", "array", "items", schemaOf(list.getActualTypeArguments()[0], where));
        }
        if (type instanceof Class<?> choice && choice.isEnum()) {
            List<String> names = Arrays.stream(choice.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList();
            return schema("type", "string", "enum", names);
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return reference(record);
        }
        throw new IllegalArgumentException(where + " is of type " + type.getTypeName() + ", which no payload has");
    }

    private static Map<String, Object> schema(Object... pairs) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            schema.put((String) pairs[i], pairs[i + 1]);
        }
        return schema;
    }
}
