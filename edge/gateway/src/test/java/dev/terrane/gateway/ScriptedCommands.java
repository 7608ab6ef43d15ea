package dev.terrane.gateway;

import dev.terrane.command.CommandResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lane that remembers what it was told and answers when the test says so. */
final class ScriptedCommands implements CommandPort {
    record Submitted(Caller caller, Wish wish) {}

    record Acked(Caller caller, List<String> requestIds) {}

    final List<Caller> attached = new ArrayList<>();
    /** Those of {@link #attached} whose clients have played before. */
    final List<Caller> resumed = new ArrayList<>();

    final List<Caller> detached = new ArrayList<>();
    final List<Submitted> submitted = new ArrayList<>();
    final List<Acked> acked = new ArrayList<>();
    /** The answer to everything; null: accepted. */
    CommandResult.@Nullable Refused refusal;
    /** Put into the inbox of whoever is attached, at once. */
    final List<LaneOutput.Result> kept = new ArrayList<>();

    @Override
    public void attached(Caller caller, boolean hasPlayed, GatewayInbox answerTo) {
        attached.add(caller);
        if (hasPlayed) {
            resumed.add(caller);
        }
        for (LaneOutput.Result result : kept) {
            answerTo.offer(new LaneOutput.Result(caller.session(), result.requestId(), result.type(), result.result()));
        }
    }

    @Override
    public Submission submit(Caller caller, Wish wish) {
        submitted.add(new Submitted(caller, wish));
        return refusal == null ? Submission.ACCEPTED : new Submission.Refused(refusal);
    }

    @Override
    public void acked(Caller caller, List<String> requestIds) {
        acked.add(new Acked(caller, requestIds));
    }

    @Override
    public void detached(Caller caller) {
        detached.add(caller);
    }
}
