package dev.terrane.simulation;

import dev.terrane.base.CellId;
import dev.terrane.simulation.Drill.Diary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Each input is applied once, in order, with its own content; none is lost but those that were dropped and counted; a button pressed is felt once; numbers go
 * on over hand-offs and reconnects. A crash may roll an avatar back to its last image.
 */
final class InputChecker extends Checker {
    private final Ledger ledger;
    private final Tally tally;
    private final List<SimClient> clients;
    private final Map<Long, Diary> last = new HashMap<>();
    private boolean crashed;

    InputChecker(Ledger ledger, Tally tally, List<SimClient> clients) {
        this.ledger = ledger;
        this.tally = tally;
        this.clients = clients;
    }

    @Override
    public void died(CellId cell, long epoch) {
        crashed = true;
    }

    @Override
    void afterTick(Observation world) {
        require(ledger.faults().isEmpty(), () -> ledger.faults().getFirst());
        long skipped = 0;
        for (Sighting sighting : world.all) {
            Diary diary = sighting.diary();
            if (diary != null) {
                check(sighting, diary);
                skipped += diary.skippedCount();
            }
        }
        long dropped = tally.of("cell_inputs_dropped/drop_oldest") + tally.of("gateway_inputs/dropped");
        long lost = skipped;
        require(
                crashed || lost <= dropped,
                () -> lost + " inputs never reached their avatars, but only " + dropped + " were dropped and counted");
    }

    private void check(Sighting avatar, Diary diary) {
        Diary before = last.put(avatar.id(), diary);
        require(
                crashed || before == null || diary.lastSeq() >= before.lastSeq(),
                () -> name(avatar.id()) + " had applied input " + (before == null ? 0 : before.lastSeq()) + " and now "
                        + diary.lastSeq());
        require(
                diary.appliedCount() + diary.skippedCount() == diary.lastSeq(),
                () -> name(avatar.id()) + " in " + avatar.cell() + " has applied " + diary.appliedCount()
                        + " inputs and missed " + diary.skippedCount() + ", but the last was " + diary.lastSeq());
        require(
                avatar.ackedSeq() == diary.lastSeq() || avatar.session() == 0,
                () -> name(avatar.id()) + " in " + avatar.cell() + " acknowledges " + avatar.ackedSeq()
                        + ", but was last given " + diary.lastSeq());
        int pressed = diary.lastSeq() / DrillMoves.PRESS_EVERY;
        require(
                diary.pressedCount() <= pressed && diary.pressedCount() >= pressed - diary.skippedCount(),
                () -> name(avatar.id()) + " in " + avatar.cell() + " felt " + diary.pressedCount() + " presses of "
                        + pressed + ", with " + diary.skippedCount() + " inputs missed");
    }

    @Override
    String unsettled(Observation world) {
        for (SimClient client : clients) {
            if (!client.playing()) {
                return client + " does not play: " + client.lastError();
            }
            Sighting avatar = world.find(client.avatar());
            Diary diary = avatar == null ? null : avatar.diary();
            if (avatar == null || diary == null) {
                return client + " drives " + name(client.avatar()) + ", which is nowhere";
            }
            if (diary.lastSeq() != client.sentSeq() || client.ackedSeq() != client.sentSeq()) {
                return client + " has sent " + client.sentSeq() + " inputs; its avatar was last given "
                        + diary.lastSeq() + ", acknowledged is " + client.ackedSeq();
            }
        }
        return "";
    }
}
