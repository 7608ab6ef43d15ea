package dev.terrane.server.lanes;

import dev.terrane.base.Clock;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.CommandResult;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.command.PayloadCodec;
import dev.terrane.command.Resulted;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings results to services, as commands ({@link Resulted}). What a lane does not take now it is offered again: after a restart all results that the store still has are
 * relayed once more, and known again by their request ids.
 */
final class ServiceRelay {
    private static final long RETRY_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRelay.class);

    private final PayloadCodec payloads;
    private final ScheduledExecutorService jobs;
    private final Clock clock;
    private final String node;
    private @Nullable CommandOffice office;

    ServiceRelay(PayloadCodec payloads, ScheduledExecutorService jobs, Clock clock, String node) {
        this.payloads = payloads;
        this.jobs = jobs;
        this.clock = clock;
        this.node = node;
    }

    /** Once, before anything is relayed. */
    void to(CommandOffice wanted) {
        office = wanted;
    }

    void relay(CommandAnswer answer) {
        CommandOffice taker = office;
        if (taker == null) {
            throw new IllegalStateException("no office takes what is relayed");
        }
        append(taker, envelope(answer));
    }

    private void append(CommandOffice taker, CommandEnvelope command) {
        taker.append(command, refused -> {
            if (refused != null) {
                refused(taker, command, refused);
            }
        });
    }

    private void refused(CommandOffice taker, CommandEnvelope command, CommandResult.Refused refused) {
        if (refused.errorCode().equals(CommandErrors.BUSY)) {
            jobs.schedule(() -> append(taker, command), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            LOG.atError()
                    .addKeyValue("type", command.type())
                    .addKeyValue("request", command.origin().requestId())
                    .log("a result cannot be brought to its service: {} {}", refused.errorCode(), refused.reason());
        }
    }

    /** The command that brings a result to its service. */
    CommandEnvelope envelope(CommandAnswer answer) {
        String service = answer.origin().clientId().substring(Answers.SERVICE.length());
        Resulted resulted = Resulted.of(answer);
        byte[] payload = payloads.encode(resulted);
        // A dead command that an operator revives has a second result under the same request id: it counts, too.
        String requestId = Long.toHexString(IdempotencyKey.hash(payload));
        return new CommandEnvelope(
                Resulted.typeFor(service).name(),
                1,
                resulted.matter(),
                new CommandEnvelope.Origin(Resulted.CLIENT, requestId),
                new CommandEnvelope.Trace(requestId, answer.correlationId(), "", node, clock.epochMillis()),
                payload);
    }
}
