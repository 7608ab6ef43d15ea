package dev.terrane.server.lanes;

import dev.terrane.command.CommandEnvelope;
import dev.terrane.command.DeadLetters;
import dev.terrane.command.LaneHold;
import dev.terrane.command.LaneLag;
import dev.terrane.command.LaneLease;
import dev.terrane.command.LanePartition;
import dev.terrane.command.LaneSegment;
import dev.terrane.command.LaneStore;
import dev.terrane.command.Settlement;
import java.util.List;
import java.util.Optional;

/** A store without memory: gives every lease, keeps nothing, and in each partition one command waits for ever until it is settled. Any thread. */
class ScriptedLaneStore implements LaneStore {
    private final int partitionCount;

    ScriptedLaneStore(int partitionCount) {
        this.partitionCount = partitionCount;
    }

    /** The command that waits in a partition. */
    static CommandEnvelope command(int partition) {
        return new CommandEnvelope(
                "cmd.shop.buy",
                1,
                "key-" + partition,
                new CommandEnvelope.Origin("character:ann", "request-" + partition),
                new CommandEnvelope.Trace("e" + partition, "", "", "node-1", 1),
                new byte[] {'{', '}'});
    }

    @Override
    public int partitionCount() {
        return partitionCount;
    }

    @Override
    public Appended append(String lane, List<CommandEnvelope> commands) {
        return new Appended.Kept(List.of());
    }

    @Override
    public Optional<LaneHold> acquire(LanePartition partition, String holder, long ttlMillis) {
        return Optional.of(new LaneHold(new LaneLease(partition, holder, 1), 0, 0, List.of()));
    }

    @Override
    public boolean renew(LaneLease lease, long settledNumber, long ttlMillis) {
        return true;
    }

    @Override
    public void release(LaneLease lease) {}

    @Override
    public List<LaneSegment> read(LanePartition partition, long fromOffset, int countMax) {
        return fromOffset > 0 ? List.of() : List.of(new LaneSegment(partition, 0, List.of(command(partition.index()))));
    }

    @Override
    public boolean settle(LaneLease lease, long ttlMillis, Settlement settlement) {
        return true;
    }

    @Override
    public List<AnswerBatch> answers(LanePartition partition, long bytesMax) {
        return List.of();
    }

    @Override
    public int pruneAnswers(String lane, long olderThanMillis) {
        return 0;
    }

    @Override
    public List<LaneLag> lags(String lane) {
        return List.of();
    }

    @Override
    public DeadLetters deadLetters() {
        throw new UnsupportedOperationException();
    }
}
