package dev.terrane.server.lanes;

import dev.terrane.base.Clock;
import dev.terrane.base.Meters;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.command.CommandAnswer;
import dev.terrane.command.CommandCatalogue;
import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.CommandReceiver;
import dev.terrane.command.CommandType;
import dev.terrane.command.LaneHint;
import dev.terrane.command.LaneLag;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneStore;
import dev.terrane.command.LaneUnavailableException;
import dev.terrane.command.PayloadCodec;
import dev.terrane.gateway.CommandPort;
import dev.terrane.gateway.LaneOutput;
import dev.terrane.http.RestCommands;
import dev.terrane.postgres.service.ServiceOutbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All lanes of this process, from the door where commands are handed in to their receivers and back. */
public final class CommandLanes implements RunningLanes {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLanes.class);
    /** Of each partition, at a start: some thousand results. */
    private static final long ANSWER_BYTES_READ = 1 << 20;

    private static final long LAG_SECONDS = 2;
    private static final long PRUNE_SECONDS = 30;

    private final Setup setup;
    private final Map<String, LaneLoop> loops = new LinkedHashMap<>();
    private final ExecutorService waiting;
    private final Answers answers;
    private final CommandOffice office;
    /** By the name of their outbox: that of the lane whose receiver fills it. */
    private final Map<String, OutboxRelay> relays = new TreeMap<>();

    private final List<RelayTurn> turns = new ArrayList<>();
    private final @Nullable OtherNodes others;
    private volatile Map<String, long[]> lags = Map.of();

    /**
     * What lanes need.
     *
     * @param node names this process among those that may hold leases
     */
    public record Setup(
            LaneStore store,
            PayloadCodec payloads,
            String node,
            Clock clock,
            Meters meters,
            ScheduledExecutorService jobs,
            Patience patience) {}

    /**
     * @param waitingThreads that wait for the store
     * @param queueCountMax commands of one lane that wait to be appended
     * @param storeAwayMillis how long a command waits for a store that is away, before it is refused
     */
    public record Patience(int waitingThreads, int queueCountMax, long storeAwayMillis) {}

    /**
     * What is told to others.
     *
     * @param world whose players hear of regions
     * @param everybody tells all gateways
     * @param views keep something of events
     * @param heard lanes as a subscriber's events come into them: never full
     * @param outboxes by name
     */
    public record Events(
            WorldId world,
            Consumer<LaneOutput> everybody,
            EventSubscriber views,
            LaneStore heard,
            Map<String, ServiceOutbox> outboxes) {}

    /** Who carries out the commands of one lane. Whoever has the type of {@link Heard} events among them hears of these. */
    public record Receiver(String lane, List<CommandType<?>> types, CommandReceiver receiver) {}

    private CommandLanes(Setup setup, List<Receiver> receivers, Events events, @Nullable OtherNodes others) {
        this.setup = setup;
        this.others = others;
        this.waiting = Executors.newFixedThreadPool(
                setup.patience().waitingThreads(),
                Thread.ofPlatform().name("lane-store-", 0).daemon().factory());
        ServiceRelay relay = new ServiceRelay(setup.payloads(), setup.jobs(), setup.clock(), setup.node());
        this.answers = new Answers(setup.clock(), setup.meters(), relay::relay);
        LaneLoop.Setup loopSetup = loopSetup(setup, waiting);
        LaneTypes types = LaneTypes.of(receivers);
        for (Receiver receiver : receivers) {
            loops.put(
                    receiver.lane(),
                    new LaneLoop(
                            receiver.lane(),
                            loopSetup,
                            receiver.receiver(),
                            published -> publish(receiver.lane(), published),
                            new Told()));
        }
        PlayerEvents here =
                new PlayerEvents(events.world(), answers, events.everybody(), setup.clock(), setup.meters());
        this.office = new CommandOffice(
                new CommandCatalogue(types.all(), setup.payloads()),
                type -> loops.get(types.laneOf().get(type)),
                answers,
                here,
                setup.clock(),
                setup.node());
        relay.to(office);
        EventPost post =
                new EventPost(events.heard(), types.lanesOfTopic(), this::posted, setup.node(), setup.meters());
        EventDesk desk = new EventDesk(
                others == null ? here::tell : others::happened,
                Map.of("views", events.views(), "lanes", post),
                setup.meters());
        events.outboxes().forEach((name, outbox) -> {
            OutboxRelay.Takers takers =
                    new OutboxRelay.Takers(new OutboxAppends(name, office::append, relay::envelope), desk);
            relays.put(name, new OutboxRelay(name, outbox, takers, turn(name), setup.meters()));
        });
    }

    static LaneLoop.Setup loopSetup(Setup setup, Executor waiting) {
        return new LaneLoop.Setup(
                setup.store(),
                setup.node(),
                waiting,
                setup.clock(),
                setup.meters(),
                new LaneLoop.Limits(
                        setup.patience().queueCountMax(),
                        TimeUnit.MILLISECONDS.toNanos(setup.patience().storeAwayMillis())));
    }

    private BooleanSupplier turn(String outbox) {
        if (others == null) {
            return () -> true;
        }
        RelayTurn turn = new RelayTurn(setup.store(), outbox, setup.node(), setup.clock());
        turns.add(turn);
        return turn;
    }

    private void publish(String lane, List<CommandAnswer> published) {
        OtherNodes elsewhere = others;
        if (elsewhere == null) {
            answers.publish(published);
        } else {
            elsewhere.published(Answers.forPlayers(published));
            answers.publish(Answers.forOthers(published));
        }
        OutboxRelay own = relays.get(lane);
        if (own != null) {
            own.nudge();
        }
    }

    private void posted(LaneHint hint) {
        nudge(hint);
        tellAppended(hint);
    }

    private void tellAppended(LaneHint hint) {
        OtherNodes elsewhere = others;
        if (elsewhere != null) {
            elsewhere.appended(hint);
        }
    }

    /** What the lanes tell of themselves. */
    private final class Told implements LaneLoop.News {
        @Override
        public void appended(LaneHint hint) {
            tellAppended(hint);
        }

        @Override
        public void acquired(LanePartition partition) {
            if (others != null) {
                remember(partition);
            }
        }
    }

    /** For a process that is alone. Blocks until what was answered before is known. */
    public static CommandLanes start(Setup setup, List<Receiver> receivers, Events events) {
        return start(setup, receivers, events, null);
    }

    /**
     * Blocks until what was answered before is known.
     *
     * @param others whom players and gateways are with, and who shares the lanes; null: nobody, players are here
     */
    public static CommandLanes start(
            Setup setup, List<Receiver> receivers, Events events, @Nullable OtherNodes others) {
        CommandLanes lanes = new CommandLanes(setup, receivers, events, others);
        lanes.remember(); // before anything new is answered: what is older must not take its place
        lanes.loops.values().forEach(LaneLoop::start);
        lanes.relays.values().forEach(OutboxRelay::start);
        for (String lane : lanes.loops.keySet()) {
            setup.meters().gauge("lane_waiting_commands", () -> lanes.lag(lane, 0), "lane", lane);
            setup.meters().gauge("lane_parked_waiting", () -> lanes.lag(lane, 1), "lane", lane);
            setup.meters().gauge("lane_oldest_millis", () -> lanes.lag(lane, 2), "lane", lane);
        }
        setup.jobs().scheduleWithFixedDelay(lanes::readLags, 1, LAG_SECONDS, TimeUnit.SECONDS);
        setup.jobs().scheduleWithFixedDelay(lanes::prune, PRUNE_SECONDS, PRUNE_SECONDS, TimeUnit.SECONDS);
        return lanes;
    }

    /** For gateways. */
    public CommandPort port() {
        return office;
    }

    /** Of the server itself: sends a command, and leaves it to the sender to send it again if the lane does not take it. */
    public void send(CommandEnvelope command) {
        office.append(command, refused -> {
            if (refused != null) {
                LOG.atWarn()
                        .addKeyValue("type", command.type())
                        .addKeyValue("request", command.origin().requestId())
                        .log("not sent: {} {}", refused.errorCode(), refused.reason());
            }
        });
    }

    /** Something was committed past the lanes' own doors, or by another node: looks for it at once. Any thread. */
    @Override
    public void nudge(LaneHint hint) {
        for (LanePartition partition : hint.partitions()) {
            LaneLoop loop = loops.get(partition.lane());
            if (loop != null) { // another build may know more lanes
                loop.nudge(partition.index());
            }
        }
        if (hint.outboxes()) {
            relays.values().forEach(OutboxRelay::nudge);
        }
    }

    /** For REST. */
    public RestCommands rest() {
        return office;
    }

    /** Results that nobody was told before this process began. */
    private void remember() {
        for (String lane : loops.keySet()) {
            for (int p = 0; p < setup.store().partitionCount(); p++) {
                remember(new LanePartition(lane, p));
            }
        }
    }

    private void remember(LanePartition partition) {
        try {
            for (LaneStore.AnswerBatch batch : setup.store().answers(partition, ANSWER_BYTES_READ)) {
                answers.remember(others == null ? batch.answers() : Answers.forServices(batch.answers()));
            }
        } catch (LaneUnavailableException away) {
            if (others == null) {
                throw away;
            }
            LOG.atWarn()
                    .addKeyValue("partition", partition)
                    .log("what was answered before is not known: {}", away.getMessage());
        } catch (MalformedBytesException unreadable) {
            // Whoever misses one asks again and is told the outcome: no reason not to start.
            LOG.atError()
                    .setCause(unreadable)
                    .addKeyValue("partition", partition)
                    .log("results of before cannot be read and are not told again");
        }
    }

    private long lag(String lane, int which) {
        long[] lag = lags.get(lane);
        return lag == null ? 0 : lag[which];
    }

    private void readLags() {
        Map<String, long[]> read = new HashMap<>();
        try {
            for (String lane : loops.keySet()) {
                long[] sum = new long[3];
                for (LaneLag lag : setup.store().lags(lane)) {
                    sum[0] += lag.waitingCount();
                    sum[1] += lag.parkedCount();
                    sum[2] = Math.max(sum[2], lag.oldestMillis());
                }
                read.put(lane, sum);
            }
            lags = read;
        } catch (LaneUnavailableException away) {
            LOG.atDebug().log("lags are not known now: {}", away.getMessage());
        }
    }

    private void prune() {
        try {
            for (String lane : loops.keySet()) {
                int went;
                do {
                    went = setup.store().pruneAnswers(lane, Answers.KEPT_MILLIS);
                } while (went > 0);
            }
        } catch (LaneUnavailableException away) {
            LOG.atDebug().log("old results stay a while longer: {}", away.getMessage());
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (OutboxRelay relay : relays.values()) {
            relay.close();
        }
        try {
            turns.forEach(RelayTurn::giveBack);
        } catch (LaneUnavailableException away) {
            LOG.atDebug().log("leases of outboxes lapse: {}", away.getMessage());
        }
        for (LaneLoop loop : loops.values()) {
            loop.close();
        }
        waiting.shutdown();
        if (!waiting.awaitTermination(1, TimeUnit.SECONDS)) {
            LOG.atWarn().log("a call of the lanes to the store did not end in time and is abandoned");
        }
    }
}
