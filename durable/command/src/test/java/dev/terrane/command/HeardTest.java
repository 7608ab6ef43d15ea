package dev.terrane.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeardTest {
    private static final String TOPIC = "evt.hex.contributed";

    private record Paid(int amount) {}

    private static EventEnvelope event(String id) {
        return new EventEnvelope(TOPIC, "region:0,0", id, "cause", 17, "{}".getBytes(UTF_8));
    }

    @Test
    void bringsAnEventUnderTheTypeThatItsSubscriberDeclares() {
        CommandType<Paid> type = Heard.typeFor("jobs-skirmish", TOPIC, Paid.class);
        CommandEnvelope command = Heard.of(event("e-1"), "jobs-skirmish", "node-1");
        assertThat(command.type()).isEqualTo(type.name()).isEqualTo("cmd.jobs-skirmish.heard.hex.contributed");
        assertThat(type.receiver()).isEqualTo("jobs-skirmish");
        assertThat(command.key()).as("events of one key stay in order").isEqualTo("region:0,0");
        assertThat(command.origin()).isEqualTo(new CommandEnvelope.Origin(Heard.CLIENT, "e-1"));
        assertThat(command.trace()).isEqualTo(new CommandEnvelope.Trace("e-1", "e-1", "cause", "node-1", 17));
        assertThat(EnvelopeCodec.faultOf(command)).isEmpty();
    }

    @Test
    void knowsTheSameEventAgainHoweverLongItsIdIs() {
        CommandEnvelope first = Heard.of(event("long/".repeat(20)), "jobs-a", "node-1");
        CommandEnvelope again = Heard.of(event("long/".repeat(20)), "jobs-a", "node-2");
        CommandEnvelope other = Heard.of(event("long/".repeat(20) + "x"), "jobs-a", "node-1");
        assertThat(EnvelopeCodec.faultOf(first)).isEmpty();
        assertThat(again.idempotencyKey()).isEqualTo(first.idempotencyKey());
        assertThat(other.idempotencyKey()).isNotEqualTo(first.idempotencyKey());
    }

    @Test
    void tellsEventsFromOrdinaryCommands() {
        assertThat(Heard.topicOf("cmd.jobs-skirmish.heard.hex.contributed")).isEqualTo(TOPIC);
        assertThat(Heard.topicOf("cmd.economy.transfer")).isNull();
        assertThat(Heard.topicOf("cmd.trade.over.heard.hex.contributed")).isNull();
        assertThat(Heard.topicOf("")).isNull();
    }

    @Test
    void refusesATopicThatIsNone() {
        assertThatThrownBy(() -> Heard.typeFor("jobs-a", "hex.contributed", Paid.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no topic");
    }
}
