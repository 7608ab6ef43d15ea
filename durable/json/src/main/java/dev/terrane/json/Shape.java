package dev.terrane.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.terrane.command.PayloadRefusedException;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One record type: its components in order, and the handles that build it and take it apart. Immutable; any thread may use it. */
final class Shape {
    private final Class<?> type;
    private final Field[] fields;
    private final MethodHandle constructor;

    private record Field(String name, Kind kind, boolean optional, MethodHandle read) {}

    Shape(JsonPayloads payloads, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            throw new IllegalArgumentException(type.getName() + " is no record");
        }
        this.type = type;
        this.fields = new Field[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                fields[i] = field(payloads, components[i]);
            }
            Constructor<?> canonical = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            canonical.setAccessible(true); // payload records may be private to their service
            this.constructor = MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalArgumentException(type.getName() + " cannot be used as a payload", e);
        }
    }

    private static Field field(JsonPayloads payloads, RecordComponent component) throws IllegalAccessException {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        MethodHandle read =
                MethodHandles.lookup().unreflect(accessor).asType(MethodType.methodType(Object.class, Object.class));
        String where = component.getDeclaringRecord().getName() + "." + component.getName();
        return new Field(
                component.getName(),
                Kind.of(payloads, component.getGenericType(), where),
                component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                read);
    }

    /** From its opening brace to its closing one. */
    Object read(JsonParser parser) throws IOException, PayloadRefusedException {
        @Nullable Object[] values = new Object[fields.length];
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            int index = indexOf(name);
            JsonToken token = parser.nextToken();
            if (index < 0) {
                parser.skipChildren();
            } else if (values[index] != null) {
                throw Kind.refused(parser, "is there twice");
            } else if (token != JsonToken.VALUE_NULL) {
                values[index] = fields[index].kind.read(parser);
            } else if (!fields[index].optional) {
                throw Kind.refused(parser, "must not be null");
            }
        }
        for (int i = 0; i < fields.length; i++) {
            if (values[i] == null && !fields[i].optional) {
                throw Kind.refused(parser, "has no '" + fields[i].name + "'");
            }
        }
        return build(parser, values);
    }

    private Object build(JsonParser parser, @Nullable Object[] values) throws PayloadRefusedException {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (IllegalArgumentException e) {
            throw Kind.refused(parser, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the constructor of " + type.getName() + " threw", e);
        }
    }

    void write(JsonGenerator generator, Object value) throws IOException {
        generator.writeStartObject();
        for (Field field : fields) {
            Object component = componentOf(field, value);
            if (component != null) {
                generator.writeFieldName(field.name);
                field.kind.write(generator, component);
            } else if (!field.optional) {
                throw new IllegalArgumentException(type.getName() + "." + field.name + " is null, but not @Nullable");
            }
        }
        generator.writeEndObject();
    }

    private @Nullable Object componentOf(Field field, Object value) {
        try {
            return (Object) field.read.invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the accessor " + type.getName() + "." + field.name + " threw", e);
        }
    }

    /** A payload has a handful of fields: looking along them is faster than hashing a name. */
    private int indexOf(String name) {
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].name.equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
