package dev.terrane.cell;

import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellFrame;
import dev.terrane.protocol.cluster.CommandBodies;
import dev.terrane.protocol.cluster.IntentBodies;
import org.jspecify.annotations.Nullable;

/** Between a cell and its tap: notes what a tick consumes, and what others answer to it. Does next to nothing for a cell without a tap. */
final class TapLine {
    private final @Nullable CellTap tap;
    private final Body body;
    private final IntentBodies intents;
    private final RunningFormat.Words words;
    private final Answers answers;

    /** The tick's log, written by {@link Answers} too, which is made before the body is. */
    static final class Answers {
        private @Nullable TickLog log;

        /** The same ports, overheard. */
        CellPorts overhear(CellPorts ports) {
            return new CellPorts(
                    (cell, epoch, message) -> {
                        Admission answer = ports.cells().offer(cell, epoch, message);
                        note(answer);
                        return answer;
                    },
                    (gateway, message) -> {
                        boolean accepted = ports.gateways().offer(gateway, message);
                        if (!(message instanceof CellFrame)) { // what becomes of a frame is forgotten at once
                            note(accepted ? Admission.ACCEPTED : Admission.FULL);
                        }
                        return accepted;
                    },
                    ports.listener(),
                    ports.meters(),
                    ports.stopwatchNanos(),
                    ports.taps());
        }

        private void note(Admission answer) {
            if (log != null) {
                log.answered(answer);
            }
        }
    }

    TapLine(@Nullable CellTap tap, Body body, IntentBodies intents, Answers answers) {
        this.tap = tap;
        this.body = body;
        this.intents = intents;
        this.words = words(command -> {
            throw new IllegalStateException("written only, but " + command.type() + " is read");
        });
        this.answers = answers;
    }

    /** Where to note what the tick consumes; null when nobody wants to know. */
    @Nullable
    TickLog begin(long tick, long simulatedAtMillis) {
        answers.log = tap == null ? null : new TickLog(tick, simulatedAtMillis);
        return answers.log;
    }

    void end(boolean imageTaken) {
        TickLog log = answers.log;
        if (tap == null || log == null) {
            return;
        }
        answers.log = null;
        log.end(imageTaken, Pulse.of(body, tap.hashTicks()));
        tap.ticked(log);
        boolean marksCleared = body.tick % body.spec.settings().rates().ticksPerSnapshot() == 0;
        if (marksCleared && tap.baseDue(body.tick)) {
            long began = body.ports.stopwatchNanos().getAsLong();
            RunningDraft draft = RunningFormat.draft(body, words);
            body.meters.baseNanos.record(body.ports.stopwatchNanos().getAsLong() - began);
            tap.base(draft);
        }
    }

    /** See {@link ImageDesk#prepare}. */
    void prepare() {
        if (tap != null) {
            RunningFormat.draft(body, words).discard();
        }
    }

    void fail() {
        TickLog log = answers.log;
        if (tap != null && log != null) {
            answers.log = null;
            log.fail();
            tap.ticked(log);
        }
    }

    RunningFormat.Words words(CommandBodies commands) {
        return RunningFormat.Words.of(body.spec.cell().world(), intents, commands);
    }

    /** For writing. */
    RunningFormat.Words words() {
        return words;
    }

    void interrupted() {
        if (tap != null) {
            tap.interrupted();
        }
    }
}
