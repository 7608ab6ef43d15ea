package dev.terrane.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.CellId;
import dev.terrane.base.RegionId;
import dev.terrane.base.StateHash;
import dev.terrane.base.WorldId;
import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import dev.terrane.bytes.MalformedBytesException;
import dev.terrane.protocol.cluster.Admission;
import dev.terrane.protocol.cluster.CellInput;
import dev.terrane.protocol.cluster.CellInput.DeparturesStable;
import dev.terrane.protocol.cluster.CellInput.HandoffAck;
import dev.terrane.protocol.cluster.CellInput.HandoffOffer;
import dev.terrane.protocol.cluster.CellInput.PeerContinues;
import dev.terrane.protocol.cluster.CellInput.PeerRestarting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandoffMachineTest {
    private static final CellId SOURCE = cell(1);
    private static final CellId TARGET = cell(2);
    private static final HandoffSettings SETTINGS = new HandoffSettings(3, 10, 2, 5);

    private final List<CellInput> sent = new ArrayList<>();
    private Admission answer = Admission.ACCEPTED;
    private final HandoffMachine source = new HandoffMachine(SOURCE, 1, List.of(TARGET), SETTINGS);
    private final HandoffMachine target = new HandoffMachine(TARGET, 1, List.of(SOURCE), SETTINGS);

    static CellId cell(int number) {
        return new CellId(new WorldId("test"), new RegionId(number, 0), 0);
    }

    static Leaver leaver(long entity) {
        return new Leaver(entity, 4, 1, 2, new byte[] {9}, 77, 0, 55);
    }

    private Admission send(CellId to, CellInput message) {
        if (answer == Admission.ACCEPTED) {
            sent.add(message);
        }
        return answer;
    }

    private HandoffOffer depart(long tick, long entity) {
        assertThat(source.depart(tick, TARGET, leaver(entity), this::send)).isEqualTo(Admission.ACCEPTED);
        return (HandoffOffer) sent.removeLast();
    }

    /** What the machine sends in this tick. */
    private List<CellInput> flush(HandoffMachine machine, long tick) {
        sent.clear();
        machine.flush(tick, this::send);
        return List.copyOf(sent);
    }

    private static ByteWriter image(HandoffMachine machine, long tick) {
        ByteWriter out = new ByteWriter(64);
        machine.write(tick, out);
        return out;
    }

    @Test
    void numbersHandoffsAndRaisesOwnership() {
        HandoffOffer first = depart(1, 10);
        assertThat(first.seq()).isEqualTo(1);
        assertThat(first.ownership()).isEqualTo(5);
        assertThat(first.sourceEpoch()).isEqualTo(1);
        assertThat(depart(1, 11).seq()).isEqualTo(2);
        assertThat(source.keptCount()).isEqualTo(2);
        assertThat(source.inTransit(10)).isTrue();
        assertThat(source.inTransit(12)).isFalse();
    }

    @Test
    void tellsTheTickOfAHandoffOnceAndNotWhenItIsSentAgain() {
        assertThat(depart(4, 10).madeTick()).isEqualTo(4);
        HandoffOffer again =
                (HandoffOffer) flush(source, 4 + SETTINGS.retryTicks()).getFirst();
        assertThat(again.seq()).isEqualTo(1);
        assertThat(again.madeTick()).isEqualTo(HandoffOffer.UNKNOWN_TICK);
    }

    @Test
    void keepsAnEntityHomeWhenTheTargetIsFull() {
        answer = Admission.FULL;
        assertThat(source.depart(1, TARGET, leaver(10), this::send)).isEqualTo(Admission.FULL);
        assertThat(source.keptCount()).isZero();
        answer = Admission.ACCEPTED;
        assertThat(depart(2, 11).seq()).as("the refused one took no number").isEqualTo(1);
    }

    @Test
    void keepsEntitiesHomeWhenTooManyCopiesAreKept() {
        for (int i = 0; i < SETTINGS.keptCountMax(); i++) {
            depart(1, i + 1);
        }
        assertThat(source.depart(1, TARGET, leaver(99), this::send)).isEqualTo(Admission.FULL);
    }

    @Test
    void refusesToHandToItself() {
        assertThatThrownBy(() -> source.depart(1, SOURCE, leaver(1), this::send))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another cell");
    }

    @Test
    void appliesEachNumberOnceAndInOrder() {
        HandoffOffer first = depart(1, 10);
        HandoffOffer second = depart(1, 11);
        assertThat(target.onOffer(second)).isEqualTo(Arrival.GAP);
        assertThat(target.onOffer(first)).isEqualTo(Arrival.APPLY);
        assertThat(target.onOffer(first)).isEqualTo(Arrival.DUPLICATE);
        assertThat(target.onOffer(second)).isEqualTo(Arrival.APPLY);
        assertThat(flush(target, 1)).containsExactly(new HandoffAck(TARGET, 1, 1, 2, 0));
        assertThat(flush(target, 2)).as("nothing new").isEmpty();
    }

    @Test
    void sendsUnacknowledgedCopiesAgainWithAPauseAndALimit() {
        depart(1, 10);
        depart(1, 11);
        depart(1, 12);
        assertThat(flush(source, 3)).isEmpty();
        assertThat(flush(source, 4))
                .extracting(offer -> ((HandoffOffer) offer).seq())
                .containsExactly(1L, 2L);
        assertThat(flush(source, 5)).isEmpty();
        source.onAck(new HandoffAck(TARGET, 1, 1, 2, 0));
        assertThat(flush(source, 8))
                .extracting(offer -> ((HandoffOffer) offer).seq())
                .containsExactly(3L);
    }

    @Test
    void asksOnceInAWhileWhetherAnArrivalIsStable() {
        depart(1, 10);
        depart(1, 11);
        source.onAck(new HandoffAck(TARGET, 1, 1, 2, 0));
        assertThat(flush(source, 9)).isEmpty();
        assertThat(flush(source, 12))
                .extracting(offer -> ((HandoffOffer) offer).seq())
                .containsExactly(2L);
        source.onAck(new HandoffAck(TARGET, 1, 1, 2, 2));
        assertThat(source.keptCount()).isZero();
    }

    @Test
    void callsAnArrivalStableOnlyWhenItsImageIsStored() {
        target.onOffer(depart(1, 10));
        image(target, 5);
        target.onOffer(depart(6, 11));
        image(target, 7);
        flush(target, 7);
        target.onCheckpointStored(5);
        assertThat(flush(target, 8)).contains(new HandoffAck(TARGET, 1, 1, 2, 1));
        target.onCheckpointStored(7);
        assertThat(flush(target, 9)).contains(new HandoffAck(TARGET, 1, 1, 2, 2));
    }

    @Test
    void remembersArrivalsUntilTheirDepartureIsStable() {
        target.onOffer(depart(1, 10));
        target.onOffer(depart(2, 11));
        assertThat(target.arrivalCount()).isEqualTo(2);
        image(source, 1);
        source.onCheckpointStored(1);
        CellInput news = flush(source, 3).getFirst();
        assertThat(news).isEqualTo(new DeparturesStable(SOURCE, 1, 2, 1, 1));
        target.onDeparturesStable((DeparturesStable) news);
        assertThat(target.arrivalCount()).isZero();
    }

    @Test
    void endsWhatIsDueToACellThatIsGone() {
        HandoffOffer offer = depart(1, 10);
        target.onOffer(offer);
        image(target, 5);
        target.onCheckpointStored(5);
        assertThat(tried(target, 6, Admission.SEALED)).as("it restarts").hasSize(2);
        assertThat(tried(target, 7, Admission.UNKNOWN)).as("it is gone").hasSize(2);
        assertThat(tried(target, 8, Admission.UNKNOWN)).isEmpty();
        target.onOffer(offer);
        assertThat(flush(target, 9))
                .as("it is there after all, and asks")
                .containsExactly(new HandoffAck(TARGET, 1, 1, 1, 1));
        image(target, 10);
        target.onCheckpointStored(10);
        assertThat(flush(target, 11)).as("with the next image").hasSize(2);
    }

    @Test
    void offersAKeptCopyAlsoToACellThatIsGone() {
        depart(1, 10);
        for (int tick = 4; tick < 100; tick += SETTINGS.retryTicks()) {
            assertThat(tried(source, tick, Admission.UNKNOWN)).hasSize(1);
        }
        assertThat(source.keptCount()).isEqualTo(1);
        assertThat(source.atRest()).isFalse();
    }

    /** Others remember who came from its former self until they hear that its stored image knows of that. */
    @Test
    void isNotAtRestBeforeAnImageOfItsOwnIsStoredAndTold() {
        assertThat(source.atRest()).as("nothing of this epoch is stored").isFalse();
        image(source, 8);
        source.onCheckpointStored(8);
        flush(source, 9);
        assertThat(source.atRest()).isTrue();
    }

    /** What the machine tries to send in this tick, each time answered so. */
    private static List<CellInput> tried(HandoffMachine machine, long tick, Admission answer) {
        List<CellInput> tried = new ArrayList<>();
        machine.flush(tick, (_, message) -> {
            tried.add(message);
            return answer;
        });
        return tried;
    }

    @Test
    void ignoresNewsOfImagesThatItDidNotTake() {
        depart(1, 10);
        image(source, 8);
        source.onCheckpointStored(7);
        assertThat(flush(source, 2)).isEmpty();
    }

    @Test
    void refusesTheFormerSelfOfARestartedPeer() {
        HandoffOffer old = depart(1, 10);
        target.onPeerRestarting(new PeerRestarting(SOURCE, 2));
        assertThat(target.onOffer(old)).isEqualTo(Arrival.STALE);
        assertThat(flush(target, 1)).isEmpty();
    }

    @Test
    void sendsCopiesOfItsFormerEpochUnderTheirOldNumbers() {
        depart(1, 10);
        HandoffMachine restarted = new HandoffMachine(SOURCE, 3, List.of(TARGET), SETTINGS);
        restarted.read(new ByteReader(image(source, 2).toBytes()));
        HandoffOffer again = (HandoffOffer) flush(restarted, 100).getFirst();
        assertThat(again.sourceEpoch()).isEqualTo(1);
        assertThat(again.senderEpoch()).isEqualTo(3);
        assertThat(again.seq()).isEqualTo(1);
        assertThat(again.image()).containsExactly(9);
        restarted.onAck(new HandoffAck(TARGET, 1, 1, 1, 1));
        assertThat(restarted.keptCount()).isZero();
        assertThat(restarted.depart(101, TARGET, leaver(20), this::send)).isEqualTo(Admission.ACCEPTED);
        assertThat(((HandoffOffer) sent.getLast()).sourceEpoch()).isEqualTo(3);
    }

    @Test
    void goesOnUnderAHigherEpochWithCopiesUnderTheirOldNumbers() {
        HandoffOffer first = depart(1, 10);
        target.onOffer(first);
        image(source, 2); // whether it reached the store nobody will say
        source.continueUnder(3);
        HandoffOffer again = (HandoffOffer) flush(source, 3).getFirst();
        assertThat(again.senderEpoch()).isEqualTo(3);
        assertThat(again.sourceEpoch()).isEqualTo(1);
        assertThat(again.seq()).isEqualTo(1);
        assertThat(target.onOffer(again)).isEqualTo(Arrival.DUPLICATE);
        HandoffOffer next = depart(4, 11);
        assertThat(next.sourceEpoch()).isEqualTo(3);
        assertThat(next.seq()).isEqualTo(1);
        assertThat(target.onOffer(next)).isEqualTo(Arrival.APPLY);
        source.onCheckpointStored(2);
        assertThat(flush(source, 4)).as("that image was of another epoch").isEmpty();
        image(source, 5);
        source.onCheckpointStored(5);
        assertThat(flush(source, 5)).containsExactly(new DeparturesStable(SOURCE, 3, 1, 3, 1));
    }

    @Test
    void saysEverythingAgainToAPeerThatGoesOnElsewhere() {
        HandoffOffer first = depart(1, 10);
        assertThat(flush(source, 2)).isEmpty();
        source.onPeerContinues(new PeerContinues(TARGET, 2));
        assertThat(flush(source, 2)).containsExactly(first.madeIn(HandoffOffer.UNKNOWN_TICK));
        target.onOffer(first);
        flush(target, 1);
        assertThat(flush(target, 2)).isEmpty();
        target.onPeerContinues(new PeerContinues(SOURCE, 2));
        assertThat(flush(target, 2)).containsExactly(new HandoffAck(TARGET, 1, 1, 1, 0));
        assertThat(target.onOffer(first)).as("its former self").isEqualTo(Arrival.STALE);
    }

    @Test
    void readsWhatItWrote() {
        depart(1, 10);
        HandoffMachine other = new HandoffMachine(cell(3), 1, List.of(SOURCE), SETTINGS);
        assertThat(other.depart(1, SOURCE, leaver(30), this::send)).isEqualTo(Admission.ACCEPTED);
        source.onOffer((HandoffOffer) sent.getLast());
        byte[] bytes = image(source, 2).toBytes();
        HandoffMachine read = new HandoffMachine(SOURCE, 1, List.of(), SETTINGS);
        read.read(new ByteReader(bytes));
        assertThat(image(read, 2).toBytes()).isEqualTo(bytes);
        assertThat(hash(read)).isEqualTo(hash(source));
        depart(3, 11);
        assertThat(hash(read)).isNotEqualTo(hash(source));
    }

    private static long hash(HandoffMachine machine) {
        StateHash hash = new StateHash();
        machine.hash(hash);
        return hash.value();
    }

    @Test
    void refusesTruncatedBytesWherever() {
        depart(1, 10);
        target.onOffer(depart(2, 11));
        byte[] bytes = image(source, 2).toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            HandoffMachine read = new HandoffMachine(SOURCE, 1, List.of(), SETTINGS);
            assertThatThrownBy(() -> read.read(new ByteReader(cut))).isInstanceOf(MalformedBytesException.class);
        }
    }

    @Test
    void refusesAStateOfALaterEpoch() {
        HandoffMachine later = new HandoffMachine(SOURCE, 5, List.of(), SETTINGS);
        byte[] bytes = image(later, 1).toBytes();
        assertThatThrownBy(() -> source.read(new ByteReader(bytes)))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("epoch 5");
    }
}
