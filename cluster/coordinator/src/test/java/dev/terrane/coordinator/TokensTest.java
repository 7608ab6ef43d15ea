package dev.terrane.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.terrane.bytes.ByteReader;
import dev.terrane.bytes.ByteWriter;
import org.junit.jupiter.api.Test;

/** Gateways whose clocks differ, and a log whose entries carry the coordinators' time. */
class TokensTest {
    private static final long MINUTE = 60_000;
    private static final long NOW = 1_000_000_000;
    private static final TransferToken TOKEN = token("t", NOW + MINUTE);

    private CoordinatorState state = new CoordinatorState();
    private long atMillis = NOW;

    private static TransferToken token(String id, long expiresAtMillis) {
        return new TransferToken(id, "ann", "other/w", expiresAtMillis);
    }

    private boolean issues(TransferToken token, long clockMillis) {
        return says(new Command.IssueToken(token, clockMillis));
    }

    private boolean redeems(TransferToken token, long clockMillis) {
        return says(new Command.RedeemToken(token.id(), clockMillis));
    }

    private boolean says(Command command) {
        return state.apply(1, new Entry(0, atMillis, "node g1", "", command)) instanceof Outcome.Done;
    }

    @Test
    void aTokenIsRedeemedOnceAlsoAfterAGatewayWhoseClockIsAheadWasHere() {
        assertThat(issues(TOKEN, NOW)).isTrue();
        assertThat(redeems(TOKEN, NOW)).isTrue();
        assertThat(issues(token("later", NOW + 60 * MINUTE), NOW + 50 * MINUTE)).isTrue();
        issues(TOKEN, NOW);
        assertThat(redeems(TOKEN, NOW)).as("it was redeemed already").isFalse();
    }

    @Test
    void aTokenThatMayBeForgottenIsNotTakenUpAnewByAGatewayWhoseClockIsBehind() {
        issues(TOKEN, NOW);
        redeems(TOKEN, NOW);
        atMillis = TOKEN.expiresAtMillis() + Tokens.KEPT_MILLIS;
        issues(token("later", atMillis + MINUTE), atMillis);
        assertThat(state.tokenCount()).as("it is forgotten").isEqualTo(1);
        atMillis = NOW; // another coordinator's clock
        assertThat(issues(TOKEN, NOW)).isFalse();
        assertThat(redeems(TOKEN, NOW)).isFalse();
    }

    @Test
    void theLatestTimeOutlivesASnapshot() {
        atMillis = TOKEN.expiresAtMillis() + Tokens.KEPT_MILLIS;
        issues(token("later", atMillis + MINUTE), atMillis);
        ByteWriter writer = new ByteWriter(0);
        state.snapshot(writer);
        state = CoordinatorState.restore(new ByteReader(writer.toBytes()));
        atMillis = NOW;
        assertThat(issues(TOKEN, NOW)).isFalse();
    }

    @Test
    void whatWasNeverRedeemedIsForgottenAtItsEnd() {
        issues(TOKEN, NOW);
        atMillis = TOKEN.expiresAtMillis();
        issues(token("later", atMillis + MINUTE), atMillis);
        assertThat(state.tokenCount()).isEqualTo(1);
    }

    @Test
    void aGatewayWhoseClockIsAheadEndsNobodysTokens() {
        issues(TOKEN, NOW);
        issues(token("later", NOW + 60 * MINUTE), NOW + 50 * MINUTE);
        assertThat(redeems(TOKEN, NOW)).isTrue();
    }

    /** Without the latest time: eight bytes less, behind seven that are empty's. */
    @Test
    void readsASnapshotOfTheFormatBefore() {
        ByteWriter writer = new ByteWriter(0);
        new CoordinatorState().snapshot(writer);
        byte[] now = writer.toBytes();
        byte[] before = new byte[now.length - 8];
        System.arraycopy(now, 0, before, 0, 7);
        System.arraycopy(now, 15, before, 7, now.length - 15);
        before[0] = 4;
        assertThat(CoordinatorState.restore(new ByteReader(before)).hash()).isEqualTo(new CoordinatorState().hash());
    }
}
