package dev.terrane.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.base.CellId;
import dev.terrane.gateway.GatewayFixture.Client;
import dev.terrane.gateway.GatewaySettings.FairPlay;
import dev.terrane.protocol.client.ErrorCode;
import dev.terrane.protocol.cluster.CellInput.ConductReport;
import dev.terrane.protocol.cluster.CellOutput;
import dev.terrane.protocol.cluster.Offence;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FairPlayTest {
    private static final CellId WEST = TestWorld.cell(0);

    private static GatewayFixture house(int reportPoints, int kickPoints) {
        GatewaySettings usual = GatewaySettings.defaults();
        return new GatewayFixture(new GatewaySettings(
                usual.interest(),
                usual.rings(),
                usual.snapshots(),
                usual.messages(),
                usual.timeouts(),
                new FairPlay(reportPoints, kickPoints, 10, Duration.ofSeconds(60))));
    }

    private static void accuse(GatewayFixture house, Client client, Offence offence, int count) {
        for (int i = 0; i < count; i++) {
            house.gateway.inbox().offer(new CellOutput.Offended(client.id(), offence));
            house.gateway.drain(house.nowNanos);
        }
    }

    @Test
    void reportsWhatHasComeTogetherAndNotTheSameTwice() {
        GatewayFixture house = house(10, 0);
        Client client = house.client(1).playing(WEST);
        accuse(house, client, Offence.VIEW, 4);
        accuse(house, client, Offence.JUMP, 5);
        assertThat(house.cells.all(ConductReport.class)).isEmpty();
        accuse(house, client, Offence.JUMP, 30);

        assertThat(house.cells.all(ConductReport.class)).hasSize(1);
        ConductReport report = house.cells.last(ConductReport.class);
        assertThat(report.points()).isEqualTo(10);
        assertThat(report.kicked()).isFalse();
        assertThat(report.counts()[Offence.VIEW.ordinal()]).isEqualTo(4);
        assertThat(report.counts()[Offence.JUMP.ordinal()]).isEqualTo(6);
        assertThat(client.link.closeCode).isZero();
    }

    @Test
    void reportsAgainAfterAMinuteOfWhoeverGoesOn() {
        GatewayFixture house = house(10, 0);
        Client client = house.client(1).playing(WEST);
        accuse(house, client, Offence.JUMP, 40);
        house.nowNanos += ConductBook.REPORT_NANOS;
        accuse(house, client, Offence.JUMP, 1);
        assertThat(house.cells.all(ConductReport.class)).hasSize(2);
        assertThat(house.cells.last(ConductReport.class).counts()[Offence.JUMP.ordinal()])
                .as("all since the first report")
                .isEqualTo(31);
    }

    @Test
    void forgivesWithTime() {
        GatewayFixture house = house(10, 0);
        Client client = house.client(1).playing(WEST);
        for (int minute = 0; minute < 20; minute++) {
            accuse(house, client, Offence.VIEW, 9);
            house.nowNanos += Duration.ofMinutes(1).toNanos();
        }
        assertThat(house.cells.all(ConductReport.class)).isEmpty();
    }

    @Test
    void kicksNobodyUnlessTheOperatorWantsIt() {
        GatewayFixture house = house(10, 0);
        Client client = house.client(1).playing(WEST);
        accuse(house, client, Offence.JUMP, 10_000);
        assertThat(client.link.closeCode).isZero();
    }

    @Test
    void kicksWithTheLastReportAndKeepsTheCharacterAwayForAWhile() {
        GatewayFixture house = house(10, 20);
        Client fair = house.client(2).playing(WEST);
        Client client = house.client(1).playing(WEST);
        accuse(house, client, Offence.JUMP, 20);
        assertThat(client.error()).isEqualTo(ErrorCode.KICKED);
        assertThat(client.link.closeCode).isEqualTo(4000 + ErrorCode.KICKED.ordinal());
        assertThat(client.link.error().retryAfterMillis()).isBetween(59_000, 60_001);
        assertThat(house.cells.last(ConductReport.class).kicked()).isTrue();
        assertThat(house.cells.last(ConductReport.class).counts()[Offence.JUMP.ordinal()])
                .as("since the first report")
                .isEqualTo(10);

        int asked = house.requests.size();
        assertThat(house.client(1).hello("Ada").error()).isEqualTo(ErrorCode.KICKED);
        assertThat(house.requests).as("nobody is asked to let it in").hasSize(asked);
        house.nowNanos += Duration.ofSeconds(61).toNanos();
        Client later = house.client(1).playing(WEST);
        assertThat(later.link.closeCode).isZero();
        assertThat(fair.link.closeCode).isZero();
    }

    @Test
    void countsWhatCostsTheConnectionAcrossConnections() {
        GatewayFixture house = house(30, 50);
        for (int i = 0; i < 2; i++) {
            Client client = house.client(1).playing(WEST);
            client.say(GatewayFixture.inputOf(7));
            assertThat(client.error()).isEqualTo(ErrorCode.INVALID_INPUT);
        }
        assertThat(house.client(1).hello("Ada").error()).isEqualTo(ErrorCode.KICKED);
    }

    @Test
    void countsInputsThatAreSentAgain() {
        GatewayFixture house = house(10, 0);
        Client client = house.client(1).playing(WEST);
        client.input();
        for (int i = 0; i < 10; i++) {
            client.say(GatewayFixture.inputOf(1));
        }
        assertThat(house.cells.last(ConductReport.class).counts()[Offence.REPLAY.ordinal()])
                .isEqualTo(10);
        assertThat(house.inputs()).hasSize(1);
    }

    @Test
    void doesNotCountWhatIsRepeatedAfterAReconnect() {
        GatewayFixture house = house(1, 0);
        Client client = house.client(1).hello("Ada").admitted(WEST).joined(WEST, 20);
        for (int seq = 5; seq <= 20; seq++) {
            client.say(GatewayFixture.inputOf(seq));
        }
        client.input();
        assertThat(house.inputs()).as("only the new one").hasSize(1);
        assertThat(house.cells.all(ConductReport.class)).isEmpty();
    }

    @Test
    void countsWhoSendsMoreThanTheWorldTicksForLong() {
        GatewayFixture house = house(10, 0);
        Client client = house.client(1).playing(WEST);
        for (int tick = 1; tick <= 400; tick++) {
            house.pass(50);
            client.input();
            client.input();
            house.frame(WEST, 1, tick, client, 1, client.seq);
        }
        ConductReport report = house.cells.last(ConductReport.class);
        assertThat(report.counts()[Offence.HASTE.ordinal()])
                .as("10 points, and a part of one was forgiven meanwhile")
                .isEqualTo(11);
    }

    @Test
    void sparesWhoSendsABurstAfterHisConnectionStalled() {
        GatewayFixture house = house(1, 0);
        Client client = house.client(1).playing(WEST);
        for (int i = 0; i < 60; i++) {
            client.input();
        }
        assertThat(house.cells.all(ConductReport.class)).isEmpty();
    }

    @Test
    void remembersNoMoreCharactersThanItsLimitAndStillWhoIsKicked() {
        ConductBook book = new ConductBook(new FairPlay(1, 25, 10, Duration.ofHours(1)));
        book.charge(TestWorld.player(0).verified().character(), Offence.FLOOD, 0);
        for (int i = 1; i <= 2 * ConductBook.CHARACTERS_MAX; i++) {
            assertThat(book.charge(TestWorld.player(i).verified().character(), Offence.VIEW, i))
                    .as("a report of the first offence")
                    .isNotNull();
        }
        assertThat(book.charge(TestWorld.player(1).verified().character(), Offence.VIEW, 9_999))
                .as("forgotten, so it is reported as if it were new")
                .isNotNull();
        assertThat(book.kickedForMillis(TestWorld.player(0).verified().character(), 9_999))
                .isPositive();
    }
}
