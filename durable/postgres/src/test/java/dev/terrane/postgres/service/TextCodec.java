package dev.terrane.postgres.service;

import dev.terrane.command.CommandType;
import dev.terrane.command.PayloadCodec;
import dev.terrane.command.PayloadRefusedException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payloads as lines {@code name=value}: enough for tests, and without another room's JSON. */
public final class TextCodec implements PayloadCodec {
    @Override
    public <P extends Record> P decode(CommandType<P> type, byte[] payload) throws PayloadRefusedException {
        return read(type.payload(), payload);
    }

    /** What a result holds. */
    public static <P extends Record> P read(Class<P> type, byte[] payload) throws PayloadRefusedException {
        Map<String, String> fields = new LinkedHashMap<>();
        new String(payload, StandardCharsets.UTF_8).lines().forEach(line -> {
            int equals = line.indexOf('=');
            fields.put(line.substring(0, equals), line.substring(equals + 1));
        });
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        Class<?>[] kinds = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            kinds[i] = components[i].getType();
            values[i] = value(components[i], fields.get(components[i].getName()));
        }
        try {
            return type.getDeclaredConstructor(kinds).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new PayloadRefusedException(String.valueOf(e.getTargetException()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object value(RecordComponent component, @Nullable String text)
            throws PayloadRefusedException {
        if (component.getType() == String.class) {
            return text == null ? "" : text;
        }
        if (text == null) {
            throw new PayloadRefusedException(component.getName() + " is missing");
        }
        try {
            return switch (component.getType().getName()) {
                case "long" -> Long.valueOf(text);
                case "int" -> Integer.valueOf(text);
                case "boolean" -> Boolean.valueOf(text);
                default -> throw new IllegalStateException(component + " is of a type that tests do not need");
            };
        } catch (NumberFormatException e) {
            throw new PayloadRefusedException(component.getName() + " is no number: " + e.getMessage());
        }
    }

    @Override
    public byte[] encode(Record value) {
        StringBuilder text = new StringBuilder();
        try {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                component.getAccessor().setAccessible(true);
                Object field = component.getAccessor().invoke(value);
                if (field != null) {
                    text.append(component.getName()).append('=').append(field).append('\n');
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
