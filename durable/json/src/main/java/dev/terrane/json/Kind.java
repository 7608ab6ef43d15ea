package dev.terrane.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.terrane.command.PayloadRefusedException;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** How values of one type are read and written. */
sealed interface Kind {
    /** @param parser stands on the value's first token, and stands on its last one afterwards */
    Object read(JsonParser parser) throws IOException, PayloadRefusedException;

    void write(JsonGenerator generator, Object value) throws IOException;

    /** @throws IllegalArgumentException if payloads have no such kind: a bug */
    static Kind of(JsonPayloads payloads, Type type, String where) {
        if (type == long.class || type == Long.class) {
            return new Whole(true);
        }
        if (type == int.class || type == Integer.class) {
            return new Whole(false);
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Truth();
        }
        if (type == String.class) {
            return new Text();
        }
        if (type == UUID.class) {
            return new Id();
        }
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return new Row(of(payloads, list.getActualTypeArguments()[0], where));
        }
        if (type instanceof Class<?> plain && plain.isEnum()) {
            return new Choice(plain.getEnumConstants());
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            return new Nested(payloads, plain);
        }
        throw new IllegalArgumentException(where + " is of type " + type.getTypeName()
                + "; payloads have long, int, boolean, String, enums, UUID, records and lists of these");
    }

    /** With the path of the field, like {@code /items/2/count}. */
    static PayloadRefusedException refused(JsonParser parser, String what) {
        String path = parser.getParsingContext().pathAsPointer().toString();
        return new PayloadRefusedException((path.isEmpty() ? "the payload" : path) + " " + what);
    }

    /** @param wide long, otherwise int */
    record Whole(boolean wide) implements Kind {
        @Override
        public Object read(JsonParser parser) throws IOException, PayloadRefusedException {
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw refused(parser, "must be a whole number, without quotes, point or exponent");
            }
            JsonParser.NumberType size = parser.getNumberType();
            if (size == JsonParser.NumberType.INT) {
                return wide ? (Object) parser.getLongValue() : (Object) parser.getIntValue();
            }
            if (wide && size == JsonParser.NumberType.LONG) {
                return parser.getLongValue();
            }
            throw refused(parser, "must be a number of " + (wide ? 64 : 32) + " bits, but is " + parser.getText());
        }

        @Override
        public void write(JsonGenerator generator, Object value) throws IOException {
            generator.writeNumber(((Number) value).longValue());
        }
    }

    record Truth() implements Kind {
        @Override
        public Object read(JsonParser parser) throws PayloadRefusedException {
            return switch (parser.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> throw refused(parser, "must be true or false");
            };
        }

        @Override
        public void write(JsonGenerator generator, Object value) throws IOException {
            generator.writeBoolean((Boolean) value);
        }
    }

    record Text() implements Kind {
        @Override
        public Object read(JsonParser parser) throws IOException, PayloadRefusedException {
            return text(parser, "a text");
        }

        @Override
        public void write(JsonGenerator generator, Object value) throws IOException {
            generator.writeString((String) value);
        }
    }

    record Id() implements Kind {
        @Override
        public Object read(JsonParser parser) throws IOException, PayloadRefusedException {
            String text = text(parser, "a UUID");
            try {
                UUID id = UUID.fromString(text);
                if (id.toString().equalsIgnoreCase(text)) { // "1-1-1-1-1" is read, too
                    return id;
                }
            } catch (IllegalArgumentException _) {
                // Said below.
            }
            throw refused(parser, "must be a UUID like 123e4567-e89b-12d3-a456-426614174000");
        }

        @Override
        public void write(JsonGenerator generator, Object value) throws IOException {
            generator.writeString(value.toString());
        }
    }

    record Choice(Object[] constants) implements Kind {
        @Override
        public Object read(JsonParser parser) throws IOException, PayloadRefusedException {
            String text = text(parser, "a text");
            for (Object constant : constants) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
            throw refused(parser, "must be one of " + Arrays.toString(constants));
        }

        @Override
        public void write(JsonGenerator generator, Object value) throws IOException {
            generator.writeString(((Enum<?>) value).name());
        }
    }

    /** Its shape is looked up when it is met: a record may contain itself. */
    record Nested(JsonPayloads payloads, Class<?> type) implements Kind {
        @Override
        public Object read(JsonParser parser) throws IOException, PayloadRefusedException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw refused(parser, "must be an object");
            }
            return payloads.shapeOf(type).read(parser);
        }

        @Override
        public void write(JsonGenerator generator, Object value) throws IOException {
            payloads.shapeOf(type).write(generator, value);
        }
    }

    record Row(Kind element) implements Kind {
        @Override
        public Object read(JsonParser parser) throws IOException, PayloadRefusedException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw refused(parser, "must be a list");
            }
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == JsonToken.VALUE_NULL) {
                    throw refused(parser, "must not be null");
                }
                elements.add(element.read(parser));
            }
            return List.copyOf(elements);
        }

        @Override
        public void write(JsonGenerator generator, Object value) throws IOException {
            generator.writeStartArray();
            for (Object one : (List<?>) value) {
                element.write(generator, one);
            }
            generator.writeEndArray();
        }
    }

    private static String text(JsonParser parser, String what) throws IOException, PayloadRefusedException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw refused(parser, "must be " + what);
        }
        String text = parser.getText();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                throw refused(parser, "holds a character that cannot be kept");
            }
        }
        return text;
    }
}
