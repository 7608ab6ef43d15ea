package dev.terrane.postgres.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.terrane.base.Clock;
import dev.terrane.economy.EconomyCommands.Issue;
import dev.terrane.economy.EconomyCommands.PlaceHold;
import dev.terrane.economy.EconomyCommands.Release;
import dev.terrane.economy.EconomyCommands.Transfer;
import dev.terrane.economy.EconomyQueries;
import dev.terrane.postgres.Database;
import dev.terrane.postgres.DatabaseAddress;
import dev.terrane.postgres.SharedPostgres;
import dev.terrane.postgres.service.ServiceReceiver;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the database itself refuses, however wrong the code may be: everything here is tried with the service's own role. */
class PostgresEconomyRightsIT {
    private final EconomyFixture fixture = new EconomyFixture(Clock.system());
    private final Database asService = new Database(
            SharedPostgres.SERVER.address(), new Database.Options("terrane-economy-test", 2, "terrane_economy"));
    private final String rich = "character:" + fixture.tag + "-rich/" + fixture.credits;
    private final String poor = "character:" + fixture.tag + "-poor/" + fixture.credits;

    @BeforeEach
    void fill() {
        fixture.carryOut(List.of(
                EconomyFixture.WISHES.envelope("admin:test", "1" + fixture.tag, new Issue(rich, 100, null)),
                EconomyFixture.WISHES.envelope("admin:test", "2" + fixture.tag, new Issue(poor, 1, null))));
    }

    @AfterEach
    void close() {
        asService.close();
        fixture.close();
    }

    @Test
    void theServiceTouchesNoOtherSchema() {
        refused("SELECT count(*) FROM terrane.player_character", "permission denied for schema terrane");
        refused("CREATE TABLE public.mine (id int)", "permission denied for schema public");
        refused("CREATE TABLE economy.mine (id int)", "permission denied for schema economy");
        refused("SELECT count(*) FROM economy.flyway_schema_history", "permission denied");
        long others = asService.call(
                "count rights",
                handle -> handle.createQuery("""
                        SELECT count(*) FROM information_schema.table_privileges
                        WHERE grantee = 'terrane_economy' AND table_schema <> 'economy'""").mapTo(Long.class).one());
        assertThat(others).isZero();
    }

    @Test
    void theServiceCannotChangeABalance() {
        refused("UPDATE economy.balance SET available = 1000000", "permission denied");
        refused("INSERT INTO economy.balance VALUES (1, 1000000, 0, 1, false)", "permission denied");
        refused("DELETE FROM economy.balance", "permission denied");
        refused("TRUNCATE economy.balance", "permission denied");
    }

    @Test
    void theServiceCannotChangeWhatWasWritten() {
        for (String table : List.of("posting", "wallet", "hold", "hold_end", "rate", "outcome")) {
            refused("DELETE FROM economy." + table, "permission denied");
            refused("TRUNCATE economy." + table, "permission denied");
        }
        refused("UPDATE economy.posting SET amount = 1", "permission denied");
        refused("UPDATE economy.wallet SET owner = 'me'", "permission denied");
        refused("UPDATE economy.hold_end SET captured = 0", "permission denied");
        refused("ALTER TABLE economy.posting DISABLE TRIGGER ALL", "must be owner");
    }

    @Test
    void theServiceCannotOpenAnIssuer() {
        refused(
                "INSERT INTO economy.wallet (id, address, owner, currency, issuer) VALUES (1, 'x', 'x', 1, true)",
                "permission denied");
        refused("SELECT economy.declare_currency('mine', 0)", "permission denied");
    }

    @Test
    void noPostingTakesMoreThanThereIs() {
        refused(posting(1, 1, poor, rich, 2), "never_below_zero");
        refused(posting(1, 6, poor, poor, 2), "never_below_zero"); // more held than there is
        refused(posting(1, 7, rich, poor, 1), "never_below_zero"); // nothing is held
        refused(posting(1, 4, "system:mint/" + fixture.credits, poor, 9_007_199_254_740_991L), "never_be");
    }

    @Test
    void noPostingIsCrooked() {
        refused(posting(1, 1, rich, poor, 0), "posting_amount_check");
        refused(posting(1, 1, rich, poor, -5), "posting_amount_check");
        refused(posting(1, 1, rich, rich, 5), "check");
        refused(posting(1, 9, rich, poor, 5), "check");
        refused(posting(1, 17, rich, poor, 5), "check");
        String ore = "system:mint/" + fixture.ore;
        refused(posting(1, 1, rich, ore, 5), "of another currency");
        refused(
                "INSERT INTO economy.posting (id, transaction, kind, currency, from_wallet, to_wallet, amount, at, key) VALUES"
                        + " (2, 2, 1, 1, -1, -2, 5, now(), '\\x00')",
                "is not there");
    }

    @Test
    void aPostingIsReversedOnceAndOnlyIfItIsThere() {
        fixture.carryOut(List.of(
                EconomyFixture.WISHES.envelope("admin:test", "6" + fixture.tag, new Transfer(rich, poor, 30, "rent"))));
        long rent =
                fixture.queries().history(rich, Long.MAX_VALUE, 1).getFirst().id();
        refused(reversal(4, rent + 1), "reverses one that is not there");
        asService.run("reverse it", handle -> handle.execute(reversal(rent + 4, rent)));
        refused(reversal(rent + 8, rent), "posting_reverses");
    }

    @Test
    void aHoldEndsOnceAndGivesNoMoreThanItHas() {
        fixture.carryOut(List.of(EconomyFixture.WISHES.envelope(
                "admin:test", "3" + fixture.tag, new PlaceHold(rich, poor, 40, 60_000, null))));
        EconomyQueries.OpenHold hold = fixture.queries().holds(rich).getFirst();
        String end = "INSERT INTO economy.hold_end (hold, amount, captured) VALUES (" + hold.id() + ", ";
        refused(end + "40, 41)", "hold_end_check");
        refused(end + "41, 41)", "foreign key");
    }

    @Test
    void holdsThatEndedAreNotLookedAtAgain() {
        for (int i = 0; i < 20; i++) {
            fixture.carryOut(List.of(EconomyFixture.WISHES.envelope(
                    "admin:test", "h" + i + fixture.tag, new PlaceHold(rich, poor, 1, 1_000, null))));
            long hold = fixture.queries().holds(rich).getFirst().id();
            fixture.carryOut(List.of(
                    EconomyFixture.WISHES.envelope("admin:test", "r" + i + fixture.tag, new Release(rich, hold))));
        }
        fixture.carryOut(List.of(EconomyFixture.WISHES.envelope(
                "admin:test", "open" + fixture.tag, new PlaceHold(rich, poor, 7, 1_000, null))));
        assertThat(fixture.queries().holds(rich))
                .extracting(EconomyQueries.OpenHold::amount)
                .containsExactly(7L);
        long lookedAt = asService.call(
                "count open holds",
                handle -> handle.createQuery(
                                "SELECT count(*) FROM economy.open_hold o JOIN economy.wallet w ON w.id = o.from_wallet WHERE w.address = :rich")
                        .bind("rich", rich)
                        .mapTo(Long.class)
                        .one());
        assertThat(lookedAt).isEqualTo(1);
        refused("DELETE FROM economy.open_hold", "permission denied");
        fixture.carryOut(List.of(EconomyFixture.WISHES.envelope(
                "admin:test",
                "last" + fixture.tag,
                new Release(rich, fixture.queries().holds(rich).getFirst().id()))));
        assertThat(fixture.queries().expiredHolds(Long.MAX_VALUE, 1_000))
                .noneMatch(hold -> hold.from().equals(rich));
    }

    @Test
    void historyTellsEverythingNewestFirst() {
        fixture.carryOut(List.of(
                EconomyFixture.WISHES.envelope("admin:test", "4" + fixture.tag, new Transfer(rich, poor, 30, "rent")),
                EconomyFixture.WISHES.envelope(
                        "admin:test", "5" + fixture.tag, new PlaceHold(rich, poor, 20, 60_000, null))));
        List<EconomyQueries.Entry> history = fixture.queries().history(rich, Long.MAX_VALUE, 10);
        assertThat(history).extracting(EconomyQueries.Entry::kind).containsExactly("HOLD", "TRANSFER", "ISSUE");
        assertThat(history).extracting(EconomyQueries.Entry::amount).containsExactly(20L, 30L, 100L);
        assertThat(history.get(1).reference()).isEqualTo("rent");
        assertThat(fixture.queries().history(rich, history.get(0).id(), 1)).containsExactly(history.get(1));
        assertThat(fixture.queries().transaction(history.get(1).transaction())).containsExactly(history.get(1));
        assertThat(fixture.queries().balances("character:" + fixture.tag + "-rich"))
                .containsExactly(new EconomyQueries.Balance(rich, fixture.credits, 2, 50, 20));
        assertThat(fixture.queries().expiredHolds(Long.MAX_VALUE, 1_000))
                .anyMatch(hold -> hold.from().equals(rich) && hold.amount() == 20);
        assertThat(fixture.queries().audit().sound()).isTrue();
        assertThat(fixture.economy.outbox().lagMillis()).isPresent();
    }

    @Test
    void someoneWithoutSpecialRightsMayOpenItWhenTheRoleIsThere() {
        String user = "keeper_" + fixture.tag;
        SharedPostgres.ADMIN.run("create a keeper", handle -> {
            handle.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'nothing'");
            handle.execute("GRANT terrane_economy TO " + user);
            handle.execute("CREATE DATABASE " + user + " OWNER " + user);
        });
        String url = SharedPostgres.SERVER.address().jdbcUrl().replaceAll("/[^/]*$", "/" + user);
        assertThatCode(() -> PostgresEconomy.open(
                                new DatabaseAddress(url, user, "nothing"),
                                List.of(),
                                new PostgresEconomy.Setup(
                                        EconomyFixture.JSON,
                                        Clock.system(),
                                        Runnable::run,
                                        ServiceReceiver.Options.USUAL))
                        .close())
                .doesNotThrowAnyException();
    }

    private String posting(long id, int kind, String from, String to, long amount) {
        return """
                INSERT INTO economy.posting (id, transaction, kind, currency, from_wallet, to_wallet, amount, at, key)
                SELECT %d, %d, %d, f.currency, f.id, t.id, %d, now(), '\\x00' FROM economy.wallet f, economy.wallet t
                WHERE f.address = '%s' AND t.address = '%s'""".formatted(id, id, kind, amount, from, to);
    }

    private String reversal(long id, long reverses) {
        return posting(id, 9, poor, rich, 30)
                .replace("key)", "key, reverses)")
                .replace("'\\x00'", "'\\x00', " + reverses);
    }

    private void refused(String sql, String why) {
        assertThatThrownBy(() -> asService.run("try it", handle -> handle.execute(sql)))
                .as(sql)
                .hasMessageContaining(why);
    }
}
