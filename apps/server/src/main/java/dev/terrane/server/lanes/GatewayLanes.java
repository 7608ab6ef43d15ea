package dev.terrane.server.lanes;

import dev.terrane.base.WorldId;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.EventEnvelope;
import dev.terrane.command.LaneHint;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneUnavailableException;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.LaneOutput;
import dev.terrane.http.RestCommands;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes at a node that has players and carries out no commands: takes them in, and tells players what other nodes say came of them. Every such node keeps the results of all players, so it does not matter
 * where one comes back.
 *
 * <p>Any thread.
 */
public final class GatewayLanes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayLanes.class);
    /** Of each partition, at the start: some thousand results. */
    private static final long START_BYTES_READ = 1 << 20;
    /** Of each partition, when some may have been lost on their way: those of the last seconds. */
    private static final long LOST_BYTES_READ = 1 << 18;

    private final CommandLanes.Setup setup;
    private final Map<String, LaneLoop> loops = new LinkedHashMap<>();
    private final ExecutorService waiting;
    private final Answers answers;
    private final CommandOffice office;
    private final PlayerEvents players;
    /** Of each partition the last settlement whose results were read. */
    private final Map<LanePartition, Long> readNumbers = new TreeMap<>();

    /**
     * The players of this node.
     *
     * @param everybody tells all gateways
     * @param appended is told of lanes that have got something
     */
    public record Players(WorldId world, Consumer<LaneOutput> everybody, Consumer<LaneHint> appended) {}

    private GatewayLanes(CommandLanes.Setup setup, List<CommandLanes.Receiver> receivers, Players here) {
        this.setup = setup;
        this.waiting = Executors.newFixedThreadPool(
                setup.patience().waitingThreads(),
                Thread.ofPlatform().name("lane-store-", 0).daemon().factory());
        this.answers = new Answers(setup.clock(), setup.meters(), _ -> {});
        LaneLoop.Setup loopSetup = CommandLanes.loopSetup(setup, waiting);
        LaneLoop.News news = new LaneLoop.News() {
            @Override
            public void appended(LaneHint hint) {
                here.appended().accept(hint);
            }
        };
        for (CommandLanes.Receiver receiver : receivers) {
            loops.put(receiver.lane(), new LaneLoop(receiver.lane(), loopSetup, null, _ -> {}, news));
        }
        LaneTypes types = LaneTypes.of(receivers);
        this.players = new PlayerEvents(here.world(), answers, here.everybody(), setup.clock(), setup.meters());
        this.office = new CommandOffice(
                new CommandCatalogue(types.all(), setup.payloads()),
                type -> loops.get(types.laneOf().get(type)),
                answers,
                players,
                setup.clock(),
                setup.node());
    }

    /** Blocks until results are known that somebody may still wait for. @param receivers for their types alone */
    public static GatewayLanes start(CommandLanes.Setup setup, List<CommandLanes.Receiver> receivers, Players here) {
        GatewayLanes lanes = new GatewayLanes(setup, receivers, here);
        lanes.read(START_BYTES_READ, lanes.answers::remember);
        lanes.loops.values().forEach(LaneLoop::start);
        return lanes;
    }

    /** For gateways. */
    public CommandPort port() {
        return office;
    }

    /** For REST. */
    public RestCommands rest() {
        return office;
    }

    /** Another node tells results. */
    public void published(List<CommandAnswer> published) {
        answers.publish(Answers.forPlayers(published));
    }

    /** Another node tells of what has happened. */
    public void happened(List<EventEnvelope> events) {
        players.tell(events);
    }

    /**
     * Results may have been lost on their way here: reads them. Some may be told twice. Waits for the store.
     *
     * @throws LaneUnavailableException when it is away: to be called again
     */
    public void catchUp() {
        read(LOST_BYTES_READ, answers::publish);
    }

    private synchronized void read(long bytesMax, Consumer<List<CommandAnswer>> taker) {
        for (String lane : loops.keySet()) {
            for (int index = 0; index < setup.store().partitionCount(); index++) {
                LanePartition partition = new LanePartition(lane, index);
                try {
                    read(partition, bytesMax, taker);
                } catch (MalformedBytesException unreadable) {
                    LOG.atError()
                            .setCause(unreadable)
                            .addKeyValue("partition", partition)
                            .log("results cannot be read and are not told");
                }
            }
        }
    }

    private void read(LanePartition partition, long bytesMax, Consumer<List<CommandAnswer>> taker) {
        long read = readNumbers.getOrDefault(partition, 0L);
        for (LaneStore.AnswerBatch batch : setup.store().answers(partition, bytesMax)) {
            if (batch.number() > read) {
                readNumbers.put(partition, batch.number());
                taker.accept(Answers.forPlayers(batch.answers()));
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (LaneLoop loop : loops.values()) {
            loop.close();
        }
        waiting.shutdown();
        if (!waiting.awaitTermination(1, TimeUnit.SECONDS)) {
            LOG.atWarn().log("a call of the lanes to the store did not end in time and is abandoned");
        }
    }
}
