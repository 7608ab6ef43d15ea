package dev.terrane.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandType;
import dev.terrane.command.PayloadCodec;
import dev.terrane.command.PayloadRefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Payloads as JSON objects, field by field as the record says.
 *
 * <p>A component may be long, int, boolean, String, an enum, UUID, another record, or a List of one of these. One that may be missing or null is marked {@code @Nullable}
 * ({@code @Nullable Long} for numbers); every other must be there. Nothing is converted: {@code "5"} is no number and {@code 1.0} no whole one. Fields that the record does not know
 * are skipped, so that a later version may add some. A record's own constructor may refuse by {@link IllegalArgumentException}.
 *
 * <p>Refused besides: a field given twice, more than {@value #DEPTH_MAX} levels, text that no store can keep (a zero character, half a surrogate pair), bytes
 * behind the object, anything longer than {@link CommandLimits#PAYLOAD_BYTES_MAX}.
 */
public final class JsonPayloads implements PayloadCodec {
    private static final int DEPTH_MAX = 16;
    private static final int NUMBER_CHARS_MAX = 20;
    private static final int REASON_CHARS_MAX = 200;

    private final JsonFactory json = JsonFactory.builder()
            // Otherwise bytes that look like UTF-16 are read as such, and names that clients make up stay in memory.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxNumberLength(NUMBER_CHARS_MAX)
                    .build())
            .build();

    private final Map<Class<?>, Shape> shapes = new ConcurrentHashMap<>();

    @Override
    public <P extends Record> P decode(CommandType<P> type, byte[] payload) throws PayloadRefusedException {
        return decode(type.payload(), payload);
    }

    /** Reads what a result carries; like the other. */
    public <P extends Record> P decode(Class<P> type, byte[] payload) throws PayloadRefusedException {
        if (payload.length > CommandLimits.PAYLOAD_BYTES_MAX) {
            throw new PayloadRefusedException(
                    payload.length + " bytes are more than " + CommandLimits.PAYLOAD_BYTES_MAX);
        }
        try (JsonParser parser = json.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new PayloadRefusedException("the payload must be a JSON object");
            }
            P read = type.cast(shapeOf(type).read(parser));
            if (parser.nextToken() != null) {
                throw new PayloadRefusedException("something follows the JSON object");
            }
            return read;
        } catch (JsonProcessingException e) {
            throw new PayloadRefusedException(shortened("no JSON: " + e.getOriginalMessage()));
        } catch (IOException e) {
            // Bytes that are no UTF-8; nothing else can fail on an array in memory.
            throw new PayloadRefusedException(shortened("no JSON: " + e.getMessage()));
        }
    }

    /** @throws IllegalArgumentException for a record with a component of a kind that payloads do not have: a bug */
    @Override
    public byte[] encode(Record value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (JsonGenerator generator = json.createGenerator(bytes)) {
            shapeOf(value.getClass()).write(generator, value);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    Shape shapeOf(Class<?> type) {
        Shape known = shapes.get(type);
        if (known == null) {
            known = new Shape(this, type); // two threads may both make one: they are the same
            shapes.put(type, known);
        }
        return known;
    }

    private static String shortened(String reason) {
        return reason.length() <= REASON_CHARS_MAX ? reason : reason.substring(0, REASON_CHARS_MAX) + "…";
    }
}
