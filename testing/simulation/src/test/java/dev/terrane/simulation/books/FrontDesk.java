package dev.terrane.simulation.books;

import dev.terrane.base.Meters;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandCatalogue.Decoded;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandErrors;
import dev.terrane.command.IdempotencyKey;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneStore;
import dev.terrane.command.ResultDesk;
import dev.terrane.command.Resulted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where clients hand commands in and results go out: to clients wherever they are, to services as commands. */
final class FrontDesk {
    private static final String SERVICE = "service:";
    private static final long RELAY_AGAIN_NANOS = 120 * SimTime.MILLI;

    private final SimNode node;
    private final ResultDesk kept = new ResultDesk(64, 10_000, 60_000 * SimTime.MILLI, Meters.none());
    /** The connections of clients that are here. */
    private final Map<String, Long> attached = new HashMap<>();

    private int relayingCount;
    private int rememberingCount;
    private long eventCount;

    FrontDesk(SimNode node) {
        this.node = node;
    }

    boolean isIdle() {
        return relayingCount == 0 && rememberingCount == 0;
    }

    void attach(SimClient client, long connection) {
        attached.put(client.id, connection);
        kept.waiting(client.id).forEach(answer -> tell(client, answer));
    }

    /** One connection has ended; the client may be back by another before a node that stood still hears of it. */
    void detach(SimClient client, long connection) {
        attached.remove(client.id, connection);
    }

    void acked(SimClient client, String requestId) {
        kept.acked(client.id, requestId);
    }

    /** A client's message has arrived. */
    void submit(SimClient client, SimClient.Wish wish) {
        switch (Store.CATALOGUE.decode(wish.type(), wish.version(), client.id, wish.payload())) {
            case Decoded.Bad bad -> toClient(() -> client.refused(wish, bad.refusal()));
            case Decoded.Good good -> {
                String event = node.name + "/" + node.life() + "/" + eventCount++;
                CommandEnvelope command = new CommandEnvelope(
                        wish.type(),
                        wish.version(),
                        good.key(),
                        new CommandEnvelope.Origin(client.id, wish.requestId()),
                        new CommandEnvelope.Trace(event, event, "", node.name, node.run.time.millis()),
                        wish.payload());
                node.lanes.append(command, refusal -> {
                    if (refusal == null) {
                        node.run.witness.accepted(command);
                        toClient(() -> client.accepted(wish));
                    } else if (!refusal.errorCode().equals(CommandErrors.BUSY)) {
                        throw new BooksViolation(Rule.RESULT, command + " was refused: " + refusal);
                    }
                });
            }
        }
    }

    private void toClient(Runnable work) {
        if (!node.run.time.rng.chance(node.run.faults.messages())) {
            node.run.time.in(node.run.time.someMillis(10), work);
        }
    }

    /** Results that are final. */
    void publish(List<CommandAnswer> answers) {
        for (CommandAnswer answer : answers) {
            node.run.witness.told(answer);
            if (answer.origin().clientId().startsWith(SERVICE)) {
                relay(answer);
            } else {
                keep(answer);
                for (SimNode other : node.run.nodes) {
                    if (other != node && other.isAlive()) {
                        node.tell(other, () -> other.desk.keep(answer));
                    }
                }
            }
        }
    }

    private void keep(CommandAnswer answer) {
        SimClient client = node.run.client(answer.origin().clientId());
        if (client != null) {
            kept.keep(answer, node.run.time.nanos());
            if (attached.containsKey(client.id)) {
                tell(client, answer);
            }
        }
    }

    private void tell(SimClient client, CommandAnswer answer) {
        toClient(() -> client.heard(answer));
    }

    /** As the server's relay: a result becomes a command, named by what it says. */
    private void relay(CommandAnswer answer) {
        String service = answer.origin().clientId().substring(SERVICE.length());
        Resulted resulted = Resulted.of(answer);
        byte[] payload = Store.CODEC.encode(resulted);
        String requestId = Long.toHexString(IdempotencyKey.hash(payload));
        relayingCount++;
        bring(new CommandEnvelope(
                Resulted.typeFor(service).name(),
                1,
                resulted.matter(),
                new CommandEnvelope.Origin(Resulted.CLIENT, requestId),
                new CommandEnvelope.Trace(requestId, answer.correlationId(), "", node.name, node.run.time.millis()),
                payload));
    }

    private void bring(CommandEnvelope command) {
        node.lanes.append(command, refusal -> {
            if (refusal == null) {
                relayingCount--;
            } else {
                node.after(RELAY_AGAIN_NANOS, () -> bring(command));
            }
        });
    }

    /** Results that were settled before this life, and may not have reached whom they are for. */
    void remember() {
        List<LanePartition> all = new ArrayList<>();
        for (String lane : LaneTables.ALL) {
            for (int p = 0; p < node.run.store.lanes.partitionCount(); p++) {
                all.add(new LanePartition(lane, p));
            }
        }
        if (node.run.sabotage != BooksSabotage.RESULTS_NOT_REMEMBERED) {
            rememberingCount = all.size();
            all.forEach(this::remember);
        }
    }

    private void remember(LanePartition partition) {
        node.store(
                () -> node.run.store.lanes.answers(partition, Long.MAX_VALUE),
                batches -> {
                    rememberingCount--;
                    for (LaneStore.AnswerBatch batch : batches) {
                        for (CommandAnswer answer : batch.answers()) {
                            if (answer.origin().clientId().startsWith(SERVICE)) {
                                relay(answer);
                            } else {
                                keep(answer);
                            }
                        }
                    }
                },
                () -> node.after(RELAY_AGAIN_NANOS, () -> remember(partition)));
    }
}
