package dev.terrane.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.terrane.coordinator.Agreement;
import dev.terrane.coordinator.CoordinatorLog;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.Entry;
import dev.terrane.coordinator.EntryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.conf.Parameters;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcFactory;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.ClientInvocationId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.rpc.CallId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.util.ExitUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One coordinator's part in the log that Ratis keeps.
 *
 * <p>An answer comes within {@link RaftTimings#answerWithin}. A proposal is sent once: where it may have arrived, this peer's own copy tells, or nobody does. Closing is as abrupt as a
 * kill: leadership is not handed over, and nothing is written that would not be there anyway.
 */
public final class RaftCoordinatorLog implements CoordinatorLog, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RaftCoordinatorLog.class);
    private static final RaftGroupId GROUP =
            RaftGroupId.valueOf(UUID.nameUUIDFromBytes("terrane-coordinators".getBytes(UTF_8)));
    private static final long LOOK_MILLIS = 50;
    /** A leader's silence to most, in longest election times. Below 2, what Ratis calls healthy would be lost. */
    private static final int SILENCE_FACTOR = 2;

    private final LogThreads threads;
    private final ChangeTeller changes;
    private final CoordinatorMachine machine;
    private final RaftServer server;
    private final RaftClientRpc network;
    private final Proposals proposals;
    private final LeadershipView view;
    private final ClientId client = ClientId.randomId();
    private final AtomicReference<@Nullable CoordinatorLogException> broken = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile Leadership seen = new Leadership(0, "", false);

    /**
     * Takes part from now on.
     *
     * @throws CoordinatorLogException if the folder or the address cannot be used
     */
    public static RaftCoordinatorLog open(RaftSettings settings) {
        return open(settings, RatisProperties.SEGMENT_BYTES);
    }

    static RaftCoordinatorLog open(RaftSettings settings, long segmentBytes) {
        return new RaftCoordinatorLog(settings, segmentBytes);
    }

    private RaftCoordinatorLog(RaftSettings settings, long segmentBytes) {
        RaftProperties properties = RatisProperties.of(settings, segmentBytes);
        RaftTrust trust = settings.trust();
        Parameters parameters = trust == null ? new Parameters() : LogTls.parameters(settings, trust);
        RaftGroup group = RaftGroup.valueOf(
                GROUP, settings.peers().stream().map(RaftCoordinatorLog::peer).toList());
        var option = StorageFolder.look(folder(settings));
        // By itself, Ratis ends the process when its port is taken.
        ExitUtils.disableSystemExit();
        threads = new LogThreads(settings.self());
        changes = new ChangeTeller(threads.listener());
        machine = new CoordinatorMachine(new Observer());
        network = new GrpcFactory(parameters).newRaftClientRpc(client, properties);
        network.addRaftPeers(group.getPeers());
        try {
            server = RaftServer.newBuilder()
                    .setServerId(RaftPeerId.valueOf(settings.self()))
                    .setGroup(group)
                    .setProperties(properties)
                    .setParameters(parameters)
                    .setStateMachine(machine)
                    .setOption(option)
                    .build();
        } catch (IOException | RuntimeException e) {
            closeNetwork();
            threads.close();
            throw startFailure(settings, e);
        }
        LeaderPath path = new LeaderPath(server, GROUP, client, network, threads.calls());
        proposals = new Proposals(
                path, settings.timings().answerWithin(), threads.clock(), threads.sender(), threads.teller());
        try {
            server.start();
            view = new LeadershipView(
                    server.getDivision(GROUP).getInfo(),
                    machine::readyTerm,
                    settings.peers().size(),
                    SILENCE_FACTOR * settings.timings().electionMax().toMillis());
        } catch (IOException | RuntimeException e) {
            close();
            throw startFailure(settings, e);
        }
        threads.every(LOOK_MILLIS, this::lookAround);
    }

    private static RaftPeer peer(CoordinatorPeer peer) {
        return RaftPeer.newBuilder()
                .setId(peer.name())
                .setAddress(peer.address())
                .build();
    }

    private CoordinatorLogException startFailure(RaftSettings settings, Exception e) {
        CoordinatorLogException known = broken.get();
        if (known != null) {
            return known;
        }
        StringBuilder why = new StringBuilder();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ExitUtils.ExitException) {
                ExitUtils.clear();
                return new CoordinatorLogException(
                        "coordinator %s cannot listen on %s: %s. Is it running already?"
                                .formatted(settings.self(), settings.own().address(), cause.getMessage()),
                        e);
            }
            why.append(why.isEmpty() ? "" : ", because of ").append(cause);
        }
        String file = StorageFolder.damagedLog(folder(settings))
                .map(damaged -> "; damaged is " + damaged)
                .orElse("");
        return new CoordinatorLogException(
                "coordinator %s cannot start with what is in %s: %s%s. %s"
                        .formatted(settings.self(), settings.folder(), why, file, StorageFolder.WAY_OUT),
                e);
    }

    private static Path folder(RaftSettings settings) {
        return settings.folder().resolve(GROUP.getUuid().toString());
    }

    @Override
    public void propose(Entry entry, Consumer<Proposed> answer) {
        byte[] bytes = EntryCodec.encode(entry, machine.read(Agreement::of).language());
        if (bytes.length > EntryCodec.ENTRY_BYTES_MAX) {
            throw new IllegalArgumentException("an entry of %d bytes is longer than %d: propose less at once"
                    .formatted(bytes.length, EntryCodec.ENTRY_BYTES_MAX));
        }
        proposals.propose(bytes, answer);
    }

    @Override
    public <T> T read(Function<CoordinatorState, T> look) {
        return machine.read(look);
    }

    @Override
    public Leadership leadership() {
        Leadership leadership = view.look();
        return closed.get() || broken.get() != null || !view.isRunning()
                ? new Leadership(leadership.term(), "", false)
                : leadership;
    }

    @Override
    public void onChange(Runnable listener) {
        changes.listener(listener);
    }

    /**
     * Gives leadership away, for example before a planned stop: then nobody waits for an election. Blocks, at most so long.
     *
     * @param to another coordinator; it has to have everything by then
     * @return whether it leads now; false also when leadership was not here
     */
    public boolean handOver(String to, Duration within) {
        if (!leadership().isHere()) {
            return false;
        }
        try {
            RaftClientReply reply = server.transferLeadership(new TransferLeadershipRequest(
                    client,
                    server.getId(),
                    GROUP,
                    CallId.getAndIncrement(),
                    RaftPeerId.valueOf(to),
                    within.toMillis()));
            return reply.isSuccess();
        } catch (IOException refused) {
            LOG.atInfo().addKeyValue("to", to).addKeyValue("why", refused).log("leadership was not handed over");
            return false;
        }
    }

    /** Why this coordinator takes no part any more, though it was not closed; null while all is well. */
    public @Nullable CoordinatorLogException broken() {
        return broken.get();
    }

    /** Ratis does not tell of a lost leadership, nor of its own end. */
    private void lookAround() {
        Leadership now = leadership();
        if (!now.equals(seen)) {
            seen = now;
            changes.changed();
        }
        if (view.hasEnded() && !closed.get()) {
            breakDown(new CoordinatorLogException(
                    "Ratis has stopped by itself; its own log says why. Start this coordinator again."));
        }
    }

    private void breakDown(CoordinatorLogException why) {
        if (broken.compareAndSet(null, why)) {
            LOG.error("{}", why.getMessage(), why);
            changes.changed();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        proposals.close();
        try {
            server.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", e).log("the coordinators' log was not closed cleanly");
        }
        closeNetwork();
        threads.close();
    }

    private void closeNetwork() {
        try {
            network.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", e).log("connections to other coordinators were not closed cleanly");
        }
    }

    private final class Observer implements CoordinatorMachine.Observer {
        @Override
        public void applied(ClientInvocationId by, Proposed.Applied applied) {
            if (by.getClientId().equals(client)) {
                proposals.finish(by.getLongId(), applied);
            }
        }

        @Override
        public void changed() {
            changes.changed();
        }

        @Override
        public void broken(CoordinatorLogException why) {
            breakDown(why);
        }
    }
}
