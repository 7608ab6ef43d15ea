package dev.terrane.bench.load.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.bench.load.cluster.Investment.Told;
import dev.terrane.bench.load.cluster.Reckoning.Payment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReckoningTest {
    private static final String ADA = "character:ada";
    private static final Payment SEVEN = new Payment(ADA, 7);
    private static final Map<Payment, Integer> NEVER = Map.of();
    private static final Map<Payment, Integer> ONCE = Map.of(SEVEN, 1);
    private static final Map<Payment, Integer> TWICE = Map.of(SEVEN, 2);

    private static Reckoning of(Told told, Map<Payment, Integer> inHexes, Map<Payment, Integer> fromWallets) {
        Investment seven = new Investment(ADA, "region:0,0", 7);
        seven.tell(told);
        return new Reckoning(List.of(seven), inHexes, fromWallets);
    }

    private static String verdict(Told told, Map<Payment, Integer> inHexes, Map<Payment, Integer> fromWallets) {
        Reckoning reckoning = of(told, inHexes, fromWallets);
        return reckoning.lost() + " lost, " + reckoning.doubled() + " doubled";
    }

    @Test
    void findsNothingWhereTheBooksSayWhatWasTold() {
        assertThat(verdict(Told.DONE, ONCE, ONCE)).isEqualTo("0 lost, 0 doubled");
        assertThat(verdict(Told.UNDONE, NEVER, NEVER)).isEqualTo("0 lost, 0 doubled");
        assertThat(verdict(Told.REFUSED, NEVER, NEVER)).isEqualTo("0 lost, 0 doubled");
    }

    @Test
    void leavesOpenWhatNobodyWasToldOf() {
        assertThat(verdict(Told.UNCERTAIN, NEVER, NEVER)).isEqualTo("0 lost, 0 doubled");
        assertThat(verdict(Told.UNCERTAIN, ONCE, ONCE)).isEqualTo("0 lost, 0 doubled");
        assertThat(verdict(Told.NOTHING, TWICE, ONCE)).isEqualTo("0 lost, 1 doubled");
    }

    @Test
    void findsWhatWasPaidForAndIsNotThere() {
        assertThat(verdict(Told.DONE, NEVER, ONCE)).isEqualTo("1 lost, 0 doubled");
    }

    @Test
    void findsWhatIsThereAndWasNotPaidFor() {
        assertThat(verdict(Told.DONE, ONCE, NEVER)).isEqualTo("1 lost, 0 doubled");
    }

    @Test
    void findsWhatHappenedTwiceOrAgainstWhatWasTold() {
        assertThat(verdict(Told.DONE, TWICE, ONCE)).isEqualTo("0 lost, 1 doubled");
        assertThat(verdict(Told.DONE, ONCE, TWICE)).isEqualTo("0 lost, 1 doubled");
        assertThat(verdict(Told.UNDONE, NEVER, ONCE)).isEqualTo("0 lost, 1 doubled");
    }

    @Test
    void callsLostWhatWasAcknowledgedAndHasNoEnd() {
        assertThat(verdict(Told.BEGUN, NEVER, NEVER)).isEqualTo("1 lost, 0 doubled");
        assertThat(verdict(Told.BEGUN, NEVER, ONCE)).isEqualTo("1 lost, 0 doubled");
    }

    @Test
    void tellsApartWhatWasDoneAndOnlyNotTold() {
        assertThat(verdict(Told.BEGUN, ONCE, ONCE)).isEqualTo("0 lost, 0 doubled");
        assertThat(of(Told.BEGUN, ONCE, ONCE).untold()).isOne();
        assertThat(of(Told.DONE, ONCE, ONCE).untold()).isZero();
    }

    @Test
    void countsThem() {
        assertThat(of(Told.DONE, ONCE, ONCE).values())
                .containsEntry("commands", 1.0)
                .containsEntry("commandsAcknowledged", 1.0)
                .containsEntry("commandsDone", 1.0)
                .containsEntry("commandsNotAcknowledged", 0.0)
                .containsEntry("acknowledgedCommandsLost", 0.0)
                .containsEntry("acknowledgedCommandsDoubled", 0.0);
    }
}
