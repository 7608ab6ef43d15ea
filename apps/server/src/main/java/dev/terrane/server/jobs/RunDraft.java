package dev.terrane.server.jobs;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandType;
import dev.terrane.command.EnvelopeCodec;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.PayloadCodec;
import dev.terrane.plugin.EventHandler;
import dev.terrane.plugin.JobRun;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run that goes on: gathers what it sends, until its end is noted. One thread. */
final class RunDraft implements JobRun {
    /** What one transaction takes in a moment. */
    static final int SENT_COUNT_MAX = 2_048;

    private static final int ID_CHARS = 32;
    private static final Logger LOG = LoggerFactory.getLogger(RunDraft.class);

    private final String client;
    private final CommandEnvelope cause;
    private final long nowMillis;
    private final PayloadCodec codec;
    private final String id;
    private final List<CommandEnvelope> sent = new ArrayList<>();
    private final List<EventEnvelope> events = new ArrayList<>();
    private boolean over;

    /** @param client in whose name it sends @param cause the command that it carries out */
    RunDraft(String client, CommandEnvelope cause, long nowMillis, PayloadCodec codec) {
        this.client = client;
        this.cause = cause;
        this.nowMillis = nowMillis;
        this.codec = codec;
        this.id = "run-" + cause.idempotencyKey().toString().substring(0, ID_CHARS);
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public void log(String message) {
        LOG.atInfo()
                .addKeyValue("client", client)
                .addKeyValue("key", cause.key())
                .log("{}", message);
    }

    @Override
    public <P extends Record> void command(CommandType<P> type, String requestId, P payload) {
        String eventId = nextId();
        CommandEnvelope command = new CommandEnvelope(
                type.name(),
                type.version(),
                type.keyRule().keyOf(payload, client),
                new CommandEnvelope.Origin(client, requestId),
                new CommandEnvelope.Trace(
                        eventId, cause.trace().correlationId(), cause.trace().eventId(), client, nowMillis),
                codec.encode(payload));
        String fault = EnvelopeCodec.faultOf(command);
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(type + " cannot be sent: " + fault);
        }
        sent.add(command);
    }

    @Override
    public void publish(String topic, String key, Record payload) {
        events.add(new EventEnvelope(topic, key, nextId(), cause.trace().eventId(), nowMillis, codec.encode(payload)));
    }

    private String nextId() {
        int number = sent.size() + events.size();
        if (over) {
            throw new IllegalStateException("the run is over; what it sends has to be said before its handler returns");
        }
        if (number == SENT_COUNT_MAX) {
            throw new IllegalStateException(
                    "a run may send " + SENT_COUNT_MAX + " commands and events; leave the rest to the next run");
        }
        return id + "/" + number;
    }

    /** The event that it is about. */
    <P extends Record> EventHandler.Heard<P> heard(P payload) {
        return new EventHandler.Heard<>(
                cause.key(), cause.origin().requestId(), cause.trace().atMillis(), payload);
    }

    /** Its handler has returned. */
    void end() {
        over = true;
    }

    List<CommandEnvelope> sent() {
        return sent;
    }

    List<EventEnvelope> events() {
        return events;
    }
}
