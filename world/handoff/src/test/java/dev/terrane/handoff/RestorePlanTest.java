package dev.terrane.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.handoff.RestorePlan.CellPlan;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellInput.PeerRestarting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entity 10 goes from A to B with ownership 5; both crash after checkpoints taken before or after. */
class RestorePlanTest {
    private static final CellId A = HandoffMachineTest.cell(1);
    private static final CellId B = HandoffMachineTest.cell(2);
    private static final long[] NOBODY = {};

    private final HandoffMachine a = new HandoffMachine(A, 1, List.of(B), HandoffSettings.DEFAULT);
    private final HandoffMachine b = new HandoffMachine(B, 1, List.of(A), HandoffSettings.DEFAULT);
    private final List<CellInput> sent = new ArrayList<>();
    private final byte[] aBefore = image(a);
    private final byte[] bBefore = image(b);
    private final HandoffOffer offer = depart();
    private final byte[] aAfter = image(a);
    private final byte[] bAfter = arrive();

    private HandoffOffer depart() {
        a.depart(1, B, HandoffMachineTest.leaver(10), (to, message) -> {
            sent.add(message);
            return Admission.ACCEPTED;
        });
        return (HandoffOffer) sent.getFirst();
    }

    private byte[] arrive() {
        assertThat(b.onOffer(offer)).isEqualTo(Arrival.APPLY);
        return image(b);
    }

    private static byte[] image(HandoffMachine machine) {
        ByteWriter out = new ByteWriter(64);
        machine.write(1, out);
        return out.toBytes();
    }

    /** @param ownership of entity 10, 0 when it does not live there */
    private static RestoredCell restored(CellId cell, byte[] image, int ownership, long... loggedOut) {
        HandoffMachine machine = new HandoffMachine(cell, 2, List.of(), HandoffSettings.DEFAULT);
        machine.read(new ByteReader(image));
        return ownership == 0
                ? new RestoredCell(cell, true, machine, NOBODY, new int[0], loggedOut)
                : new RestoredCell(cell, true, machine, new long[] {10}, new int[] {ownership}, loggedOut);
    }

    private static List<CellPlan> plan(RestoredCell... cells) {
        return RestorePlan.of(List.of(cells));
    }

    @Test
    void keepsItAtTheSourceWhenNobodyKnowsOfTheHandoff() {
        List<CellPlan> plans = plan(restored(A, aBefore, 4), restored(B, bBefore, 0));
        assertThat(plans.get(0).drop()).isEmpty();
        assertThat(plans.get(1).deliveries()).isEmpty();
    }

    @Test
    void dropsItAtTheSourceWhenTheTargetHasIt() {
        assertThat(plan(restored(A, aBefore, 4), restored(B, bAfter, 5))
                        .getFirst()
                        .drop())
                .containsExactly(10);
    }

    @Test
    void dropsItAtTheSourceWhenItDiedAtTheTarget() {
        assertThat(plan(restored(A, aBefore, 4), restored(B, bAfter, 0))
                        .getFirst()
                        .drop())
                .containsExactly(10);
    }

    @Test
    void deliversTheKeptCopyWhenTheTargetForgotIt() {
        RestoredCell target = restored(B, bBefore, 0);
        CellPlan plan = plan(restored(A, aAfter, 0), target).get(1);
        assertThat(target.handoff().restore(plan))
                .extracting(HandoffOffer::entity)
                .containsExactly(10L);
        assertThat(target.handoff().onOffer(offer))
                .as("its former self is fenced")
                .isEqualTo(Arrival.STALE);
    }

    @Test
    void deliversNothingThatTheTargetHas() {
        assertThat(plan(restored(A, aAfter, 0), restored(B, bAfter, 5)).get(1).deliveries())
                .isEmpty();
    }

    @Test
    void countsAnOutdatedKeptCopyAsArrivedWithoutSpawningIt() {
        CellId c = HandoffMachineTest.cell(3);
        RestoredCell target = restored(B, bBefore, 0);
        RestoredCell owner = restored(c, bBefore, 6);
        CellPlan plan = plan(restored(A, aAfter, 0), target, owner).get(1);
        assertThat(target.handoff().restore(plan)).isEmpty();
        assertThat(plan.deliveries()).hasSize(1);
        assertThat(target.handoff().arrivalCount())
                .as("proof that A's copy is outdated")
                .isEqualTo(1);
    }

    @Test
    void leavesTheLoggedOutAway() {
        assertThat(plan(restored(A, aBefore, 4, 10), restored(B, bBefore, 0))
                        .getFirst()
                        .drop())
                .containsExactly(10);
        CellPlan plan =
                plan(restored(A, aAfter, 0, 10), restored(B, bBefore, 0)).get(1);
        assertThat(plan.deliveries()).extracting(RestorePlan.Delivery::spawn).containsExactly(false);
    }

    @Test
    void keepsACopyThatCameBackAfterAnOlderOneLoggedOut() {
        assertThat(plan(restored(A, aBefore, 4, 10), restored(B, bAfter, 5))
                        .get(1)
                        .drop())
                .isEmpty();
    }

    @Test
    void forgetsArrivalsFromACellThatWasTakenAwayMeanwhile() {
        a.onAck(new CellInput.HandoffAck(B, 1, 1, 1, 1)); // stable at the target: A keeps nothing, and is taken away
        HandoffMachine resting = new HandoffMachine(A, 1, List.of(), HandoffSettings.DEFAULT);
        resting.read(new ByteReader(image(a)));
        RestoredCell target = restored(B, bAfter, 5);
        assertThat(target.handoff().arrivalCount()).isEqualTo(1);
        CellPlan plan = RestorePlan.of(List.of(target), List.of(resting)).getFirst();
        target.handoff().restore(plan);
        assertThat(target.handoff().arrivalCount())
                .as("nobody would ever tell it that the departure is stable")
                .isZero();
        assertThat(target.handoff().onOffer(offer)).as("the mark stays").isEqualTo(Arrival.DUPLICATE);
    }

    @Test
    void plansForRestartingCellsOnly() {
        RestoredCell dead = restored(B, bBefore, 0);
        RestoredCell living = new RestoredCell(A, false, a, NOBODY, new int[0], NOBODY);
        List<CellPlan> plans = plan(living, dead);
        assertThat(plans).extracting(CellPlan::cell).containsExactly(B);
        assertThat(plans.getFirst().others()).containsExactly(new PeerRestarting(A, 1));
        assertThat(plans.getFirst().restartedTogether()).isEmpty();
    }

    @Test
    void knowsWhetherAPeerHasHeardOfTheRestart() {
        assertThat(RestorePlan.knows(a, B, 2)).isFalse();
        a.onPeerRestarting(new PeerRestarting(B, 2));
        assertThat(RestorePlan.knows(a, B, 2)).isTrue();
        assertThat(RestorePlan.knows(a, B, 3)).isFalse();
        assertThat(RestorePlan.knows(a, HandoffMachineTest.cell(9), 1)).isFalse();
    }

    @Test
    void refusesThePlanOfAnotherCellOrOfAnotherCheckpoint() {
        RestoredCell target = restored(B, bBefore, 0);
        List<CellPlan> plans = plan(restored(A, aAfter, 0), target);
        assertThatThrownBy(() -> target.handoff().restore(plans.getFirst()))
                .isInstanceOf(IllegalArgumentException.class);
        target.handoff().restore(plans.get(1));
        assertThatThrownBy(() -> target.handoff().restore(plans.get(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("another checkpoint");
    }
}
