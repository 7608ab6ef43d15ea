package dev.terrane.raft;

import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.coordinator.Agreement;
import dev.terrane.coordinator.CoordinatorLog.Proposed;
import dev.terrane.coordinator.CoordinatorState;
import dev.terrane.coordinator.EntryCodec;
import dev.terrane.coordinator.Outcome;
import dev.terrane.coordinator.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.ClientInvocationId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.util.LifeCycle;
import org.jspecify.annotations.Nullable;

/** This peer's copy of the state, to which Ratis applies what most peers have written. One thread of Ratis' applies and takes snapshots; any thread reads. */
final class CoordinatorMachine extends BaseStateMachine {
    private final Object lock = new Object();
    private final SimpleStateMachineStorage files = new SimpleStateMachineStorage();
    private final Observer observer;
    private CoordinatorState state = new CoordinatorState();
    private volatile long configurationTerm;
    private volatile long readyTerm;

    /** Told by Ratis' threads; must not wait. */
    interface Observer {
        /** @param by who has proposed it */
        void applied(ClientInvocationId by, Proposed.Applied applied);

        /** The state is another one now, or somebody else leads. */
        void changed();

        /** This copy cannot go on. */
        void broken(CoordinatorLogException why);
    }

    CoordinatorMachine(Observer observer) {
        this.observer = observer;
    }

    <T> T read(Function<CoordinatorState, T> look) {
        synchronized (lock) {
            return look.apply(state);
        }
    }

    /** The last term in which this peer led and had applied everything that came before; 0: none yet. */
    long readyTerm() {
        return readyTerm;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage storage) throws IOException {
        getLifeCycle().startAndTransition(() -> {
            super.initialize(server, group, storage);
            files.init(storage);
            restore();
        });
    }

    @Override
    public void pause() {
        if (getLifeCycleState() == LifeCycle.State.RUNNING) {
            getLifeCycle().transition(LifeCycle.State.PAUSING);
            getLifeCycle().transition(LifeCycle.State.PAUSED);
        }
    }

    /** A snapshot of the leader's lies in the folder now. */
    @Override
    public void reinitialize() throws IOException {
        files.loadLatestSnapshot();
        restore();
        if (getLifeCycleState() == LifeCycle.State.PAUSED) {
            getLifeCycle().transition(LifeCycle.State.STARTING);
            getLifeCycle().transition(LifeCycle.State.RUNNING);
        }
        observer.changed();
    }

    private void restore() {
        SingleFileSnapshotInfo snapshot = files.getLatestSnapshot();
        if (snapshot == null) {
            return;
        }
        try {
            CoordinatorState restored = SnapshotFile.read(snapshot.getFile().getPath());
            requireAgreement(restored);
            synchronized (lock) {
                state = restored;
                setLastAppliedTermIndex(snapshot.getTermIndex());
            }
        } catch (CoordinatorLogException e) {
            observer.broken(e);
            throw e;
        }
    }

    /** Who came back too late finds a cluster that has moved on. */
    private static void requireAgreement(CoordinatorState state) {
        Release agreed = Agreement.of(state);
        if (state.value(Agreement.KEY).isPresent() && !Release.OWN.speaks(agreed)) {
            throw new CoordinatorLogException("the coordinators have agreed on release %s, and this one is %s"
                    .formatted(agreed.family(), Release.OWN));
        }
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return files;
    }

    @Override
    public long takeSnapshot() throws IOException {
        TermIndex at;
        byte[] encoded;
        synchronized (lock) {
            at = getLastAppliedTermIndex();
            encoded = SnapshotFile.encode(state);
        }
        if (at.getIndex() < 0) {
            return RaftLog.INVALID_LOG_INDEX;
        }
        FileInfo written = SnapshotFile.write(files.getSnapshotFile(at.getTerm(), at.getIndex()), encoded);
        files.updateLatestSnapshot(new SingleFileSnapshotInfo(written, at.getTerm(), at.getIndex()));
        return at.getIndex();
    }

    /** At the leader, before it is in the log: what could not be read would stop every coordinator. */
    @Override
    public TransactionContext startTransaction(RaftClientRequest request) throws IOException {
        TransactionContext transaction = super.startTransaction(request);
        try {
            byte[] entry = request.getMessage().getContent().toByteArray();
            EntryCodec.decode(entry);
            Release agreed = read(Agreement::of);
            if (EntryCodec.language(entry) > agreed.language()) {
                transaction.setException(new IOException(
                        "it is an entry of a later release than %s, and not every coordinator may know it"
                                .formatted(agreed.family())));
            }
        } catch (MalformedBytesException e) {
            transaction.setException(new IOException("it is no entry that this leader knows: " + e.getMessage(), e));
        }
        return transaction;
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto logged = transaction.getLogEntry();
        Proposed.Applied applied = apply(logged);
        observer.applied(ClientInvocationId.valueOf(logged.getStateMachineLogEntry()), applied);
        observer.changed();
        return CompletableFuture.completedFuture(Message.valueOf(ByteString.copyFrom(AnswerCodec.encode(applied))));
    }

    private Proposed.Applied apply(LogEntryProto logged) {
        try {
            var entry = EntryCodec.decode(
                    logged.getStateMachineLogEntry().getLogData().toByteArray());
            synchronized (lock) {
                Outcome outcome = state.apply(logged.getTerm(), entry);
                requireAgreement(state);
                updateLastAppliedTermIndex(logged.getTerm(), logged.getIndex());
                return new Proposed.Applied(state.appliedCount(), logged.getTerm(), outcome);
            }
        } catch (RuntimeException e) {
            // Ratis would answer a failed future and go on, and this copy would differ from the others from here on. An
            // exception makes it stop.
            throw broken(
                    "entry %d of term %d in %s cannot be applied: %s. Start a build that knows it."
                            .formatted(logged.getIndex(), logged.getTerm(), place(), e),
                    e);
        }
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId self, RaftPeerId leader) {
        observer.changed();
    }

    @Override
    public void notifyConfigurationChanged(long term, long index, RaftConfigurationProto configuration) {
        configurationTerm = term;
    }

    /** Each leadership begins with a configuration entry of its term; this comes as soon as that one is applied, and so everything before. */
    @Override
    public void notifyLeaderReady() {
        readyTerm = configurationTerm;
        observer.changed();
    }

    @Override
    public void notifyLogFailed(Throwable cause, @Nullable LogEntryProto failed) {
        broken(
                "the log in %s cannot be written: %s. Make room or replace the disk, then start this coordinator again."
                        .formatted(place(), cause),
                cause);
    }

    private CoordinatorLogException broken(String why, Throwable cause) {
        CoordinatorLogException broken = new CoordinatorLogException(why, cause);
        observer.broken(broken);
        return broken;
    }

    private Path place() {
        return files.getSnapshotFile(0, 0).toPath().resolveSibling("../current").normalize();
    }
}
