package dev.terrane.command;

import java.util.List;
import java.util.Optional;

/** What a {@link LaneConsumer} is told. */
public sealed interface LaneEvent {
    /** Answer to {@link LaneAction.Acquire}. */
    record Acquired(long ticket, Optional<LaneHold> hold) implements LaneEvent {}

    /** Answer to {@link LaneAction.Renew}. */
    record Renewed(long ticket, boolean held) implements LaneEvent {}

    /** Answer to {@link LaneAction.Read}. */
    record WasRead(long ticket, List<LaneSegment> segments) implements LaneEvent {}

    /** Answer to {@link LaneAction.Settle}. */
    record Settled(long ticket, boolean held) implements LaneEvent {}

    /** Answer to {@link LaneAction.Release}. */
    record Released(long ticket) implements LaneEvent {}

    /** Answer to any call: the store could not be reached. @param refused it was reached, but refused: somebody has to look at it */
    record Away(long ticket, String why, boolean refused) implements LaneEvent {}

    /** {@link CommandReceiver.Reply#answered}. */
    record Answered(long ticket, List<CommandReceiver.Verdict> verdicts) implements LaneEvent {}

    /** {@link CommandReceiver.Reply#unavailable}. */
    record Unavailable(long ticket, String why) implements LaneEvent {}
}
