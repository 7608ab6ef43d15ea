package dev.terrane.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandLimits;
import dev.terrane.command.CommandResult;
import dev.terrane.command.PayloadRefusedException;
import dev.terrane.command.Resulted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPayloadsTest {
    private static final String GOOD = """
            {"buyer":"123e4567-e89b-12d3-a456-426614174000","amount":-9223372036854775808,"count":2147483647,"urgent":true,"speed":"FAST",\
            "lines":[{"item":"Ωre \\uD83D\\uDE80","count":2,"instead":{"item":"coal","count":1}},{"item":"","count":1}]}""";

    private final JsonPayloads payloads = new JsonPayloads();

    @Test
    void readsEveryKind() throws PayloadRefusedException {
        assertThat(read(GOOD))
                .isEqualTo(new Order(
                        UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                        Long.MIN_VALUE,
                        Integer.MAX_VALUE,
                        true,
                        Order.Speed.FAST,
                        null,
                        List.of(
                                new Order.Line("Ωre 🚀", 2, new Order.Line("coal", 1, null)),
                                new Order.Line("", 1, null))));
    }

    @Test
    void givesBackWhatItWrote() throws PayloadRefusedException {
        Order order = new Order(new UUID(-1, 5), 7, -3, false, Order.Speed.SLOW, 0L, List.of());
        assertThat(payloads.decode(Order.TYPE, payloads.encode(order))).isEqualTo(order);
        assertThat(read(new String(payloads.encode(read(GOOD)), UTF_8))).isEqualTo(read(GOOD));
    }

    @Test
    void ignoresFieldsItDoesNotKnow() throws PayloadRefusedException {
        assertThat(read(GOOD.replace("\"count\":2,", "\"count\":2,\"new\":{\"deep\":[1,{\"item\":5}]},\"newer\":1.5,")))
                .isEqualTo(read(GOOD));
    }

    @Test
    void takesNullForWhatIsOptional() throws PayloadRefusedException {
        assertThat(read(GOOD.replace("\"lines\"", "\"limit\":null,\"lines\"")).limit())
                .isNull();
        assertThat(read(GOOD.replace("\"lines\"", "\"limit\":5,\"lines\"")).limit())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"urgent\":true,|| the payload has no 'urgent'",
                "\"urgent\":true|\"urgent\":null|/urgent must not be null",
                "\"urgent\":true|\"urgent\":1|/urgent must be true or false",
                "\"urgent\":true|\"urgent\":true,\"urgent\":true|/urgent is there twice",
                "2147483647|2147483648|/count must be a number of 32 bits, but is 2147483648",
                "2147483647|1.0|/count must be a whole number",
                "2147483647|1e3|/count must be a whole number",
                "2147483647|\"5\"|/count must be a whole number",
                "-9223372036854775808|9223372036854775808|/amount must be a number of 64 bits",
                "-9223372036854775808|12345678901234567890123|no JSON",
                "-9223372036854775808|[1]|/amount must be a whole number",
                "FAST|fast|/speed must be one of [SLOW, FAST]",
                "\"FAST\"|1|/speed must be a text",
                "\"coal\"|7|/lines/0/instead/item must be a text",
                "\"coal\"|\"a\\u0000b\"|/lines/0/instead/item holds a character",
                "\"coal\"|\"a\\uD83D\"|/lines/0/instead/item holds a character",
                "\"count\":1}]|\"count\":0}]|/lines/1 count 0 must be positive",
                "\"count\":1}]|\"count\":1},null]|/lines/2 must not be null",
                "\"count\":1}]|\"count\":1},5]|/lines/2 must be an object",
                "123e4567-e89b-12d3-a456-426614174000|1-1-1-1-1|/buyer must be a UUID",
                "123e4567-e89b-12d3-a456-426614174000|x|/buyer must be a UUID",
                "{\"buyer\"|[\"buyer\"|must be a JSON object",
                "}]}|}]}{}|something follows",
                "}]}|}]|no JSON",
                "true|truth|no JSON"
            })
    void refusesWithThePathOfTheField(String part, String instead, String message) {
        String bad = GOOD.replace(part, instead == null ? "" : instead);
        assertThat(bad).isNotEqualTo(GOOD);
        assertThatThrownBy(() -> read(bad))
                .isInstanceOf(PayloadRefusedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesWhatIsTooDeepOrTooLong() {
        String deep = "{\"x\":" + "[".repeat(100) + "]".repeat(100) + "}";
        assertThatThrownBy(() -> read(deep))
                .isInstanceOf(PayloadRefusedException.class)
                .hasMessageContaining("depth");
        String self = "{\"item\":\"a\",\"count\":1,\"instead\":".repeat(50) + "null" + "}".repeat(50);
        assertThatThrownBy(() -> payloads.decode(Order.Line.class, self.getBytes(UTF_8)))
                .isInstanceOf(PayloadRefusedException.class)
                .hasMessageContaining("depth");
        assertThatThrownBy(() -> read(GOOD + " ".repeat(8_192)))
                .isInstanceOf(PayloadRefusedException.class)
                .hasMessageContaining("are more than 8192");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        byte[] bad = GOOD.getBytes(UTF_8);
        bad[GOOD.indexOf("coal")] = (byte) 0xFF;
        assertThatThrownBy(() -> payloads.decode(Order.TYPE, bad)).isInstanceOf(PayloadRefusedException.class);
        assertThatThrownBy(() -> payloads.decode(Order.TYPE, GOOD.getBytes(java.nio.charset.StandardCharsets.UTF_16)))
                .isInstanceOf(PayloadRefusedException.class);
    }

    private record Odd(double price) {}

    @Test
    void namesTheComponentThatNoPayloadCanHave() {
        assertThatThrownBy(() -> payloads.encode(new Odd(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Odd.price is of type double");
    }

    private Order read(String json) throws PayloadRefusedException {
        return payloads.decode(Order.TYPE, json.getBytes(UTF_8));
    }

    @Test
    void bringsEachResultToItsServiceInACommandThatALaneTakes() {
        CommandEnvelope.Origin origin = new CommandEnvelope.Origin("service:trade", "é".repeat(64));
        for (int length = 0; length <= CommandLimits.RESULT_BYTES_MAX; length += 1_024) {
            CommandResult worst = new CommandResult.Done("\"".repeat(length).getBytes(StandardCharsets.UTF_8));
            byte[] payload =
                    new JsonPayloads().encode(Resulted.of(new CommandAnswer(origin, "t".repeat(128), "", worst)));
            assertThat(payload).hasSizeLessThanOrEqualTo(CommandLimits.PAYLOAD_BYTES_MAX);
        }
        CommandResult refused = new CommandResult.Refused("CODE", "\"語".repeat(2_000));
        assertThat(new JsonPayloads().encode(Resulted.of(new CommandAnswer(origin, "t".repeat(128), "", refused))))
                .hasSizeLessThanOrEqualTo(CommandLimits.PAYLOAD_BYTES_MAX);
    }
}
